package dev.switchboard.sandbox.meeting;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** All meetings of a BigBlueButton, and the recordings of past ones; one thread at a time. */
final class BbbMeetings {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, BbbMeeting> meetings = new LinkedHashMap<>();
    private final Map<String, BbbMeeting> recorded = new LinkedHashMap<>();
    private final List<Recording> recordings = new ArrayList<>();
    private Duration endTakes = Duration.ofMillis(1500);

    BbbMeetings(Clock clock) {
        this.clock = clock;
    }

    /**
     * A recording.
     *
     * @param state {@code published}, {@code processing}, ...
     */
    record Recording(BbbMeeting meeting, String id, String state, String url, Duration length) {}

    /** What was created: the meeting, and whether it was there before. */
    record Created(BbbMeeting meeting, boolean again) {}

    synchronized void endTakes(Duration time) {
        endTakes = time;
    }

    synchronized Created create(Map<String, String> parameters) throws BbbRefusal {
        Optional<BbbMeeting> before = find(parameters.getOrDefault("meetingID", ""))
                .filter(meeting -> meeting.endAsked().isEmpty());
        if (before.isPresent()) {
            if (!before.get().samePasswords(parameters)) {
                throw new BbbRefusal(
                        "idNotUnique",
                        "A meeting already exists with that meeting ID.  Please use a different meeting ID.");
            }
            return new Created(before.get(), true);
        }
        BbbMeeting meeting = new BbbMeeting(parameters, Instant.ofEpochMilli(clock.millis()), word(8));
        meetings.put(meeting.id, meeting);
        if (meeting.recorded()) {
            recorded.put(meeting.id, meeting);
        }
        return new Created(meeting, false);
    }

    /** A random word, as ids and tokens are. */
    String word(int length) {
        StringBuilder word = new StringBuilder();
        random.ints(length, 0, ALPHABET.length()).forEach(i -> word.append(ALPHABET.charAt(i)));
        return word.toString();
    }

    private void tidy() {
        Instant now = clock.instant();
        meetings.values().removeIf(meeting -> meeting.goneBy(now, endTakes));
    }

    private Optional<BbbMeeting> find(String id) {
        tidy();
        return Optional.ofNullable(meetings.get(id));
    }

    /** Looks at a meeting, or does something with it, while nobody else does; empty when there is none. */
    synchronized <T> Optional<T> with(String id, Function<BbbMeeting, T> deed) {
        return find(id).map(deed);
    }

    /** The same for all meetings. */
    synchronized <T> List<T> each(Function<BbbMeeting, T> look) {
        tidy();
        return meetings.values().stream().map(look).toList();
    }

    /** The id of the meeting where that session may be. */
    synchronized Optional<String> ofSession(String session) {
        tidy();
        return meetings.values().stream()
                .filter(meeting -> meeting.tickets.containsKey(session))
                .map(meeting -> meeting.id)
                .findFirst();
    }

    /** The id of the meeting that Greenlight started for that room of its. */
    synchronized Optional<String> ofGreenlight(String friendlyId) {
        tidy();
        return meetings.values().stream()
                .filter(meeting -> friendlyId.equals(meeting.metadata.get("bbb-context-id")))
                .filter(meeting -> meeting.endAsked().isEmpty())
                .map(meeting -> meeting.id)
                .findFirst();
    }

    synchronized void record(String id, String state, String url, Duration length) {
        BbbMeeting meeting = Optional.ofNullable(recorded.get(id))
                .orElseThrow(() -> new IllegalStateException("No meeting " + id + " was created with record=true"));
        String recordId = meeting.internalId + (recordings.isEmpty() ? "" : "-" + recordings.size());
        recordings.add(new Recording(meeting, recordId, state, url, length));
    }

    synchronized List<Recording> recordings() {
        return List.copyOf(recordings);
    }
}
