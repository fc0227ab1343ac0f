package dev.switchboard.call;

import dev.switchboard.call.Announcement.Topic;
import dev.switchboard.call.Call.RoomState;
import dev.switchboard.call.Reply.Verdict;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One thing to tell the meeting server about a Call's room. */
sealed interface RoomStep extends Step {
    /** The settings named another meeting server when the Call was started. */
    String ANOTHER_SERVER = "room_of_another_server";

    /** Opens the room, before anybody is sent there. */
    record OpenRoom() implements RoomStep {
        /** Until then the server may just be slow, and its creator hears nothing of it. */
        private static final Duration DISCREET = Duration.ofSeconds(5);

        @Override
        public String method() {
            return "meeting.open";
        }

        @Override
        public Instant owedSince(Call call) {
            return call.startedAt();
        }

        @Override
        public Optional<Instant> perform(Pass pass) {
            MeetingProvider meetings = pass.meetings();
            MeetingReply<Room> reply = meetings.here(pass.call().room())
                    .map(room -> meetings.open(room, pass.call().title()))
                    .orElseGet(() -> new MeetingReply.Failed<>(ANOTHER_SERVER, true));
            if (reply.value().isPresent()) {
                // Somebody may have called it off while the server was at it.
                pass.record(
                        known -> known.call(call -> call.roomState(call.live() ? RoomState.OPEN : RoomState.CLOSING)));
                return Optional.empty();
            }
            boolean late = Duration.between(pass.call().startedAt(), pass.now()).compareTo(DISCREET) > 0;
            if (pass.call().roomState() == RoomState.PLANNED && (late || !reply.worthRetrying())) {
                pass.record(known -> known.call(call -> call.roomState(RoomState.DELAYED)));
                pass.record(pass.notice(
                        pass.call().creator(),
                        Topic.NOT_OPENED,
                        Optional.empty(),
                        Reply.of(Verdict.LATER, "meeting_server")));
            }
            return pass.putOff(this, Reply.of(Verdict.LATER, reply.why()));
        }
    }

    /** Closes the room for all, since somebody ended the Call. */
    record CloseRoom() implements RoomStep {
        private static final Logger LOG = System.getLogger(CallMirror.class.getName());

        /** People who are still in after that long mean to be. */
        private static final Duration PATIENCE = Duration.ofMinutes(10);

        @Override
        public String method() {
            return "meeting.end";
        }

        @Override
        public Instant owedSince(Call call) {
            return call.end().map(Call.End::at).orElse(call.changedAt());
        }

        @Override
        public Optional<Instant> perform(Pass pass) {
            MeetingProvider meetings = pass.meetings();
            MeetingReply<Room> reply = meetings.here(pass.call().room())
                    .map(meetings::end)
                    .orElseGet(() -> new MeetingReply.Failed<>(ANOTHER_SERVER, false));
            boolean overdue =
                    Duration.between(owedSince(pass.call()), pass.now()).compareTo(PATIENCE) > 0;
            if (reply.worthRetrying() && !overdue) {
                return pass.putOff(this, Reply.of(Verdict.LATER, reply.why()));
            }
            if (reply.value().isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        "call={0} method={1} error={2} given up",
                        pass.call().id(),
                        method(),
                        reply.why());
            }
            pass.record(known -> known.call(call -> call.roomState(RoomState.CLOSED)));
            return Optional.empty();
        }
    }
}
