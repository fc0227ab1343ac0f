package dev.switchboard;

import dev.switchboard.call.CallStore;
import dev.switchboard.call.Daemons;
import dev.switchboard.call.Trace;
import dev.switchboard.slack.gateway.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done now and then, by the clock. */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    /** Slack delivers an event again for some minutes; a day is far beyond that. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private static final Duration FORGET_EVERY = Duration.ofMinutes(10);
    private static final Duration LEARN_EVERY = Duration.ofSeconds(20);
    /** While Slack hasn't said of a token whose it is, that workspace's Calls wait. */
    private static final Duration LEARN_SOON = Duration.ofSeconds(5);

    /**
     * How often the clock is looked at, and so the time between two steps of forgetting: a past of years goes little by
     * little, some hundred thousand Calls a day, and the ledger's file hardly grows over it.
     */
    private static final Duration TICK = Duration.ofSeconds(1);

    private final CallStore store;
    private final Workspaces workspaces;
    private final Optional<Duration> keep;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor timer;

    /** Touched by the timer's thread alone. */
    private int forgotten;

    /** @param keep how long ended Calls are kept; empty: for ever */
    Housekeeping(CallStore store, Workspaces workspaces, Optional<Duration> keep, Clock clock) {
        this.store = store;
        this.workspaces = workspaces;
        this.keep = keep;
        this.clock = clock;
        this.timer = Daemons.timer("housekeeping");
    }

    void start() {
        List<Chore> chores = List.of(
                new Chore(FORGET_EVERY, this::forget),
                new Chore(FORGET_EVERY, this::forgetCalls),
                new Chore(LEARN_EVERY, () -> learn(!workspaces.complete() && !workspaces.undecided())),
                new Chore(LEARN_SOON, () -> learn(workspaces.undecided())));
        timer.scheduleWithFixedDelay(
                () -> chores.forEach(Chore::doIfDue), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdown(); // no interrupt: H2 would close its file under the chore
    }

    /** @return whether there is more to do, here and below */
    private boolean forget() {
        Instant now = clock.instant();
        store.forget(now.minus(REMEMBERED), now);
        return false;
    }

    private boolean forgetCalls() {
        int some = keep.isEmpty() ? 0 : store.forgetCalls(clock.instant().minus(keep.get()));
        forgotten += some;
        if (some == 0 && forgotten > 0) {
            LOG.info(
                    "forgot {} Calls that ended more than {} days ago",
                    forgotten,
                    keep.orElse(Duration.ZERO).toDays());
            forgotten = 0;
        }
        return some > 0;
    }

    private boolean learn(boolean more) {
        if (more) {
            workspaces.learn().log();
        }
        return false;
    }

    /** Something to do once in an interval; or at the next tick, while there is more to do. */
    private final class Chore {
        private final Duration interval;
        private final BooleanSupplier work;
        private Instant due;

        Chore(Duration interval, BooleanSupplier work) {
            this.interval = interval;
            this.work = work;
            this.due = clock.instant().plus(interval);
        }

        void doIfDue() {
            Instant now = clock.instant();
            Instant latest = now.plus(interval);
            if (due.isAfter(latest)) {
                due = latest; // the clock was set back
            }
            if (now.isBefore(due)) {
                return;
            }
            due = latest;
            try {
                if (work.getAsBoolean()) {
                    due = now;
                }
            } catch (CallStore.Unavailable e) {
                LOG.debug("a chore was left for later");
            } catch (RuntimeException | Error e) { // an Error, too: nothing would be kept ever after
                LOG.error("housekeeping failed: {}", Trace.of(e));
            }
        }
    }
}
