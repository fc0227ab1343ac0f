package dev.switchboard;

import dev.switchboard.call.CallStore;
import dev.switchboard.slack.gateway.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
    private static final Duration LEARN_EVERY = Duration.ofSeconds(20);

    private final CallStore store;
    private final Workspaces workspaces;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor timer;

    Housekeeping(CallStore store, Workspaces workspaces, Clock clock) {
        this.store = store;
        this.workspaces = workspaces;
        this.clock = clock;
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "housekeeping");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        every(FORGET_EVERY, this::forget);
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
                    } catch (RuntimeException e) {
                        LOG.error("housekeeping failed: {}", e.toString());
                    }
                },
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
