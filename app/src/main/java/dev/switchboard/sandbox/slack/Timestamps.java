package dev.switchboard.sandbox.slack;

import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Message timestamps: seconds and six digits, unique and increasing. */
final class Timestamps {
    private final Clock clock;
    private final AtomicLong last = new AtomicLong();

    Timestamps(Clock clock) {
        this.clock = clock;
    }

    String next() {
        Instant now = clock.instant();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        long unique = last.updateAndGet(before -> Math.max(before + 1, micros));
        return String.format(Locale.ROOT, "%d.%06d", unique / 1_000_000, unique % 1_000_000);
    }
}
