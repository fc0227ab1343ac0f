package dev.switchboard.sandbox.slack;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts calls per workspace and method in a sliding window. A window of zero: no limits. */
final class RateLimits {
    /** Messages a channel takes at once before one a second rules; "short bursts" in Slack's words. */
    private static final int BURST = 4;

    private final Clock clock;
    private final Map<String, Deque<Instant>> taken = new HashMap<>();
    private Duration minute;
    private int most = Integer.MAX_VALUE;

    RateLimits(Clock clock, Duration minute) {
        this.clock = clock;
        this.minute = minute;
    }

    synchronized void minute(Duration newMinute, int newMost) {
        minute = newMinute;
        most = newMost;
        taken.clear();
    }

    /** Empty when the call may go on, or how long to wait. A refused call doesn't count. */
    synchronized Optional<Duration> take(String team, String method, Tier tier, String channel) {
        if (minute.isZero()) {
            return Optional.empty();
        }
        if (most < BURST) {
            return take(team + '/' + method, most, minute);
        }
        return tier == Tier.POSTING
                ? take(
                        team + '/' + method + '/' + channel,
                        BURST,
                        minute.multipliedBy(BURST).dividedBy(60))
                : take(team + '/' + method, Math.min(most, tier.perMinute()), minute);
    }

    private Optional<Duration> take(String key, int allowed, Duration window) {
        Instant now = clock.instant();
        Deque<Instant> times = taken.computeIfAbsent(key, unused -> new ArrayDeque<>());
        while (!times.isEmpty() && !times.getFirst().plus(window).isAfter(now)) {
            times.removeFirst();
        }
        if (times.size() >= allowed) {
            return Optional.of(Duration.between(now, times.getFirst().plus(window)));
        }
        times.addLast(now);
        return Optional.empty();
    }
}
