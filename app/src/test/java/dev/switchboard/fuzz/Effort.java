package dev.switchboard.fuzz;

import java.time.Duration;
import java.util.Random;

/**
 * How long to go on, and from which seed. {@code -Dfuzz.minutes=30} makes it long, {@code -Dfuzz.seed=42} repeats what
 * a failure printed.
 *
 * @param seed what everything random follows from
 */
public record Effort(long seed, long untilNanos) {
    /** For that long, unless the flags say otherwise. */
    public static Effort of(Duration normally) {
        int minutes = Integer.getInteger("fuzz.minutes", 0);
        Duration effort = minutes > 0 ? Duration.ofMinutes(minutes) : normally;
        long seed = Long.getLong("fuzz.seed", new Random().nextLong());
        return new Effort(seed, System.nanoTime() + effort.toNanos());
    }

    /** Whether there is time left. */
    public boolean goesOn() {
        return System.nanoTime() < untilNanos;
    }

    @Override
    public String toString() {
        return "-Dfuzz.seed=" + seed;
    }
}
