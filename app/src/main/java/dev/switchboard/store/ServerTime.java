package dev.switchboard.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What time it is on the database's server, so that copies whose machines' clocks differ, or are set, agree on when a
 * lease is over and a place free. Each answer of the server corrects it; between two, the time that passes here counts.
 */
final class ServerTime implements InstantSource {
    private final LongSupplier nanos;
    private volatile Reading last;

    /**
     * Starts with one answer of the server.
     *
     * @param nanos the time that passes, in nanoseconds from anywhere
     */
    ServerTime(Instant server, LongSupplier nanos) {
        this.nanos = nanos;
        this.last = new Reading(server, nanos.getAsLong());
    }

    /** That it was this time there, at some moment of ours. */
    private record Reading(Instant time, long atNanos) {
        Instant at(long now) {
            return time.plusNanos(now - atNanos);
        }
    }

    @Override
    public Instant instant() {
        return last.at(nanos.getAsLong());
    }

    /**
     * Hears what time the server said it is. It may have said so at any moment between question and answer, so what
     * agrees with one of them is left as it is.
     *
     * @param asked when it was asked, by the time that passes here
     */
    synchronized void hear(Instant server, long asked) {
        long answered = nanos.getAsLong();
        Instant latest = server.plusNanos(answered - asked);
        Instant expected = last.at(answered);
        Instant time = expected.isBefore(server) ? server : expected.isAfter(latest) ? latest : expected;
        last = new Reading(time, answered);
    }

    /** How far another clock is from it, at this moment. */
    Duration apart(InstantSource other) {
        return Duration.between(instant(), other.instant()).abs();
    }
}
