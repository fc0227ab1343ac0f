package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What went over the wire, newest last; the oldest is forgotten beyond 100,000 of each sort. */
public final class Journal {
    private static final int LIMIT = 100_000;

    private final Clock clock;
    private final Changes changes;
    private final Deque<ApiCall> calls = new ArrayDeque<>();
    private final Deque<SentEnvelope> envelopes = new ArrayDeque<>();
    private final Deque<String> violations = new ArrayDeque<>();

    Journal(Clock clock, Changes changes) {
        this.clock = clock;
        this.changes = changes;
    }

    /**
     * One HTTP request of the app.
     *
     * @param method the Web API method, or {@link Faults#RESPONSE_URL}
     * @param team the workspace's id; empty when the request didn't get that far
     * @param arguments without the token; of a response_url: {@code url} and {@code body}
     * @param status the HTTP status; 0 when a fault cut the connection before the effect
     * @param answer the body of the answer as it was meant, also when a fault kept it back
     */
    public record ApiCall(
            Instant time,
            String method,
            Optional<String> team,
            Map<String, String> arguments,
            int status,
            String answer) {
        /** Whether it was done: {@code "ok":true}, or {@code ok} from a response_url. */
        public boolean ok() {
            return error().isEmpty() && status == 200;
        }

        /** Slack's error code; also the one that comes with {@code "ok":true} ({@code bad_users}). */
        public Optional<String> error() {
            return Json.parseObject(answer).flatMap(body -> Json.text(body, "error"));
        }

        /** The answer as JSON; empty object when it was none. */
        public JsonObject json() {
            return Json.parseObject(answer).orElseGet(JsonObject::new);
        }
    }

    void record(String method, Optional<String> team, Map<String, String> arguments, ApiAnswer answer) {
        Map<String, String> copy = Map.copyOf(arguments);
        add(calls, new ApiCall(clock.instant(), method, team, copy, answer.status(), answer.body()));
    }

    /** Notes a request that never comes to its effect, because of a fault. */
    void recordLost(Fault fault, String method, Optional<String> team, Map<String, String> arguments) {
        if (fault.instead().isPresent()) {
            record(method, team, arguments, fault.instead().get());
        } else if (fault.cut() == Fault.Cut.BEFORE_EFFECT) {
            record(method, team, arguments, ApiAnswer.status(0));
        }
    }

    void record(SentEnvelope envelope) {
        add(envelopes, envelope);
    }

    void violation(String what) {
        add(violations, what);
    }

    private <T> void add(Deque<T> entries, T entry) {
        synchronized (this) {
            entries.addLast(entry);
            if (entries.size() > LIMIT) {
                entries.removeFirst();
            }
        }
        changes.happened();
    }

    /** The last requests, newest first. */
    public List<ApiCall> lastCalls(int most) {
        return last(calls, most);
    }

    /** The last envelopes, newest first. */
    public List<SentEnvelope> lastEnvelopes(int most) {
        return last(envelopes, most);
    }

    private synchronized <T> List<T> last(Deque<T> entries, int most) {
        List<T> newest = new ArrayList<>();
        Iterator<T> backwards = entries.descendingIterator();
        while (backwards.hasNext() && newest.size() < most) {
            newest.add(backwards.next());
        }
        return newest;
    }

    /** All requests. */
    public synchronized List<ApiCall> calls() {
        return new ArrayList<>(calls);
    }

    /** The requests of one method. */
    public synchronized List<ApiCall> calls(String method) {
        return calls.stream().filter(call -> call.method().equals(method)).toList();
    }

    /** All envelopes sent. */
    public synchronized List<SentEnvelope> envelopes() {
        return new ArrayList<>(envelopes);
    }

    /** The envelopes of one type: {@code slash_commands}, {@code events_api}, {@code interactive}. */
    public synchronized List<SentEnvelope> envelopes(String type) {
        return envelopes.stream()
                .filter(envelope -> envelope.type().equals(type))
                .toList();
    }

    /** What the app sent over the socket that a right app doesn't. */
    public synchronized List<String> violations() {
        return new ArrayList<>(violations);
    }
}
