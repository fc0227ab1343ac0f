package dev.switchboard.meeting.jitsi;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.switchboard.call.Presence.Unknown;
import dev.switchboard.meeting.MeetingHttp.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What {@code /room-census} tells of all rooms in one request, where the server has it; found out by asking. */
final class Census {
    private static final Duration ASKED_AGAIN = Duration.ofMinutes(10);
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+");

    private final RoomApi api;
    private final Clock clock;
    private volatile boolean on;
    /** When it answered last, or was last found to be off. */
    private volatile Instant settled = Instant.MIN;

    Census(RoomApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    /**
     * What came of asking.
     *
     * @param counts how many are in each room, by the rooms' XMPP addresses; empty: ask about each room
     * @param trouble why nothing is known of any room
     */
    record Answer(Optional<Map<String, Integer>> counts, Optional<Unknown> trouble) {
        private static final Answer NONE = new Answer(Optional.empty(), Optional.empty());

        /** How many are in a room, by the local part of its address; empty if it isn't there. */
        Optional<Integer> count(JitsiRoom room) {
            return counts.orElse(Map.of()).entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(room.node() + "@"))
                    .map(Map.Entry::getValue)
                    .max(Comparator.naturalOrder());
        }
    }

    /** Whether it was there when it was last asked. */
    boolean isOn() {
        return on;
    }

    Answer ask() {
        boolean rested = settled.equals(Instant.MIN) || !clock.instant().isBefore(settled.plus(ASKED_AGAIN));
        if (!on && !rested) {
            return Answer.NONE;
        }
        Reply reply = api.census();
        Optional<Map<String, Integer>> counts = reply instanceof Reply.Answered answer && answer.status() == 200
                ? counts(answer.text())
                : Optional.empty();
        if (counts.isPresent()) {
            on = true;
            settled = clock.instant();
            return new Answer(counts, Optional.empty());
        }
        boolean notThere = reply instanceof Reply.Answered answer && answer.status() >= 400 && answer.status() < 500;
        Unknown trouble = Trouble.of(reply, "the census");
        if (trouble.retryAfter().isPresent() || (on && !(notThere && rested))) {
            return new Answer(Optional.empty(), Optional.of(trouble)); // what was there is silent: nothing is known
        }
        if (notThere) {
            on = false;
            settled = clock.instant();
        }
        return Answer.NONE;
    }

    /** The counts by room address; empty if the text can't be read as such. */
    private static Optional<Map<String, Integer>> counts(String text) {
        Optional<JsonElement> json = Roster.json(text);
        if (json.filter(JsonElement::isJsonArray)
                .filter(list -> list.getAsJsonArray().isEmpty())
                .isPresent()) {
            return Optional.of(Map.of()); // how the newest module says that there is no room
        }
        Optional<JsonElement> census = json.filter(JsonElement::isJsonObject)
                .map(object -> object.getAsJsonObject().get("room_census"));
        if (census.filter(Roster::isEmptyObject).isPresent()) {
            return Optional.of(Map.of());
        }
        if (census.filter(JsonElement::isJsonArray).isEmpty()) {
            return Optional.empty();
        }
        Map<String, Integer> counts = new HashMap<>();
        for (JsonElement element : census.get().getAsJsonArray()) {
            if (!element.isJsonObject()) {
                return Optional.empty();
            }
            JsonObject row = element.getAsJsonObject();
            String room = Roster.text(row, "room_name").toLowerCase(Locale.ROOT);
            if (!ADDRESS.matcher(room).matches()) {
                return Optional.empty(); // it may be any room, so that none can be said to be missing
            }
            String participants = Roster.text(row, "participants");
            // A count that can't be read is not nobody: the room itself is asked.
            counts.merge(room, participants.matches("[0-9]{1,9}") ? Integer.valueOf(participants) : 1, Math::max);
        }
        return Optional.of(counts);
    }
}
