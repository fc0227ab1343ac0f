package dev.switchboard.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * All that the ledger knows of a Call at one moment, read in one transaction; and what it is to know after a change.
 *
 * @param watch what is known of its room
 * @param announcements those that Slack is still owed, and those whose buttons can be taken away
 * @param responseUrls those that were not used up when read
 */
public record Snapshot(
        Call call,
        Watch watch,
        List<Participant> participants,
        List<Announcement> announcements,
        List<ResponseUrl> responseUrls,
        Instant readAt) {

    /** Of a Call that was just started. */
    static Snapshot of(Call call, List<Announcement> announcements, List<Participant> participants) {
        return new Snapshot(
                call, Watch.of(call.id(), call.startedAt()), participants, announcements, List.of(), call.startedAt());
    }

    /** With Slack asked to register the Call with all of its people, or about to be. */
    Snapshot registering() {
        return each(Participant::asking).call(known -> known.slack(known.slack().asking()));
    }

    /** With Slack not asked anything about the Call. */
    Snapshot untold() {
        return each(Participant::offCard).call(known -> known.slack(Call.SlackSide.NOTHING));
    }

    private Snapshot each(UnaryOperator<Participant> change) {
        return new Snapshot(
                call, watch, participants.stream().map(change).toList(), announcements, responseUrls, readAt);
    }

    /** The response URLs of that person which can be used now. */
    Stream<ResponseUrl> responseUrls(UserId user) {
        return responseUrls.stream().filter(url -> url.user().equals(user) && url.usable(readAt));
    }

    /** Where that announcement may be sent as an answer, if there is such a place. */
    Optional<ResponseUrl> responseUrl(Announcement owed) {
        if (owed.target() instanceof Announcement.Notice notice) {
            return responseUrls(notice.user()).max(Comparator.comparing(ResponseUrl::expires));
        }
        if (owed.target() instanceof Announcement.IconAnswer icon) {
            // The one that came with the icon, the Call's first: a command's takes no such answer.
            return responseUrls(icon.user()).min(Comparator.comparing(ResponseUrl::expires));
        }
        // What is for all there must not be said elsewhere.
        return responseUrls(call.creator())
                .filter(url -> url.channel().equals(call.channel()))
                .max(Comparator.comparing(ResponseUrl::expires));
    }

    /** The same, taken for true at another moment. */
    public Snapshot at(Instant now) {
        return new Snapshot(call, watch, participants, announcements, responseUrls, now);
    }

    Snapshot call(UnaryOperator<Call> change) {
        return new Snapshot(change.apply(call), watch, participants, announcements, responseUrls, readAt);
    }

    Snapshot participant(Person who, UnaryOperator<Participant> change) {
        List<Participant> changed = participants.stream()
                .map(known -> known.person().key().equals(who.key()) ? change.apply(known) : known)
                .toList();
        return new Snapshot(call, watch, changed, announcements, responseUrls, readAt);
    }

    /** With an announcement as it is now, new or known. */
    Snapshot announcement(Announcement now) {
        List<Announcement> changed = new ArrayList<>(announcements);
        changed.replaceAll(known -> known.id().equals(now.id()) ? now : known);
        if (!changed.contains(now)) {
            changed.add(now);
        }
        return new Snapshot(call, watch, participants, List.copyOf(changed), responseUrls, readAt);
    }

    /** With a response URL that can be used for answers owed. */
    Snapshot kept(ResponseUrl url) {
        List<ResponseUrl> more =
                Stream.concat(responseUrls.stream(), Stream.of(url)).toList();
        return new Snapshot(call, watch, participants, announcements, more, readAt);
    }

    /** With one use less of a response URL, which is gone with the last one. */
    Snapshot used(ResponseUrl url) {
        List<ResponseUrl> left = responseUrls.stream()
                .map(known -> known.id().equals(url.id()) ? known.used() : known)
                .filter(known -> known.usesLeft() > 0)
                .toList();
        return new Snapshot(call, watch, participants, announcements, left, readAt);
    }
}
