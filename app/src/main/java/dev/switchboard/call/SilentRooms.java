package dev.switchboard.call;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Has the log say once that the meeting server tells nothing of a room, and once that it tells of all again. */
final class SilentRooms {
    private static final Logger LOG = System.getLogger(Attendance.class.getName());

    /** When a look told nothing, by the room's key; those that the server has told of since are not in it. */
    private final Map<String, Instant> silent = new HashMap<>();

    private final Duration unasked;

    /** @param unasked a room that wasn't asked about for so long isn't any more */
    SilentRooms(Duration unasked) {
        this.unasked = unasked;
    }

    /** What the server said in one round, by the rooms' keys. */
    void heard(Map<String, Presence> round, Instant now) {
        boolean toldOfAll = silent.isEmpty();
        silent.values().removeIf(since -> Duration.between(since, now).compareTo(unasked) > 0);
        Optional<Presence.Unknown> unknown = Optional.empty();
        for (Map.Entry<String, Presence> room : round.entrySet()) {
            if (room.getValue() instanceof Presence.Unknown none) {
                unknown = Optional.of(none);
                silent.put(room.getKey(), now);
            } else {
                silent.remove(room.getKey());
            }
        }
        if (toldOfAll && unknown.isPresent()) {
            LOG.log(
                    Level.WARNING,
                    "method=meeting.poll error={0} rooms={1}: their Calls stay as they are until the server tells",
                    unknown.get().why(),
                    silent.size());
        } else if (!toldOfAll && silent.isEmpty()) {
            LOG.log(Level.INFO, "the meeting server tells who is in its rooms again");
        }
    }
}
