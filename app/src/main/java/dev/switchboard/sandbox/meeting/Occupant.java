package dev.switchboard.sandbox.meeting;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One session in a room: an open tab, or somebody a test sent in.
 *
 * @param session what the server calls it; another for each tab
 * @param userId who it is on a server that knows; else empty
 * @param name as the server keeps it; empty for recorders
 * @param email empty when the server doesn't know it
 * @param dropped when the connection was lost, while that is all that is known
 */
record Occupant(
        String session,
        String userId,
        String name,
        String email,
        boolean moderator,
        boolean muted,
        Optional<Instant> dropped) {

    /** How long a server waits for a lost connection to come back: docker-jitsi-meet's and BigBlueButton's default. */
    static final Duration LINGERS = Duration.ofSeconds(60);

    static Occupant guest(String session, String name, String email) {
        return new Occupant(session, "", name, email, false, false, Optional.empty());
    }

    Occupant muted(boolean now) {
        return new Occupant(session, userId, name, email, moderator, now, dropped);
    }

    Occupant called(String newName) {
        return new Occupant(session, userId, newName, email, moderator, muted, dropped);
    }

    Occupant droppedAt(Instant when) {
        return new Occupant(session, userId, name, email, moderator, muted, Optional.of(when));
    }

    boolean goneBy(Instant now) {
        return dropped.filter(since -> !now.isBefore(since.plus(LINGERS))).isPresent();
    }
}
