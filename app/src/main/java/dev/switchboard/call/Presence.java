package dev.switchboard.call;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the meeting server says of a room at one moment. */
public sealed interface Presence {
    /** Who is in, as far as that is known. */
    default List<Occupant> people() {
        return List.of();
    }

    /** Whether anything is known. */
    default boolean tells() {
        return !(this instanceof Unknown);
    }

    /**
     * The room is there.
     *
     * @param people who is in it, each once however many tabs they have; no recorders
     * @param nameless how many more sessions without any name there are; each may be a recorder or somebody
     */
    record Live(List<Occupant> people, int nameless) implements Presence {
        public Live {
            people = List.copyOf(people);
        }
    }

    /** There is no such room: the server said so itself. */
    record Absent() implements Presence {}

    /**
     * Nothing is known: an error, a time-out, an answer that can't be read.
     *
     * @param why for a log line: no secret, no line break
     * @param retryAfter how long the server wants to be left alone, if it said so
     */
    record Unknown(String why, Optional<Duration> retryAfter) implements Presence {}

    /**
     * Somebody in a room.
     *
     * @param key what tells them from the others of the room, the same through tabs, reloads and reconnects as far as
     *     the server lets that be known; 200 characters at most, opaque, holds no address
     * @param name as the server shows it, plain text; not blank
     * @param email as they, or the link they came by, say
     * @param slackId who they are in Slack, where the server vouches for it
     */
    record Occupant(String key, String name, Optional<String> email, Optional<UserId> slackId, Optional<URI> avatar) {}
}
