package dev.switchboard.store;

import dev.switchboard.call.CallStore;
import java.util.concurrent.Semaphore;
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
 */
final class Commits {
    /** Nobody waits behind more than one transaction of the mirror, and that one only if it came first. */
    private static final int BACKGROUND_AT_ONCE = 1;

    private final Semaphore atOnce;
    private final Semaphore background;
    private final Runnable flush;
    private final LongSupplier generation;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition flushed = lock.newCondition();
    private long committed;
    private long durable;
    private boolean flushing;

    private Commits(int atOnce, int backgroundAtOnce, Runnable flush, LongSupplier generation) {
        this.atOnce = new Semaphore(atOnce, true);
        this.background = new Semaphore(backgroundAtOnce, true);
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
        return new Commits(atOnce, BACKGROUND_AT_ONCE, flush, generation);
    }

    /** For a server, which makes each commit durable itself and has its own ways of sharing the work. */
    static Commits ofServer(int connections) {
        return new Commits(connections, connections / 2, () -> {}, () -> 0);
    }

    /** Runs a transaction that somebody waits for; what it wrote is durable when this returns. */
    <T> T now(Supplier<T> transaction) {
        return durably(() -> inTurn(atOnce, transaction));
    }

    /** Runs a transaction that nobody waits for; what it wrote is durable when this returns. */
    <T> T inBackground(Supplier<T> transaction) {
        return durably(() -> lazily(transaction));
    }

    /** A flush that comes after the database was opened again says nothing of what was committed before. */
    private <T> T durably(Supplier<T> transaction) {
        long before = generation.getAsLong();
        T result = transaction.get();
        makeDurable();
        if (generation.getAsLong() != before) {
            throw new CallStore.Unavailable();
        }
        return result;
    }

    /** Runs a transaction that nobody waits for, and that may be lost at a kill with all that came after it. */
    <T> T lazily(Supplier<T> transaction) {
        return inTurn(background, () -> inTurn(atOnce, transaction));
    }

    private static <T> T inTurn(Semaphore turn, Supplier<T> transaction) {
        turn.acquireUninterruptibly(); // an interrupt would close H2's file
        try {
            return transaction.get();
        } finally {
            turn.release();
        }
    }

    private void makeDurable() {
        lock.lock();
        try {
            long mine = ++committed;
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
        long upTo = committed;
        flushing = true;
        lock.unlock();
        boolean written = false;
        try {
            flush.run();
            written = true;
        } finally {
            lock.lock();
            flushing = false;
            if (written) {
                durable = Math.max(durable, upTo);
            }
            flushed.signalAll();
        }
    }
}
