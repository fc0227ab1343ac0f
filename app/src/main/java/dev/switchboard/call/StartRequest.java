package dev.switchboard.call;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A Call to be started.
 *
 * @param links the links in what was typed, as they stand there: the first that leads to a room of ours makes that room
 *     the Call
 * @param title what it is about if none of them does; empty if there is nothing but a link
 * @param invited people to ask in
 * @param another start it even where one is live already
 */
public record StartRequest(List<Link> links, Optional<Title> title, List<UserId> invited, boolean another) {

    /**
     * A pasted link.
     *
     * @param title what the Call is about if the link is its room
     */
    public record Link(URI uri, Optional<Title> title) {}

    /** A plain {@code /call}. */
    public static StartRequest plain() {
        return new StartRequest(List.of(), Optional.empty(), List.of(), false);
    }

    /** A Call beside those that are live. */
    public static StartRequest beside() {
        return new StartRequest(List.of(), Optional.empty(), List.of(), true);
    }

    /** Nothing was said of the Call: one that is live will do. */
    boolean anyCallWillDo() {
        return !another && links.isEmpty() && title.isEmpty() && invited.isEmpty();
    }

    /** There is a link and nothing else that a Call could be about. */
    boolean linkAlone() {
        return !links.isEmpty() && title.isEmpty();
    }
}
