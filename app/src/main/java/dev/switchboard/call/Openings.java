package dev.switchboard.call;

import dev.switchboard.call.Call.RoomState;
import dev.switchboard.call.CallStore.Claim;
import dev.switchboard.call.MeetingProvider.Capability;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How Calls come into the ledger, whoever or whatever starts them. */
final class Openings {
    /** Slack is owed the Call itself. */
    private static final long FIRST_REVISION = 1;

    private final MeetingProvider meetings;
    private final IdSource ids;
    private final Rhythm rhythm;

    Openings(MeetingProvider meetings, IdSource ids, Rhythm rhythm) {
        this.meetings = meetings;
        this.ids = ids;
        this.rhythm = rhythm;
    }

    /** A room of our own, with a name that nobody can guess. */
    Room newRoom(Optional<Title> title) {
        String prefix = title.map(Title::slug).filter(slug -> !slug.isEmpty()).orElse("call");
        return meetings.room(prefix + "-" + ids.roomSecret(), title);
    }

    /** A Call that somebody starts in a new room. */
    Call inNewRoom(Invocation by, Optional<Title> title, Room room, Instant now) {
        return call(by, title, room, stateOfOurs(), Optional.empty(), now);
    }

    /** A Call that somebody starts by a room's link: one that was there before, or one of an earlier Call of ours. */
    Call inRoomOfLink(Ledger ledger, Invocation by, Optional<Title> title, Room room, Instant now) {
        Optional<Call> previous = ledger.lastInRoom(by.team(), room.key());
        boolean ours =
                previous.filter(last -> isOurs(last) && isLeft(ledger, last)).isPresent();
        return call(by, title, room, ours ? stateOfOurs() : RoomState.FOUND, previous.map(Call::id), now);
    }

    private RoomState stateOfOurs() {
        return meetings.can(Capability.OPENING) ? RoomState.PLANNED : RoomState.OPEN;
    }

    /**
     * Whether an ended Call's room was made for it: ours to open, to lead and to close. Older versions didn't keep which
     * rooms they had found, so the name has to be one of {@link #newRoom}.
     */
    private boolean isOurs(Call ended) {
        String key = ended.room().key();
        int dash = key.lastIndexOf('-');
        return ended.roomState() != RoomState.FOUND && dash > 0 && ids.isRoomSecret(key.substring(dash + 1));
    }

    /** Whether nobody was in when it was last looked at: whoever is in leads it, not whoever pastes its link. */
    private static boolean isLeft(Ledger ledger, Call ended) {
        return ledger.watch(ended.id()).filter(Watch::vacated).isPresent();
    }

    /**
     * Writes a Call with those who are asked in and all that Slack is to show of it.
     *
     * @param alone whether it was to be the only one in its conversation
     */
    Once.Start start(
            Ledger ledger,
            Invocation by,
            Call call,
            boolean alone,
            List<Announcement.Target> shown,
            List<UserId> invited) {
        Instant now = call.startedAt();
        Stream<Announcement.Target> rings = invited.stream().map(user -> new Announcement.Ring(user, by.user()));
        Snapshot started = Snapshot.of(
                call,
                Stream.concat(shown.stream(), rings)
                        .map(target -> Announcement.of(ids.uuid(), call.id(), target, now))
                        .toList(),
                invited.stream()
                        .map(user -> Participant.invited(call.id(), user, by.user(), now))
                        .toList());
        // Recorded as asked now, to save a write later: whoever registers it may die over that.
        Snapshot soon = call.roomState().toBeOpened() ? started : started.registering();
        Claim claim = ledger.open(
                responseUrl(by, now).map(soon::kept).orElse(soon),
                alone,
                mayHavePeopleIn(call) ? now : firstLook(now),
                Pass.leaseFrom(now));
        return new Once.Start(new Outcome.Started(call, invited), Optional.of(claim));
    }

    private static boolean mayHavePeopleIn(Call call) {
        return call.roomState() == RoomState.FOUND || call.previous().isPresent();
    }

    /** What answers owed to the person may be sent to. */
    Optional<ResponseUrl> responseUrl(Invocation by, Instant now) {
        return by.responseUrl()
                .map(url -> new ResponseUrl(
                        ids.uuid(), by.user(), by.channel(), url, now.plus(ResponseUrl.LIFE), ResponseUrl.USES));
    }

    /** A server that tells nothing is not looked at before there is something to ask people. */
    private Instant firstLook(Instant now) {
        return now.plus(meetings.can(Capability.PRESENCE) ? rhythm.firstLook() : rhythm.idleLimit());
    }

    /** The Call that follows an ended one, since its room came alive again. */
    Call after(Ledger ledger, Call ended, Instant now) {
        Call call = new Call(
                new CallId(ids.uuid()),
                ended.team(),
                ended.channel(),
                ended.creator(),
                ended.title(),
                ended.room(),
                isOurs(ended) ? RoomState.OPEN : RoomState.FOUND,
                ids.displayId(),
                Optional.of(ended.id()),
                ended.visibility(),
                now,
                Optional.empty(),
                Call.SlackSide.NOTHING,
                FIRST_REVISION,
                now);
        ledger.open(call, false, now);
        ledger.handOver(ended.id(), call.id());
        announce(ledger, call.id(), new Announcement.Card(call.channel()), now);
        return call;
    }

    void announce(Ledger ledger, CallId call, Announcement.Target target, Instant now) {
        ledger.add(Announcement.of(ids.uuid(), call, target, now));
    }

    private Call call(
            Invocation by, Optional<Title> title, Room room, RoomState state, Optional<CallId> previous, Instant now) {
        return new Call(
                new CallId(ids.uuid()),
                by.team(),
                by.channel(),
                by.user(),
                title,
                room,
                state,
                ids.displayId(),
                previous,
                by.visibility(),
                now,
                Optional.empty(),
                Call.SlackSide.NOTHING,
                FIRST_REVISION,
                now);
    }
}
