package dev.switchboard.call;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that the ledger knows of a Call at one moment, read in one transaction.
 *
 * @param watch what is known of its room
 * @param announcements those that Slack is still owed, and those whose buttons can be taken away
 * @param responseUrls those that were not used up when read; none where no announcement goes that way
 */
public record Snapshot(
        Call call,
        Watch watch,
        List<Participant> participants,
        List<Announcement> announcements,
        List<ResponseUrl> responseUrls,
        Instant readAt) {

    /** The response URLs of that person which can be used now. */
    Stream<ResponseUrl> responseUrls(UserId user) {
        return responseUrls.stream().filter(url -> url.user().equals(user) && url.usable(readAt));
    }
}
