package dev.switchboard.call;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The ledger inside one transaction. */
public interface Ledger {
    /**
     * Notes that a delivery of Slack was seen.
     *
     * @param key what Slack repeats when it delivers again: an {@code event_id} or a {@code trigger_id}
     * @return whether this was the first time
     */
    boolean firstSight(String key, Instant now);

    Optional<Call> call(CallId id);

    Optional<Call> bySlackId(TeamId team, SlackCallId id);

    /** The live Call of the room, of which there is at most one. */
    Optional<Call> liveInRoom(TeamId team, String roomKey);

    /** The Call of the room that ended last. */
    Optional<Call> lastInRoom(TeamId team, String roomKey);

    /** The live Calls started in the conversation, the oldest first. */
    List<Call> liveIn(TeamId team, ChannelId channel);

    /** The live Calls started elsewhere whose link was pasted into the conversation, the oldest first. */
    List<Call> sharedIn(TeamId team, ChannelId channel);

    /** The live Calls of the workspace that the person may see from that conversation, the oldest first. */
    List<Call> liveVisibleTo(TeamId team, UserId user, ChannelId here, int most);

    /** The ended Calls of the workspace that the person may see from that conversation, the latest first. */
    List<Call> endedVisibleTo(TeamId team, UserId user, ChannelId here, int most);

    List<Participant> participants(CallId call);

    /** Whether that link of that message already has its unfurl. */
    boolean hasUnfurl(CallId call, Announcement.Unfurl unfurl);

    /**
     * Adds a Call that Slack does not know of yet.
     *
     * @param alone whether it may only be added where no other one was added so and is live in the conversation
     */
    void open(Call call, boolean alone);

    /** Writes a changed Call. */
    void save(Call call);

    /** Writes a new or changed participant. */
    void save(Participant participant);

    /** Writes a new or changed announcement. */
    void save(Announcement announcement);

    /** Keeps a response URL for answers owed because of that Call. */
    void keep(CallId call, ResponseUrl url);

    /** Counts one use of the response URL, and wipes it with the last one. */
    void use(ResponseUrl url);

    /** Says that Slack is owed something about the Call from now on. */
    void outOfStep(CallId call, Instant now);
}
