package dev.switchboard.store;

import dev.switchboard.call.CallStore;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How transactions get through: few at a time and in the order they came, with those of people before those of the
 * mirror, and with one write to the file for all that are waiting for one.
 *
 * <p>An embedded H2 is slowed down by threads that compete for it, and each of its commits rewrites the pages that lead
 * to a row. So commits are made in memory, and whoever finds nobody writing writes for all.
 *
 * <p>Nothing is written while a transaction is under way. H2 takes its tables and indexes into a write one after the
 * other, so that half of what a transaction does meanwhile may be in it and half not, its undo log neither (h2database
 * issue 2080). The next write would mend that; after a kill or on a full disk there is none, and a row is in its table
 * but not in its index.
 */
final class Commits {
    /**
     * One turn is left to people. With fewer turns for the mirror each of its transactions would be followed by a write
     * of its own: whoever comes next waits behind the write, not before it.
     */
    private static final int BACKGROUND_AT_ONCE = 3;

    private final int most;
    private final Semaphore atOnce;
    private final Semaphore background;
    private final boolean durableByItself;
    private final Runnable flush;
    private final LongSupplier generation;
    private final AtomicLong committed = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition flushed = lock.newCondition();
    private long durable;
    private boolean flushing;

    private Commits(
            int atOnce, int backgroundAtOnce, boolean durableByItself, Runnable flush, LongSupplier generation) {
        this.most = atOnce;
        this.atOnce = new Semaphore(atOnce, true);
        this.background = new Semaphore(backgroundAtOnce, true);
        this.durableByItself = durableByItself;
        this.flush = flush;
        this.generation = generation;
    }

    /**
     * For a database inside this process.
     *
     * @param flush makes all that was committed before it durable
     * @param generation another number once the database was opened again: what was in memory only is gone then
     */
    static Commits shared(int atOnce, Runnable flush, LongSupplier generation) {
        return new Commits(atOnce, BACKGROUND_AT_ONCE, false, flush, generation);
    }

    /** For a server, which makes each commit durable itself and has its own ways of sharing the work. */
    static Commits ofServer(int connections) {
        return new Commits(connections, connections / 2, true, () -> {}, () -> 0);
    }

    /** Runs a transaction that somebody waits for; what it wrote is durable when this returns. */
    <T> T now(Supplier<T> transaction) {
        return durably(() -> inTurn(atOnce, () -> counted(transaction)));
    }

    /** Runs a transaction that nobody waits for; what it wrote is durable when this returns. */
    <T> T inBackground(Supplier<T> transaction) {
        return durably(() -> {
            Counted<T> done = lazily(() -> counted(transaction));
            // Behind those of the mirror's that are waiting already, so that one write serves them all.
            return durableByItself ? done : inTurn(background, () -> done);
        });
    }

    /** Runs a transaction that nobody waits for, and that may be lost at a kill with all that came after it. */
    <T> T lazily(Supplier<T> transaction) {
        return inTurn(background, () -> inTurn(atOnce, transaction));
    }

    /** Does something to the database's file while no transaction is under way. */
    void alone(Runnable work) {
        atOnce.acquireUninterruptibly(most);
        try {
            work.run();
        } finally {
            atOnce.release(most);
        }
    }

    /**
     * What a transaction gave.
     *
     * @param number how many had been committed with it
     * @param generation of the database when it began
     */
    private record Counted<T>(T result, long number, long generation) {}

    /** Counted before its turn is over, so that whoever writes when nobody is at it writes all that have a number. */
    private <T> Counted<T> counted(Supplier<T> transaction) {
        long begun = generation.getAsLong();
        T result = transaction.get();
        return new Counted<>(result, committed.incrementAndGet(), begun);
    }

    /** A flush that comes after the database was opened again says nothing of what was committed before. */
    private <T> T durably(Supplier<Counted<T>> transaction) {
        Counted<T> done = transaction.get();
        try {
            if (!durableByItself) {
                makeDurable(done.number());
            }
        } catch (CallStore.Unavailable e) {
            throw CallStore.Unavailable.inDoubt(); // the write may have failed after the part that counts
        }
        if (generation.getAsLong() != done.generation()) {
            throw CallStore.Unavailable.inDoubt();
        }
        return done.result();
    }

    private static <T> T inTurn(Semaphore turn, Supplier<T> transaction) {
        turn.acquireUninterruptibly(); // an interrupt would close H2's file
        try {
            return transaction.get();
        } finally {
            turn.release();
        }
    }

    private void makeDurable(long mine) {
        lock.lock();
        try {
            while (durable < mine) {
                if (flushing) {
                    flushed.awaitUninterruptibly();
                } else {
                    flushForAll();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes what has been committed so far. If that fails, whoever else waits tries for themselves. */
    private void flushForAll() {
        flushing = true;
        lock.unlock();
        long[] written = {0};
        try {
            alone(() -> {
                long upTo = committed.get();
                flush.run();
                written[0] = upTo;
            });
        } finally {
            lock.lock();
            flushing = false;
            durable = Math.max(durable, written[0]);
            flushed.signalAll();
        }
    }
}
