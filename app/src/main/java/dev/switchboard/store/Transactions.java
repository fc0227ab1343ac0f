package dev.switchboard.store;

import dev.switchboard.call.CallStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transactions on the ledger, run again where that mends what was wrong. */
final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    /** How often one that collided with others is run again. */
    private static final int TRIES = 8;

    /** What a command can wait for a connection that works; Slack waits 3 s for its acknowledgement. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration TELL_EVERY = Duration.ofSeconds(10);

    private final DataSource pool;
    private final Availability availability;
    /** Statements that were read before; to read them each time is a tenth of a command's CPU time. */
    private final Map<String, NamedSql> read = new ConcurrentHashMap<>();

    private final AtomicLong toldNanos = new AtomicLong(System.nanoTime() - TELL_EVERY.toNanos());

    Transactions(DataSource pool, Availability availability) {
        this.pool = pool;
        this.availability = availability;
    }

    /**
     * One that may be run twice, since it sees in the ledger what it has done before.
     *
     * @throws CallStore.Unavailable if the database can't be used
     */
    <T> T one(Function<Session, T> work) {
        return run(work, true);
    }

    /**
     * One that is not run again where its connection broke while it was committed, which nobody can tell then.
     *
     * @throws CallStore.Unavailable in that case too
     */
    <T> T oneThatIsSeenToLater(Function<Session, T> work) {
        return run(work, false);
    }

    boolean available() {
        return !availability.lasts();
    }

    private <T> T inTransaction(Function<Session, T> work) {
        try (Connection connection = pool.getConnection()) {
            return new Session(connection, sql -> read.computeIfAbsent(sql, NamedSql::of)).inTransaction(work);
        } catch (SQLException e) {
            throw new Session.Failed(e);
        }
    }

    private <T> T run(Function<Session, T> work, boolean whateverBecameOfIt) {
        long begun = System.nanoTime();
        boolean inDoubt = false;
        for (int tries = 1; ; tries++) {
            long generation = availability.generation();
            if (availability.lasts()) {
                throw unavailable(inDoubt);
            }
            boolean[] done = {false};
            try {
                return inTransaction(session -> {
                    T result = work.apply(session);
                    done[0] = true;
                    return result;
                });
            } catch (Session.Failed e) {
                Trouble trouble = Trouble.of(e);
                inDoubt |= done[0] && trouble != Trouble.COLLISION;
                if (availability.explains(e, generation)) {
                    throw unavailable(inDoubt);
                }
                boolean inTime = System.nanoTime() - begun < PATIENCE.toNanos();
                boolean again = switch (trouble) {
                    case COLLISION -> tries < TRIES;
                    case BROKEN -> inTime && (whateverBecameOfIt || !done[0]);
                    case AWAY, ITS_OWN -> false;
                };
                if (!again && (inDoubt || trouble == Trouble.BROKEN || trouble == Trouble.AWAY)) {
                    tell(e);
                    throw unavailable(inDoubt);
                } else if (!again) {
                    throw e;
                }
            }
        }
    }

    /** Now and then: under load there are many a second. */
    private void tell(Session.Failed failure) {
        long now = System.nanoTime();
        long last = toldNanos.get();
        if (now - last >= TELL_EVERY.toNanos() && toldNanos.compareAndSet(last, now)) {
            LOG.warn("transactions are given up, the last one: {}", Trouble.words(failure));
        }
    }

    private static CallStore.Unavailable unavailable(boolean inDoubt) {
        return inDoubt ? CallStore.Unavailable.inDoubt() : CallStore.Unavailable.nothingDone();
    }
}
