package dev.switchboard.sandbox.meeting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a meeting server was asked, oldest first; requests under a fault or while it is down are among it. */
public final class MeetingJournal {
    private final List<Request> requests = new ArrayList<>();
    private int inFlight;
    private int mostAtOnce;

    MeetingJournal() {}

    /**
     * One request.
     *
     * @param time when it came, by the server's clock
     * @param path without the query
     * @param query as it came, but for the values of checksums, tokens and passwords, which are {@code ***}
     * @param parameters all of them, decoded
     */
    public record Request(Instant time, String method, String path, String query, Map<String, String> parameters) {
        public Request {
            parameters = Map.copyOf(parameters);
        }

        /** Holds no secret. */
        @Override
        public String toString() {
            return method + ' ' + path + (query.isEmpty() ? "" : '?' + query);
        }
    }

    /** All requests. */
    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Those whose path ends with this: {@code "/room"}, {@code "/getMeetingInfo"}. */
    public synchronized List<Request> requests(String pathEnd) {
        return requests.stream()
                .filter(request -> request.path().endsWith(pathEnd))
                .toList();
    }

    /** How many there were. */
    public synchronized int count() {
        return requests.size();
    }

    /** The most requests that waited for their answers at one time. */
    public synchronized int mostAtOnce() {
        return mostAtOnce;
    }

    /** Forgets all requests there were. */
    public synchronized void clear() {
        requests.clear();
        mostAtOnce = inFlight;
    }

    synchronized void arrived(Request request) {
        requests.add(request);
        inFlight++;
        mostAtOnce = Math.max(mostAtOnce, inFlight);
    }

    /** To be called before the answer goes out: its reader may ask again at once. */
    synchronized void answered() {
        inFlight--;
    }
}
