package dev.switchboard;

import dev.switchboard.call.CallStore;
import dev.switchboard.slack.gateway.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done now and then. */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    /** Slack delivers an event again for some minutes; a day is far beyond that. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private static final Duration FORGET_EVERY = Duration.ofMinutes(10);
    /** So many steps at a time, so that a past of years goes little by little: some 300,000 Calls a day. */
    private static final int MOST_STEPS = 100;

    private static final Duration LEARN_EVERY = Duration.ofSeconds(20);

    private final CallStore store;
    private final Workspaces workspaces;
    private final Optional<Duration> keep;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor timer;

    /** @param keep how long ended Calls are kept; empty: for ever */
    Housekeeping(CallStore store, Workspaces workspaces, Optional<Duration> keep, Clock clock) {
        this.store = store;
        this.workspaces = workspaces;
        this.keep = keep;
        this.clock = clock;
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "housekeeping");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        every(FORGET_EVERY, this::forget);
        every(FORGET_EVERY, this::forgetCalls);
        every(LEARN_EVERY, this::learn);
    }

    @Override
    public void close() {
        timer.shutdown(); // no interrupt: H2 would close its file under the chore
    }

    private void forget() {
        Instant now = clock.instant();
        store.forget(now.minus(REMEMBERED), now);
    }

    private void forgetCalls() {
        if (keep.isEmpty()) {
            return;
        }
        Instant before = clock.instant().minus(keep.get());
        int forgotten = 0;
        for (int step = 0; step < MOST_STEPS && !timer.isShutdown(); step++) {
            int some = store.forgetCalls(before);
            forgotten += some;
            if (some == 0) {
                break;
            }
        }
        if (forgotten > 0) {
            LOG.info(
                    "forgot {} Calls that ended more than {} days ago",
                    forgotten,
                    keep.get().toDays());
        }
    }

    private void learn() {
        if (!workspaces.complete()) {
            workspaces.learn().log();
        }
    }

    private void every(Duration interval, Runnable chore) {
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        chore.run();
                    } catch (CallStore.Unavailable e) {
                        LOG.debug("a chore was left for later");
                    } catch (RuntimeException e) {
                        LOG.error("housekeeping failed: {}", e.toString());
                    }
                },
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
