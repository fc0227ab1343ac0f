package dev.switchboard.call;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The ledger inside one transaction. */
public interface Ledger {
    /** How far back a history is read for somebody who may see little of it. */
    int LOOKED_BACK = 500;

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

    /**
     * The live Calls of the workspace that the person may see from where they are: those that they started or that were
     * started there first, and the latest of each first.
     */
    List<Call> liveVisibleTo(Viewer viewer, int most);

    /**
     * The ended Calls of the workspace that the person may see from where they are, the latest first; of the {@value
     * #LOOKED_BACK} that ended last.
     */
    List<Call> endedVisibleTo(Viewer viewer, int most);

    /** Whether more Calls of the workspace have ended than are looked at for what a person may see. */
    boolean endedLongAgo(TeamId team);

    List<Participant> participants(CallId call);

    /** Whether that link of that message already has its unfurl. */
    boolean hasUnfurl(CallId call, Announcement.Unfurl unfurl);

    /**
     * Adds a Call that Slack does not know of yet.
     *
     * @param alone whether it may only be added where no other one was added so and is live in the conversation
     * @param firstLook when to look at its room for the first time
     */
    void open(Call call, boolean alone, Instant firstLook);

    /**
     * Adds a Call that Slack does not know of yet with all that belongs to it, and takes its mirroring for the worker
     * that is woken after the commit.
     *
     * @param until when others may take it over, should that worker die
     */
    CallStore.Claim open(Snapshot started, boolean alone, Instant firstLook, Instant until);

    /** Writes a changed Call. */
    void save(Call call);

    /** Writes a new or changed participant. */
    void save(Participant participant);

    /** Writes a new announcement. */
    void add(Announcement announcement);

    /** Keeps a response URL for answers owed because of that Call. */
    void keep(CallId call, ResponseUrl url);

    /** What is known of a Call's room, locked until the transaction ends; empty for a Call that isn't in the ledger. */
    Optional<Watch> watch(CallId call);

    /**
     * Writes what is known of a Call's room, and gives back the right to look at it.
     *
     * @param due when to look next; empty for never again
     */
    void save(Watch watch, Optional<Instant> due);

    /** Somebody in Slack cares about the Call: its room is looked at by that moment, and no question is open. */
    void touch(CallId call, Instant now, Instant lookBy);

    /** Whether the look may still be recorded: nobody else was given the room to look at since. */
    boolean holds(CallStore.Look look);

    /** Where the Call's own card stands, if Slack told. */
    Optional<MessageRef> cardOf(CallId call);

    /** Whether that recording was announced. */
    boolean hasRecording(CallId call, MeetingProvider.Recording recording);

    /** Whether Slack is still owed the question whether the Call goes on. */
    boolean owesQuestion(CallId call);

    /** Gives the response URLs of an ended Call to the one that follows it. */
    void handOver(CallId from, CallId to);

    /** Says that Slack is owed something about the Call from now on. */
    void outOfStep(CallId call, Instant now);
}
