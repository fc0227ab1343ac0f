package dev.switchboard.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A Call as the ledger has it.
 *
 * @param channel the conversation it was started in, or where its link was first pasted
 * @param displayId the meeting id that people read on the card
 * @param roomState what the meeting server has to be told of the room
 * @param previous the ended Call of the same room that this one follows
 * @param startedAt when it was asked for
 * @param end how it ended; empty while it is live
 * @param slack what Slack was told last
 * @param revision counts the changes that Slack ought to hear of
 * @param changedAt when the last of them was made
 */
public record Call(
        CallId id,
        TeamId team,
        ChannelId channel,
        UserId creator,
        Optional<Title> title,
        Room room,
        RoomState roomState,
        String displayId,
        Optional<CallId> previous,
        Visibility visibility,
        Instant startedAt,
        Optional<End> end,
        SlackSide slack,
        long revision,
        Instant changedAt) {

    /** How far the meeting server was told of a Call's room. */
    public enum RoomState {
        /** It was there before the Call, and is not ours to close; that stays known after the Call. */
        FOUND,
        /** To be opened before anybody hears of it. */
        PLANNED,
        /** To be opened; the server did not do it so far, and the creator was told. */
        DELAYED,
        /** People can join. */
        OPEN,
        /** To be closed for all, since somebody ended the Call. */
        CLOSING,
        /** Nothing is left to be told. */
        CLOSED;

        /** When there is nothing more to be done about it. */
        RoomState done() {
            return this == FOUND ? FOUND : CLOSED;
        }

        /** Whether the server is owed a request to open it. */
        public boolean toBeOpened() {
            return this == PLANNED || this == DELAYED;
        }
    }

    /** Who besides the people of a Call may see it in lists. */
    public enum Visibility {
        /** By the channel's name in the command it is public; Slack was not asked yet. */
        PUBLIC_BY_NAME(true, false),
        /** By what is known so far it may be private; Slack was not asked yet. */
        PRIVATE_UNTIL_KNOWN(false, false),
        /** Slack says everybody in the workspace may see the channel. */
        PUBLIC(true, true),
        /** Slack says, or lets guess by not answering, that only members may see the conversation. */
        PRIVATE(false, true);

        private final boolean open;
        private final boolean settled;

        Visibility(boolean open, boolean settled) {
            this.open = open;
            this.settled = settled;
        }

        /** Whether anybody of the workspace may see the Call. */
        public boolean open() {
            return open;
        }

        /** Whether Slack was asked. */
        public boolean settled() {
            return settled;
        }
    }

    /**
     * The end of a Call.
     *
     * @param by who ended it; empty if the room was found gone or empty, or nobody cared any more
     * @param duration from the first person in to the last one out, or from start to end where nobody can tell
     */
    public record End(Instant at, Optional<UserId> by, Duration duration) {}

    /**
     * What Slack was told last.
     *
     * @param id Slack's id of the Call, once it is registered
     * @param title the title that the card shows; empty too while nobody knows, since the answer to a request that gave
     *     it one is missing
     * @param asked whether Slack was asked to register the Call and has not answered
     * @param ended whether Slack knows of the end
     * @param refusal Slack's error code, if it refused for good to register the Call
     */
    public record SlackSide(
            Optional<SlackCallId> id, Optional<Title> title, boolean asked, boolean ended, Optional<String> refusal) {
        static final SlackSide NOTHING =
                new SlackSide(Optional.empty(), Optional.empty(), false, false, Optional.empty());

        /** Slack is asked to register the Call. */
        SlackSide asking() {
            return new SlackSide(id, title, true, ended, refusal);
        }

        SlackSide registered(SlackCallId callId) {
            return new SlackSide(Optional.of(callId), title, false, ended, refusal);
        }

        /** @param shown empty while Slack is asked to give it another */
        SlackSide titled(Optional<Title> shown) {
            return new SlackSide(id, shown, asked, ended, refusal);
        }

        SlackSide toldOfTheEnd() {
            return new SlackSide(id, title, asked, true, refusal);
        }

        SlackSide refused(String code) {
            return new SlackSide(id, title, asked, ended, Optional.of(code));
        }
    }

    /** Whether people can still join. */
    public boolean live() {
        return end.isEmpty();
    }

    /** Under another title, which the room's links say too. */
    Call renamed(Title to, Room titled) {
        return with(Optional.of(to), titled, roomState, visibility, end, slack);
    }

    Call ended(End how) {
        return with(title, room, roomState, visibility, Optional.of(how), slack);
    }

    Call slack(SlackSide told) {
        return with(title, room, roomState, visibility, end, told);
    }

    Call visibility(Visibility known) {
        return with(title, room, roomState, known, end, slack);
    }

    Call roomState(RoomState now) {
        return with(title, room, now, visibility, end, slack);
    }

    private Call with(
            Optional<Title> newTitle,
            Room newRoom,
            RoomState newRoomState,
            Visibility newVisibility,
            Optional<End> newEnd,
            SlackSide newSlack) {
        return new Call(
                id,
                team,
                channel,
                creator,
                newTitle,
                newRoom,
                newRoomState,
                displayId,
                previous,
                newVisibility,
                startedAt,
                newEnd,
                newSlack,
                revision,
                changedAt);
    }
}
