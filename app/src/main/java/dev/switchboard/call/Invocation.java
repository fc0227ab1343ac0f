package dev.switchboard.call;

import java.net.URI;
import java.util.Optional;

/**
 * Somebody asking for something somewhere: a slash command, a pressed button, the Call icon.
 *
 * @param delivery what Slack repeats when it delivers the same request again; asked twice, done once
 * @param responseUrl where the answer may be sent later, if Slack gave such a place
 * @param visibility what the request lets guess of the conversation
 */
public record Invocation(
        TeamId team,
        ChannelId channel,
        UserId user,
        String delivery,
        Optional<URI> responseUrl,
        Call.Visibility visibility) {}
