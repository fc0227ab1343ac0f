package dev.switchboard.store;

import dev.switchboard.call.CallStore;
import dev.switchboard.call.Daemons;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What H2's background thread would do: writes what nobody waits for, and gives the file's unused space back. H2 does so
 * whenever it is time, which may be in the middle of a transaction; this waits for a moment when none is under way
 * ({@link Commits#alone}).
 */
final class Upkeep implements AutoCloseable {
    /** For H2's own thread: it never comes, until {@link #takeOver} ends it. */
    static final int NEVER = Integer.MAX_VALUE;

    /** For H2: it has no threads, and doesn't write at each commit either. */
    private static final int BY_US = -1;

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    /** As often as H2 looks after its file. */
    private static final Duration EVERY = Duration.ofMillis(50);

    /** While there is something unwritten it is looked at every tenth time only: what nobody waits for may be lost. */
    private static final int LOOKED_AT_EVERY = 10;

    /** Every five seconds. */
    private static final int FILE_LOOKED_AT_EVERY = 100;

    private final Optional<LedgerFile> file;
    /** Which file it was at the start. */
    private final Optional<Object> fileKey;

    private int looksWithoutIt;

    private final Outage outage;
    private final Commits commits;
    private final ScheduledThreadPoolExecutor timer;
    private long times;
    /** By what was said; each is said once. */
    private final Set<String> told = new HashSet<>();

    private Upkeep(Outage outage, Commits commits, Optional<LedgerFile> file) {
        this.file = file;
        this.fileKey = file.flatMap(LedgerFile::key);
        this.outage = outage;
        this.commits = commits;
        this.timer = Daemons.timer("ledger-upkeep");
        timer.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    static Upkeep of(Outage outage, Commits commits, Optional<LedgerFile> file) {
        Upkeep upkeep = new Upkeep(outage, commits, file);
        upkeep.timer.scheduleWithFixedDelay(upkeep::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return upkeep;
    }

    /**
     * Ends H2's background threads, if the database was opened as we open it. One of them looks after the file, two
     * write it: each write went from thread to thread four times.
     */
    static void takeOver(MVStore store) {
        if (store.getAutoCommitDelay() == NEVER) {
            store.setAutoCommitDelay(BY_US);
        }
    }

    /** Waits for what it is at. */
    @Override
    public void close() {
        timer.shutdown(); // no interrupt: H2 would close its file
        try {
            timer.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            if (!outage.lasts()) {
                times++;
                if (times % FILE_LOOKED_AT_EVERY == 0) {
                    lookWhetherItIsThere();
                }
                commits.alone(this::keepUp);
            }
        } catch (CallStore.Unavailable e) {
            LOG.debug("no upkeep: the ledger can't be used");
        } catch (RuntimeException | Error e) { // an Error, too: there would be no upkeep ever after
            tellOnce("the ledger's file was not looked after: {}", e);
        }
    }

    /** What was deleted or replaced is still there for H2, which has it open, and for nobody else. */
    private void lookWhetherItIsThere() {
        boolean gone = fileKey.isPresent() && !file.orElseThrow().isStill(fileKey.get());
        looksWithoutIt = gone ? looksWithoutIt + 1 : 0;
        if (looksWithoutIt >= 2 && told.add("gone")) {
            LOG.error(
                    "SWITCHBOARD_DATABASE_URL: {} was deleted, moved or replaced while the bot runs: what it writes is lost"
                            + " once it stops. Make a backup now, while it runs; stop it, and restore that backup",
                    file.map(LedgerFile::path).orElseThrow());
        }
    }

    private void tellOnce(String what, Throwable failure) {
        if (told.add(what)) {
            LOG.warn(what, failure.toString());
        }
    }

    private void keepUp() {
        outage.store().filter(store -> !ClosedStore.broken(store)).ifPresent(store -> {
            boolean time = times % LOOKED_AT_EVERY == 0 || !store.hasUnsavedChanges();
            // H2 writes by itself, and in the middle, once so much is unsaved.
            boolean much = store.getUnsavedMemory() > store.getAutoCommitMemory() / 4;
            boolean tidied = time && store.getFileStore() != null && tidy(store.getFileStore());
            if (much || tidied || (time && store.hasUnsavedChanges())) {
                outage.flush();
            }
        });
    }

    /**
     * Writes what is unwritten, and gives space back by H2's own rules of what is worth moving in the file; it keeps them
     * for its background thread alone.
     *
     * @return whether anything was written
     */
    private boolean tidy(FileStore<?> file) {
        long before = file.getWriteCount();
        try {
            Method method = FileStore.class.getDeclaredMethod("writeInBackground");
            method.setAccessible(true);
            method.invoke(file);
        } catch (InvocationTargetException e) {
            LOG.debug("the ledger's file was not tidied", e);
            return true; // whoever writes next finds out whether it can be written to
        } catch (ReflectiveOperationException | RuntimeException e) {
            tellOnce("H2 has changed, the ledger's file will grow until the bot stops: {}", e);
        }
        return file.getWriteCount() > before;
    }
}
