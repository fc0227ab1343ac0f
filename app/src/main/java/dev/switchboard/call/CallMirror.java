package dev.switchboard.call;

import dev.switchboard.call.CallStore.Claim;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps Slack in step with the ledger. Each Call is mirrored by one worker at a time: it observes what is true and what
 * Slack was told, takes the next step that is owed, records what came of it, and goes on until nothing is owed or all
 * that is must wait. A Call that was changed is mirrored at once; whatever is left over by a crash, a rate limit or a
 * full queue is found in the ledger by the sweep.
 */
public final class CallMirror implements Mirroring, AutoCloseable {
    private static final Logger LOG = System.getLogger(CallMirror.class.getName());
    private static final Duration SWEEP = Duration.ofMillis(200);
    private static final Duration SET_BACK = Duration.ofSeconds(1);
    private static final Duration IN_A_MOMENT = Duration.ofMillis(20);
    private static final Duration DRAIN = Duration.ofSeconds(3);
    /** Each mostly waits for Slack or for its write, which serves all that wait: with fewer there are more writes. */
    private static final int WORKERS = 48;

    private static final int WAITING = 10_000;

    private final CallStore store;
    private final SlackCalls slack;
    private final MeetingProvider meetings;
    private final IdSource ids;
    private final Clock clock;
    private final ThreadPoolExecutor workers;
    private final ScheduledExecutorService sweeper;
    /** Calls waiting for a worker, so that none waits twice. */
    private final Set<CallId> queued = ConcurrentHashMap.newKeySet();
    /** Calls that a worker is on: where the clock jumps, its lease may be over before its request is. */
    private final Set<CallId> underWay = ConcurrentHashMap.newKeySet();

    /** Calls whose lease may still be ours, though the worker that had it is gone: it could not write it back. */
    private final Set<CallId> letGo = ConcurrentHashMap.newKeySet();

    private volatile boolean closing;
    /** Touched by the sweeper's thread alone. */
    private boolean failing;
    /** Likewise. */
    private Instant lastSweep = Instant.EPOCH;

    public CallMirror(CallStore store, SlackCalls slack, MeetingProvider meetings, IdSource ids, Clock clock) {
        this.store = store;
        this.slack = slack;
        this.meetings = meetings;
        this.ids = ids;
        this.clock = clock;
        this.workers = Daemons.pool("call-mirror", WORKERS, WAITING);
        this.sweeper = Daemons.timer("call-mirror-sweep");
    }

    /** Begins to look for work that is due. */
    public void start() {
        sweeper.scheduleWithFixedDelay(this::sweep, 0, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void wake(CallId call) {
        if (queued.add(call)) {
            enqueue(workers, call, () -> {
                queued.remove(call);
                mirror(call, () -> claim(call).map(this::pass));
            });
        }
    }

    @Override
    public void begin(Claim started) {
        CallId call = started.lease().call();
        enqueue(workers, call, () -> {
            if (!mirror(call, () -> Optional.of(pass(started).first()))) {
                beginLater(started);
            }
        });
    }

    /** Whoever was woken first finds that the Call is claimed, and that claim is good for nobody else. */
    private void beginLater(Claim started) {
        enqueue(
                work -> sweeper.schedule(work, IN_A_MOMENT.toMillis(), TimeUnit.MILLISECONDS),
                started.lease().call(),
                () -> begin(started));
    }

    private void enqueue(Executor executor, CallId call, Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException | OutOfMemoryError e) { // of threads, which the system may be short of
            queued.remove(call);
            LOG.log(Level.DEBUG, "call={0} left to the sweep", call);
        }
    }

    /** Takes no new steps, and waits a little for those under way; what is left stays in the ledger. */
    @Override
    public void close() {
        closing = true;
        sweeper.shutdown();
        workers.shutdown();
        awaitWorkers(DRAIN);
    }

    /**
     * Waits until no step is under way any more.
     *
     * <p>Workers are never interrupted: H2 would close its file under them.
     *
     * @return whether none is
     */
    public boolean awaitWorkers(Duration patience) {
        try {
            return workers.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void sweep() {
        try {
            Instant now = clock.instant();
            Duration back = Duration.between(now, lastSweep);
            if (back.compareTo(SET_BACK) > 0) {
                LOG.log(Level.WARNING, "the clock was set back by {0} s", back.toSeconds());
                store.clockSetBack(back);
            }
            lastSweep = now;
            giveBackWhatWasLetGo(now);
            List<CallId> due = store.due(now, WAITING);
            due.forEach(this::wake);
            if (failing) {
                LOG.log(Level.INFO, "the ledger can be read again");
            }
            failing = false;
        } catch (CallStore.Unavailable e) {
            LOG.log(Level.DEBUG, "nothing is mirrored until the ledger can be used again");
        } catch (RuntimeException | Error e) { // an Error, too: there would be no sweep ever after
            if (!failing) {
                LOG.log(Level.ERROR, "the ledger can''t be read, to be tried again and again: {0}", Trace.of(e));
            }
            failing = true;
        }
    }

    /** Else the Calls that were under way when the ledger went would wait for their leases to run out. */
    private void giveBackWhatWasLetGo(Instant now) {
        // Whoever is at one by now has a lease of its own.
        List<CallId> calls = letGo.stream().filter(underWay::add).toList();
        if (calls.isEmpty()) {
            return;
        }
        try {
            store.letGo(calls, now);
            letGo.removeAll(calls);
        } finally {
            underWay.removeAll(calls);
        }
    }

    private Optional<Claim> claim(CallId id) {
        Instant now = clock.instant();
        return store.claim(id, now, Pass.leaseFrom(now));
    }

    private Pass pass(Claim claim) {
        return new Pass(store, slack, meetings, ids, clock, claim);
    }

    /** @return false if somebody is at that Call: the sweep finds it again */
    private boolean mirror(CallId id, Supplier<Optional<Pass>> pass) {
        if (closing) {
            return true;
        }
        if (!underWay.add(id)) {
            return false;
        }
        try {
            pass.get().ifPresent(this::mirror);
        } catch (Pass.LeaseLost e) {
            LOG.log(Level.INFO, "call={0} taken over by another worker", id);
        } catch (CallStore.Unavailable e) {
            letGo.add(id);
            LOG.log(Level.DEBUG, "call={0} not mirrored until the ledger can be used again", id);
        } catch (RuntimeException e) {
            // The lease runs out and the sweep tries again: nothing is lost by letting go here.
            LOG.log(Level.ERROR, "call={0} not mirrored, to be tried again: {1}", id, Trace.of(e));
        } finally {
            underWay.remove(id);
        }
        return true;
    }

    private void mirror(Pass pass) {
        Map<String, Instant> putOff = new HashMap<>();
        do {
            for (Optional<Step> next = next(pass, putOff); next.isPresent(); next = next(pass, putOff)) {
                Step step = next.get();
                step.perform(pass).ifPresent(until -> putOff.put(step.key(), until));
            }
        } while (!pass.end(goOn(putOff)) && !closing);
    }

    private Optional<Step> next(Pass pass, Map<String, Instant> putOff) {
        return closing
                ? Optional.empty()
                : Owed.steps(pass.snapshot()).stream()
                        .filter(step -> !putOff.containsKey(step.key()))
                        .findFirst();
    }

    /** When to go on; at once, in the next process, if this one is closing. */
    private Optional<Instant> goOn(Map<String, Instant> putOff) {
        return closing ? Optional.of(clock.instant()) : putOff.values().stream().min(Instant::compareTo);
    }
}
