package dev.switchboard.call;

import dev.switchboard.call.Call.RoomState;
import dev.switchboard.call.MeetingProvider.Capability;
import java.time.Instant;
import java.util.Optional;

/** How Calls come into the ledger, whoever or whatever starts them. */
final class Openings {
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
    Call inNewRoom(Ledger ledger, Invocation by, Optional<Title> title, Room room, boolean alone, Instant now) {
        RoomState state = meetings.can(Capability.OPENING) ? RoomState.PLANNED : RoomState.OPEN;
        Call call = call(by, title, room, state, Optional.empty(), now);
        ledger.open(call, alone, firstLook(now));
        return call;
    }

    /** A server that tells nothing is not looked at before there is something to ask people. */
    private Instant firstLook(Instant now) {
        return now.plus(meetings.can(Capability.PRESENCE) ? rhythm.firstLook() : rhythm.idleLimit());
    }

    /** A Call in a room that was there before, where people may be in already. */
    Call inFoundRoom(Ledger ledger, Invocation by, Optional<Title> title, Room room, boolean alone, Instant now) {
        Optional<CallId> previous = ledger.lastInRoom(by.team(), room.key()).map(Call::id);
        Call call = call(by, title, room, RoomState.FOUND, previous, now);
        ledger.open(call, alone, now);
        return call;
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
                RoomState.FOUND,
                ids.displayId(),
                Optional.of(ended.id()),
                ended.visibility(),
                now,
                Optional.empty(),
                Call.SlackSide.NOTHING,
                0,
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
                0,
                now);
    }
}
