package dev.switchboard.call;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Slack's leave to answer one command where it was typed, also where the bot may not post: {@value #USES} times within
 * 30 minutes (https://docs.slack.dev/interactivity/handling-user-interaction#message_responses). Whoever holds
 * it can post, so it is never logged, and it is wiped when it is used up or has expired.
 *
 * @param user who typed the command; ephemeral answers go to them
 */
public record ResponseUrl(UUID id, UserId user, ChannelId channel, URI url, Instant expires, int usesLeft) {
    /** How often Slack accepts an answer. */
    public static final int USES = 5;

    /** How long Slack accepts answers. */
    public static final Duration LIFE = Duration.ofMinutes(30);

    /** Whether an answer now has a chance. */
    public boolean usable(Instant now) {
        return usesLeft > 0 && now.isBefore(expires);
    }

    /** Whether nothing was answered by it so far. */
    boolean unused() {
        return usesLeft == USES;
    }

    /** After one answer more. */
    ResponseUrl used() {
        return new ResponseUrl(id, user, channel, url, expires, usesLeft - 1);
    }

    @Override
    public String toString() {
        return "ResponseUrl[" + id + "]";
    }
}
