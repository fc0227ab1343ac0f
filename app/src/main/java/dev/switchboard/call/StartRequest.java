package dev.switchboard.call;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A Call to be started.
 *
 * @param link a pasted link, whose room becomes the Call if it is one of ours
 * @param title what it is about
 * @param titleWithLink the title if the link turns out to be just a part of it; empty if the link stands alone
 * @param invited people to ask in
 * @param another start it even where one is live already
 */
public record StartRequest(
        Optional<URI> link,
        Optional<Title> title,
        Optional<Title> titleWithLink,
        List<UserId> invited,
        boolean another) {

    /** A plain {@code /call}. */
    public static StartRequest plain() {
        return new StartRequest(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), false);
    }

    /** A Call beside those that are live. */
    public static StartRequest beside() {
        return new StartRequest(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), true);
    }

    /** Nothing was said of the Call: one that is live will do. */
    boolean anyCallWillDo() {
        return !another && link.isEmpty() && title.isEmpty() && invited.isEmpty();
    }
}
