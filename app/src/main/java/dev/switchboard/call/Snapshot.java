package dev.switchboard.call;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that the ledger knows of a Call at one moment, read in one transaction.
 *
 * @param announcements those that Slack is still owed
 * @param responseUrls those that were not used up when read
 */
public record Snapshot(
        Call call,
        List<Participant> participants,
        List<Announcement> announcements,
        List<ResponseUrl> responseUrls,
        Instant readAt) {

    /** The same, but one that leads into that conversation: what is for all there must not be said elsewhere. */
    Optional<ResponseUrl> responseUrlOf(UserId user, ChannelId in) {
        return responseUrls.stream()
                .filter(url -> url.user().equals(user) && url.channel().equals(in) && url.usable(readAt))
                .max(java.util.Comparator.comparing(ResponseUrl::expires));
    }

    /** A response URL of that person which can be used now, the youngest first. */
    Optional<ResponseUrl> responseUrlOf(UserId user) {
        return responseUrls.stream()
                .filter(url -> url.user().equals(user) && url.usable(readAt))
                .max(java.util.Comparator.comparing(ResponseUrl::expires));
    }
}
