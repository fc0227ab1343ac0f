package dev.switchboard.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a Call's room from the looks at it. Kept beside the Call: it changes with every look, and Slack is
 * owed nothing by that.
 *
 * @param touchedAt the last sign of somebody in Slack who cares: a command, a button, a pasted link
 * @param askedAt when its conversation was asked whether it goes on; empty if not, or if somebody answered
 * @param lookedAt the last look that told anything
 * @param unclearSince the first of the looks since then, none of which told anything
 * @param firstJoin the first look with somebody in the room
 * @param lastPresent the last one
 * @param emptySince the first of the latest looks in a row with nobody in the room
 * @param goneSince the first of the latest looks in a row at which there was no such room
 * @param changedAt the look at which who is in last changed
 * @param peak the most people in at one look
 * @param vacated whether nobody was in at some look after the Call's end
 */
public record Watch(
        CallId call,
        Instant touchedAt,
        Optional<Instant> askedAt,
        Optional<Instant> lookedAt,
        Optional<Instant> unclearSince,
        Optional<Instant> firstJoin,
        Optional<Instant> lastPresent,
        Optional<Instant> emptySince,
        Optional<Instant> goneSince,
        Instant changedAt,
        int peak,
        boolean vacated) {

    /** Of a room that nobody has looked at yet. */
    public static Watch of(CallId call, Instant now) {
        return new Watch(
                call,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now,
                0,
                false);
    }

    /** Whether the last look that told anything found somebody in the room. */
    public boolean occupied() {
        return lastPresent.isPresent() && lastPresent.equals(lookedAt);
    }

    /** Whether the looks tell who was there: somebody was seen, or the last look found that nobody was. */
    public boolean tells() {
        return firstJoin.isPresent() || (lookedAt.isPresent() && unclearSince.isEmpty());
    }

    /** From the first person in to the last one out; to that moment if somebody was still in. */
    Duration lasted(Instant now) {
        return occupied() ? sinceFirstJoin(now) : lasted();
    }

    /** From the first look with people in to the last one. */
    Duration lasted() {
        return lastPresent.map(this::sinceFirstJoin).orElse(Duration.ZERO);
    }

    private Duration sinceFirstJoin(Instant until) {
        Duration length = Duration.between(firstJoin.orElse(until), until);
        return length.isNegative() ? Duration.ZERO : length;
    }

    /** Somebody in Slack cares. */
    Watch touched(Instant now) {
        return new Watch(
                call,
                now,
                Optional.empty(),
                lookedAt,
                unclearSince,
                firstJoin,
                lastPresent,
                emptySince,
                goneSince,
                changedAt,
                peak,
                vacated);
    }

    /** The conversation is asked whether it goes on. */
    Watch asked(Instant now) {
        return new Watch(
                call,
                touchedAt,
                Optional.of(now),
                lookedAt,
                unclearSince,
                firstJoin,
                lastPresent,
                emptySince,
                goneSince,
                changedAt,
                peak,
                vacated);
    }

    /** A look told nothing. */
    Watch unclear(Instant now) {
        return new Watch(
                call,
                touchedAt,
                askedAt,
                lookedAt,
                unclearSince.or(() -> Optional.of(now)),
                firstJoin,
                lastPresent,
                emptySince,
                goneSince,
                changedAt,
                peak,
                vacated);
    }

    /**
     * A look found people in.
     *
     * @param changed whether others than at the look before
     */
    Watch withPeople(int people, boolean changed, Instant now) {
        return new Watch(
                call,
                touchedAt,
                Optional.empty(), // the server tells again
                Optional.of(now),
                Optional.empty(),
                firstJoin.or(() -> Optional.of(now)),
                Optional.of(now),
                Optional.empty(),
                Optional.empty(),
                changed ? now : changedAt,
                Math.max(peak, people),
                vacated);
    }

    /**
     * A look found nobody in.
     *
     * @param gone whether there was not even the room
     * @param afresh whether the looks before it are too long ago to count as in a row with it
     */
    Watch withNobody(boolean gone, boolean changed, boolean afresh, Instant now) {
        Optional<Instant> first = Optional.of(now);
        return new Watch(
                call,
                touchedAt,
                Optional.empty(), // the server tells again
                first,
                Optional.empty(),
                firstJoin,
                lastPresent,
                afresh ? first : emptySince.or(() -> first),
                !gone ? Optional.empty() : afresh ? first : goneSince.or(() -> first),
                changed ? now : changedAt,
                peak,
                vacated);
    }

    /** Nobody was in at a look after the end; that counts from the second such look in a row on. */
    Watch emptyAfterEnd(Instant now) {
        return emptySince.filter(now::isAfter).isPresent() ? left() : afterEnd(Optional.of(now), false);
    }

    /** People were in at a look after the end, who have not left since. */
    Watch stillIn() {
        return afterEnd(Optional.empty(), false);
    }

    /** Nobody was in after the end: whoever comes now begins anew. */
    Watch left() {
        return afterEnd(emptySince, true);
    }

    private Watch afterEnd(Optional<Instant> nowEmptySince, boolean nowVacated) {
        return new Watch(
                call,
                touchedAt,
                askedAt,
                lookedAt,
                unclearSince,
                firstJoin,
                lastPresent,
                nowEmptySince,
                goneSince,
                changedAt,
                peak,
                nowVacated);
    }
}
