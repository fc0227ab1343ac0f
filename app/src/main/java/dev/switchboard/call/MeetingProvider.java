package dev.switchboard.call;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The company's meeting server, as the domain sees it. Methods that ask the server may take seconds, never throw for
 * what the server or the network does, and may be called on several threads at once; those marked pure ask nobody.
 */
public interface MeetingProvider extends AutoCloseable {
    /** What a server can do beyond having a link for each room. */
    enum Capability {
        /** A room has to be opened before anybody can join. */
        OPENING,
        /** It can be asked who is in a room. */
        PRESENCE,
        /** Each person can have a link of their own. */
        PERSONAL_LINK,
        /** A room can be closed for all. */
        ENDING,
        /** It may keep recordings, to be asked for after the end. */
        RECORDINGS
    }

    /** What this server can do; never changes. Pure. */
    Set<Capability> capabilities();

    /** Whether it can do that. Pure. */
    default boolean can(Capability capability) {
        return capabilities().contains(capability);
    }

    /**
     * The room of that name; one name is one room. Pure.
     *
     * @param name {@code [a-z0-9-]} only, 200 characters at most
     * @param title what the Call is called, for servers that show it by the link
     */
    Room room(String name, Optional<Title> title);

    /** The same room with what its links say of the title brought up to date. Pure. */
    Room titled(Room room, Optional<Title> title);

    /**
     * The room that a pasted link leads to, or empty if the link is not a room here. Nothing that belongs to one person
     * (a token, a name) stays in it. Pure.
     */
    Optional<Room> recognise(URI link);

    /**
     * The room of a Call as this server knows it; empty if its link leads to another server, as where the settings name
     * another than they did. Of such a room this server's answers would be about something else. Pure.
     */
    default Optional<Room> here(Room room) {
        return recognise(room.joinUrl());
    }

    /** How long a room may be empty before its Call ends, where the operator doesn't say otherwise. Pure. */
    Duration emptyGrace();

    /**
     * Opens the room ({@link Capability#OPENING}). Opening it twice does no harm.
     *
     * @param title what the Call is called
     */
    MeetingReply<Room> open(Room room, Optional<Title> title);

    /**
     * Who is in these rooms ({@link Capability#PRESENCE}), with few requests at a time to the server. Where there was
     * no time to ask about a room it is missing from the answer.
     *
     * @return what was found, by {@link Room#key}
     */
    Map<String, Presence> poll(Collection<Room> rooms);

    /** Whether at the moment one request answers for many rooms, so that it pays to ask about them together. Pure. */
    boolean asksForAllAtOnce();

    /**
     * A link with which that person joins as themselves ({@link Capability#PERSONAL_LINK}). A secret of theirs: never
     * logged, stored, or shown to others.
     */
    MeetingReply<URI> personalLink(Room room, Optional<Title> title, Joiner who);

    /** Closes the room for all ({@link Capability#ENDING}). Good also where it was closed before. */
    MeetingReply<Room> end(Room room);

    /** The recordings of the room that are ready ({@link Capability#RECORDINGS}), the oldest first. */
    MeetingReply<List<Recording>> recordings(Room room);

    /** Breaks off the requests under way; those asked afterwards fail. */
    @Override
    default void close() {}

    /** Tries what polls, links and ends would need, and says how each thing went, for the command {@code check}. */
    List<Finding> doctor();

    /**
     * Somebody of the workspace who is about to join.
     *
     * @param name what people call them; not blank
     * @param email as Slack knows it; empty where Slack doesn't tell us
     * @param moderator whether the room is theirs to lead: they started the Call, and the room with it
     */
    record Joiner(UserId user, String name, Optional<String> email, Optional<URI> avatar, boolean moderator) {}

    /**
     * A recording that can be watched.
     *
     * @param id what tells it from the others of the server, 200 characters at most
     * @param from when the meeting that it is of began; rooms have many, one after the other
     * @param to when that meeting ended; the epoch if the server doesn't say
     */
    record Recording(String id, URI url, Duration length, Instant from, Instant to) {}

    /**
     * One thing that was tried.
     *
     * @param variable the variable that it depends on
     * @param said how it went, in words that read on from the variable's name; no secret in it
     */
    record Finding(boolean good, String variable, String said) {}
}
