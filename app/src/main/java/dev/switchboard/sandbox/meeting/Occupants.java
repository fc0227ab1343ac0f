package dev.switchboard.sandbox.meeting;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is in one room, in the order they came. Not safe for several threads: its room's server is. */
final class Occupants {
    private final Map<String, Occupant> bySession = new LinkedHashMap<>();

    void put(Occupant occupant) {
        bySession.put(occupant.session(), occupant);
    }

    boolean remove(String session) {
        return bySession.remove(session) != null;
    }

    void drop(String session, Instant when) {
        bySession.computeIfPresent(session, (same, occupant) -> occupant.droppedAt(when));
    }

    void mute(String session, boolean muted) {
        bySession.computeIfPresent(session, (same, occupant) -> occupant.muted(muted));
    }

    Optional<Occupant> get(String session) {
        return Optional.ofNullable(bySession.get(session));
    }

    /** Gives up on the connections that were lost too long ago. @return when the last of these was given up */
    Optional<Instant> giveUpLost(Instant now) {
        List<Occupant> gone =
                all().stream().filter(occupant -> occupant.goneBy(now)).toList();
        gone.forEach(occupant -> bySession.remove(occupant.session()));
        return gone.stream()
                .flatMap(occupant -> occupant.dropped().stream())
                .map(since -> since.plus(Occupant.LINGERS))
                .max(Instant::compareTo);
    }

    boolean isEmpty() {
        return bySession.isEmpty();
    }

    List<Occupant> all() {
        return List.copyOf(bySession.values());
    }
}
