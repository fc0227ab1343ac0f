package dev.switchboard.call;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Links that somebody pasted, as Slack's {@code link_shared} tells
 * (https://docs.slack.dev/reference/events/link_shared).
 *
 * @param delivery the {@code event_id}
 * @param ts the message's time stamp; synthetic while it is being typed
 * @param composing whether the message is still being typed, and may never be sent
 */
public record SharedLinks(
        String delivery,
        TeamId team,
        ChannelId channel,
        UserId user,
        String ts,
        Optional<String> unfurlId,
        Optional<String> source,
        boolean composing,
        List<Link> links) {
    /**
     * One link.
     *
     * @param text exactly as Slack wrote it, the key of its unfurl
     */
    public record Link(String text, URI uri) {}
}
