package dev.switchboard.call;

import java.net.URI;
import java.util.Optional;

/** The company's meeting server, as the domain sees it. */
public interface MeetingProvider {
    /**
     * The room of that name, made if the server needs that. Asking twice for one name gives one room.
     *
     * @param name {@code [a-z0-9-]} only
     */
    Room open(String name);

    /** The room that a pasted link leads to, or empty if the link is not a room here. Pure: asks nobody. */
    Optional<Room> recognise(URI link);
}
