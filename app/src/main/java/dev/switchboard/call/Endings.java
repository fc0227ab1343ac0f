package dev.switchboard.call;

import dev.switchboard.call.Call.RoomState;
import dev.switchboard.call.MeetingProvider.Capability;
import dev.switchboard.call.Participant.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How Calls end in the ledger, whoever or whatever ends them. */
final class Endings {
    private final MeetingProvider meetings;

    Endings(MeetingProvider meetings) {
        this.meetings = meetings;
    }

    /** Somebody ended it; its room is closed for all if it is ours to close. */
    Call byPerson(Ledger ledger, Call call, UserId by, Instant now) {
        boolean close = call.roomState() == RoomState.OPEN
                && meetings.can(Capability.ENDING)
                && meetings.here(call.room()).isPresent();
        Duration length = ledger.watch(call.id())
                .filter(this::measured)
                .map(watch -> watch.lasted(now))
                .orElseGet(() -> between(call.startedAt(), now));
        Call ended = call.ended(new Call.End(now, Optional.of(by), length))
                .roomState(close ? RoomState.CLOSING : call.roomState().done());
        return write(ledger, ended, now);
    }

    /** Whether the meeting server has told who was there; where it has not, a Call is as long as it was live. */
    private boolean measured(Watch watch) {
        return meetings.can(Capability.PRESENCE) && watch.tells();
    }

    /** The room is gone, or has been empty for long, or nobody came. */
    Call byItself(Ledger ledger, Call call, Watch watch, Instant now) {
        return write(ledger, over(call, watch.lasted(), now), now);
    }

    /** Nobody cared any more; the last sign of life is taken for its end. */
    Call forgotten(Ledger ledger, Call call, Watch watch, Instant now) {
        return measured(watch)
                ? byItself(ledger, call, watch, now)
                : write(ledger, over(call, between(call.startedAt(), watch.touchedAt()), now), now);
    }

    private static Call over(Call call, Duration length, Instant now) {
        return call.ended(new Call.End(now, Optional.empty(), length))
                .roomState(call.roomState().done());
    }

    private Call write(Ledger ledger, Call ended, Instant now) {
        ledger.save(ended);
        if (ledger.watch(ended.id()).filter(this::measured).isPresent()) {
            // The card shows who was there, not who might have been.
            ledger.participants(ended.id()).stream()
                    .filter(p -> p.standing() == Standing.INVITED)
                    .map(p -> p.notComing(now))
                    .forEach(ledger::save);
        }
        ledger.outOfStep(ended.id(), now);
        return ended;
    }

    private static Duration between(Instant from, Instant to) {
        Duration length = Duration.between(from, to);
        return length.isNegative() ? Duration.ZERO : length;
    }
}
