package dev.switchboard.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A Call as the ledger has it.
 *
 * @param channel the conversation it was started in, or where its link was first pasted
 * @param displayId the meeting id that people read on the card
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
        String displayId,
        Optional<CallId> previous,
        Visibility visibility,
        Instant startedAt,
        Optional<End> end,
        SlackSide slack,
        long revision,
        Instant changedAt) {

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
     * @param by who ended it
     * @param duration from the first person in to the last one out, or from start to end where nobody can tell
     */
    public record End(Instant at, Optional<UserId> by, Duration duration) {}

    /**
     * What Slack was told last.
     *
     * @param id Slack's id of the Call, once it is registered
     * @param title the title that the card shows
     * @param ended whether Slack knows of the end
     * @param refusal Slack's error code, if it refused for good to register the Call
     */
    public record SlackSide(Optional<SlackCallId> id, Optional<Title> title, boolean ended, Optional<String> refusal) {
        static final SlackSide NOTHING = new SlackSide(Optional.empty(), Optional.empty(), false, Optional.empty());

        SlackSide registered(SlackCallId callId, Optional<Title> shown) {
            return new SlackSide(Optional.of(callId), shown, ended, refusal);
        }

        SlackSide titled(Optional<Title> shown) {
            return new SlackSide(id, shown, ended, refusal);
        }

        SlackSide toldOfTheEnd() {
            return new SlackSide(id, title, true, refusal);
        }

        SlackSide refused(String code) {
            return new SlackSide(id, title, ended, Optional.of(code));
        }
    }

    /** Whether people can still join. */
    public boolean live() {
        return end.isEmpty();
    }

    Call renamed(Title to) {
        return new Call(
                id,
                team,
                channel,
                creator,
                Optional.of(to),
                room,
                displayId,
                previous,
                visibility,
                startedAt,
                end,
                slack,
                revision,
                changedAt);
    }

    Call ended(End how) {
        return new Call(
                id,
                team,
                channel,
                creator,
                title,
                room,
                displayId,
                previous,
                visibility,
                startedAt,
                Optional.of(how),
                slack,
                revision,
                changedAt);
    }

    Call slack(SlackSide told) {
        return new Call(
                id,
                team,
                channel,
                creator,
                title,
                room,
                displayId,
                previous,
                visibility,
                startedAt,
                end,
                told,
                revision,
                changedAt);
    }

    Call visibility(Visibility known) {
        return new Call(
                id, team, channel, creator, title, room, displayId, previous, known, startedAt, end, slack, revision,
                changedAt);
    }
}
