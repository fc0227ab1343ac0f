package dev.switchboard.call;

import java.time.Duration;
import java.time.Instant;

/**
 * When rooms are looked at, and how long nothing may happen in them.
 *
 * @param pollInterval between two looks at a room with people in it
 * @param emptyGrace how long a room may be empty before its Call ends
 * @param noShowLimit how long a Call waits for its first person
 * @param idleLimit where nobody can tell who is in, or the server doesn't for so long: how long a Call may go untouched
 *     before it is asked about
 */
public record Rhythm(Duration pollInterval, Duration emptyGrace, Duration noShowLimit, Duration idleLimit) {
    private static final int SLOWEST = 6;
    private static final int BEFORE_FIRST_JOIN = 3;
    private static final int GONE_FOR_GOOD = 3;
    private static final int LONG_UNSEEN = 30;
    private static final int BETWEEN_RECORDINGS = 30;
    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final Duration CONFIRM = Duration.ofSeconds(5);
    private static final Duration TIME_TO_ANSWER = Duration.ofMinutes(15);
    /** How long after its end a room is looked at, for people who come back and for recordings. */
    private static final Duration AFTERWARDS = Duration.ofDays(1);

    /** From a Call's start to the first look. */
    Duration firstLook() {
        return pollInterval;
    }

    /** To the next look at a room with people: longer when for long nobody has come or gone. */
    Duration whileLive(Watch watch, Instant now) {
        return pollInterval.multipliedBy(slower(1, watch, now));
    }

    /** To the next look at a room that nobody has entered yet. */
    Duration beforeFirstJoin(Watch watch, Instant now) {
        return pollInterval.multipliedBy(slower(BEFORE_FIRST_JOIN, watch, now));
    }

    private static int slower(int factor, Watch watch, Instant now) {
        Instant last = watch.changedAt().isAfter(watch.touchedAt()) ? watch.changedAt() : watch.touchedAt();
        long quiet = Math.max(0, Duration.between(last, now).dividedBy(QUIET));
        return (int) Math.min(SLOWEST, factor + quiet);
    }

    /** To the look that has to confirm what the last one seemed to show: that somebody left, that a room is gone. */
    Duration toConfirm() {
        return shorter(pollInterval, CONFIRM);
    }

    /**
     * How long a room that people were in may not be there: the last one's reload, or the server's restart, takes the
     * room away for a moment.
     */
    Duration goneForGood() {
        return shorter(emptyGrace, pollInterval.multipliedBy(GONE_FOR_GOOD));
    }

    /** To the next look when {@code unclear} has gone by without one that told anything. */
    Duration whileUnclear(Duration unclear) {
        return shorter(pollInterval.multipliedBy(SLOWEST), longer(pollInterval, unclear));
    }

    /** To the next look where the server asks for a rest: it may be back long before, and people wait for the card. */
    Duration rest(Duration asked) {
        return shorter(asked, longUnseen());
    }

    /** What was seen that long ago says nothing of the time between. */
    Duration longUnseen() {
        return pollInterval.multipliedBy(LONG_UNSEEN);
    }

    /** How long a conversation has to answer whether its Call goes on. */
    Duration timeToAnswer() {
        return shorter(idleLimit, TIME_TO_ANSWER);
    }

    /** To the next look at an ended Call's room, rarer and rarer. */
    Duration afterEnd(Duration sinceEnd, boolean recordings) {
        Duration pause = longer(pollInterval.multipliedBy(SLOWEST), sinceEnd.dividedBy(10));
        return recordings ? shorter(pause, pollInterval.multipliedBy(BETWEEN_RECORDINGS)) : pause;
    }

    /** Whether an ended Call's room is of no interest any more. */
    boolean overAndDone(Duration sinceEnd) {
        return sinceEnd.compareTo(AFTERWARDS) > 0;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
