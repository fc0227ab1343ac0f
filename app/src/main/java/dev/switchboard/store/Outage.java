package dev.switchboard.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import dev.switchboard.call.CallStore;
import dev.switchboard.call.Daemons;
import dev.switchboard.call.Trace;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees when the database breaks under us, and gets it back. H2 closes itself at the first write that fails (a full disk
 * is enough), and every connection to it is dead from then on; opened again it holds what was committed, and breaks at
 * the next write. So after the first failure everything is refused at once, until a trial write of our own has shown
 * that the ledger can be written to. The log says when it begins, and when it ends.
 */
final class Outage implements Availability, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    /** Errors behind which the database may be gone, rather than a statement wrong. */
    private static final Set<Integer> SERIOUS = Set.of(
            ErrorCode.GENERAL_ERROR_1,
            ErrorCode.IO_EXCEPTION_1,
            ErrorCode.IO_EXCEPTION_2,
            ErrorCode.FILE_CORRUPTED_1,
            ErrorCode.FILE_VERSION_ERROR_1,
            ErrorCode.FILE_RENAME_FAILED_2,
            ErrorCode.DATABASE_IS_CLOSED,
            ErrorCode.DATABASE_IS_READ_ONLY,
            ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1,
            ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
            ErrorCode.DATABASE_ALREADY_OPEN_1,
            ErrorCode.CONNECTION_BROKEN_1,
            ErrorCode.OBJECT_CLOSED);

    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    /** An outage that comes back so soon is the same one: its tries go on coming further apart. */
    private static final Duration SAME = Duration.ofMinutes(1);

    /** Opens the database by a connection of its own, if it is there. */
    interface Opening {
        Connection open() throws SQLException;
    }

    private final Opening opening;
    private final ScheduledThreadPoolExecutor prober;

    /** Keeps H2 from closing its file whenever the pool happens to be empty, and tells whether it has closed it. */
    private volatile Connection anchor;

    private final AtomicLong generation = new AtomicLong();
    private Runnable dropConnections = () -> {};
    private Duration wait = FIRST_WAIT;
    private long lastChangeNanos = System.nanoTime();
    /** Whether the file was found damaged at the last break, and at the one before it: no chance then. */
    private boolean corrupt;

    private boolean damaged;
    private boolean damageTold;
    private volatile boolean out;
    private volatile boolean closing;

    Outage(Connection anchor, Opening opening) {
        this.anchor = anchor;
        this.opening = opening;
        this.prober = Daemons.timer("ledger-trial");
        this.prober.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** @param drop forgets the pool's connections; those in use when they come back */
    synchronized void onBreak(Runnable drop) {
        dropConnections = drop;
    }

    @Override
    public boolean lasts() {
        return out;
    }

    @Override
    public long generation() {
        return generation.get();
    }

    /**
     * Has H2 write all that was committed: by the anchor, which belongs to the database as it was opened last, whatever
     * the pool may have opened since.
     */
    void flush() {
        long begun = generation();
        if (out) {
            throw CallStore.Unavailable.nothingDone();
        }
        try {
            MVStore store = EmbeddedLedger.store(anchor);
            if (store.isPersistent() && !store.isReadOnly()) {
                store.commit();
                FileHeader.write(store);
            }
        } catch (MVStoreException e) {
            ClosedStore.releaseIfBroken(anchor);
            begin(e, begun);
            throw CallStore.Unavailable.nothingDone();
        } catch (SQLException e) {
            ClosedStore.releaseIfBroken(anchor);
            if (explains(e, begun)) {
                throw CallStore.Unavailable.nothingDone();
            }
            throw new IllegalStateException("the ledger could not be written: " + e.getErrorCode(), e);
        }
    }

    /** Sees to it that the admin is told, once, and that the database is got back. */
    @Override
    public boolean explains(Throwable failure, long begun) {
        Optional<SQLException> serious = serious(failure);
        if (serious.isEmpty()) {
            return false;
        }
        if (out || generation() != begun) {
            return true;
        }
        if (alive()) {
            return isDamage(serious.get()) && tellDamage(serious.get());
        }
        begin(serious.get(), begun);
        return true;
    }

    /**
     * Hears of every error of the pool's connections, before anything else is done with that connection. One of a
     * database that has closed itself is not used again: to the pool it looks sound.
     */
    SQLExceptionOverride ear() {
        return new SQLExceptionOverride() {
            @java.lang.Override
            public SQLExceptionOverride.Override adjudicate(SQLException failure) {
                if (serious(failure).isEmpty()) {
                    return SQLExceptionOverride.Override.CONTINUE_EVICT;
                }
                ClosedStore.releaseIfBroken(anchor);
                return SQLExceptionOverride.Override.MUST_EVICT;
            }
        };
    }

    /** Closes the database, if its pool is closed. */
    @Override
    public void close() {
        closing = true;
        prober.shutdown(); // no interrupt: H2 would close its file under the trial
        try {
            prober.awaitTermination(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        drop();
    }

    /** What is behind the anchor; empty while there is nothing. */
    Optional<MVStore> store() {
        try {
            return Optional.of(EmbeddedLedger.store(anchor));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** H2's isValid() says yes long after it has closed its file. */
    private boolean alive() {
        return store().filter(store -> !ClosedStore.broken(store)).isPresent();
    }

    private synchronized void begin(Exception why, long begun) {
        if (out || closing || generation() != begun) {
            return;
        }
        out = true;
        generation.incrementAndGet();
        boolean again = System.nanoTime() - lastChangeNanos < SAME.toNanos() && wait.compareTo(FIRST_WAIT) > 0;
        wait = again ? wait : FIRST_WAIT;
        lastChangeNanos = System.nanoTime();
        damaged = corrupt && isCorrupt(why);
        corrupt = isCorrupt(why);
        if (damaged) {
            tellDamage(why);
        } else {
            LOG.error(
                    "SWITCHBOARD_DATABASE_URL: {}; commands are refused until the ledger can be written to again, which is"
                            + " tried every few seconds",
                    words(why));
        }
        dropConnections.run();
        schedule();
    }

    private synchronized void probe() {
        boolean regained = false;
        try {
            regained = closing || regain();
        } catch (RuntimeException | Error e) {
            LOG.error("the ledger was not tried: {}", Trace.of(e));
        } finally {
            if (!regained) {
                schedule();
            }
        }
    }

    /** Opens the database again and writes to it; whether it could be. */
    synchronized boolean regain() {
        drop();
        try {
            anchor = opening.open();
            execute(Sql.EXPIRE);
            execute(Sql.TRIAL);
        } catch (SQLException e) {
            LOG.debug("the ledger can't be written to yet: {}", words(e));
            ClosedStore.releaseIfBroken(anchor);
            return false;
        }
        // Those made meanwhile may belong to a database that has closed itself again.
        dropConnections.run();
        if (!damaged) {
            LOG.info(
                    "the ledger can be written to again, after {} s",
                    Duration.ofNanos(System.nanoTime() - lastChangeNanos).toSeconds());
        }
        lastChangeNanos = System.nanoTime();
        out = false;
        return true;
    }

    private void execute(List<String> statements) throws SQLException {
        try (Statement statement = anchor.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void schedule() {
        if (!closing) {
            prober.schedule(this::probe, wait.toMillis(), TimeUnit.MILLISECONDS);
            Duration doubled = wait.multipliedBy(2);
            wait = doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
        }
    }

    private synchronized void drop() {
        ClosedStore.releaseIfBroken(anchor);
        try {
            anchor.close();
        } catch (SQLException e) {
            LOG.debug("the database was closed already: {}", e.getErrorCode());
        }
    }

    private synchronized boolean tellDamage(Exception failure) {
        if (!damageTold && !closing) {
            damageTold = true;
            LOG.error(
                    "SWITCHBOARD_DATABASE_URL: names a file that is damaged ({}); commands that need the damaged part are"
                            + " refused: stop the bot, restore a backup (this is said once)",
                    words(failure));
        }
        return true;
    }

    /** The serious error among all that was thrown because of one another. */
    private static Optional<SQLException> serious(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && (SERIOUS.contains(sql.getErrorCode())
                            || String.valueOf(sql.getSQLState()).startsWith("08"))) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    /** Whether a page could not be read, while the database goes on. */
    private static boolean isDamage(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MVStoreException store && store.getErrorCode() == DataUtils.ERROR_CLOSED) {
                return false; // a connection from before an outage
            }
            if (cause instanceof MVStoreException || cause instanceof IOException) {
                return true;
            }
        }
        return failure.getErrorCode() == ErrorCode.FILE_CORRUPTED_1;
    }

    /** Whether H2 has closed the database since what it read was nothing that it has written. */
    static boolean isCorrupt(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MVStoreException store && store.getErrorCode() == DataUtils.ERROR_FILE_CORRUPT) {
                return true;
            }
        }
        return false;
    }

    /** What the operating system or H2 says, in a few words. */
    static String words(Throwable failure) {
        String words = "can't be used";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && cause.getMessage() != null) {
                return "can't be written to or read (" + oneLine(cause.getMessage()) + ")";
            }
            if (cause instanceof MVStoreException store) {
                words = "can't be used (H2's store error " + store.getErrorCode() + ")";
            } else if (cause instanceof SQLException sql && words.equals("can't be used")) {
                words = "can't be used (H2 error " + sql.getErrorCode() + ")";
            }
        }
        return words;
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > 200 ? line.substring(0, 200) : line;
    }
}
