package dev.switchboard.store;

import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * H2's store after a write has failed. A commit that fails counts itself out twice (H2 2.5.252,
 * {@code Transaction.closeIt}), so the count of those who use the store's version falls below zero; whoever begins a
 * statement then waits in a loop without end for the next version ({@code MVStore.registerVersionUsage}), and a closed
 * store has none. A test drives many threads into it.
 */
final class ClosedStore {
    private static final Logger LOG = LoggerFactory.getLogger(ClosedStore.class);
    private static final int MORE_THAN_ARE_MISSING = 1 << 20;

    private ClosedStore() {}

    /** Whether the store has closed itself, or is about to. */
    static boolean broken(MVStore store) {
        return store.getPanicException() != null || store.isClosed();
    }

    /** Lets those go who wait: they learn that the store is closed. */
    static void releaseIfBroken(Connection connection) {
        try {
            MVStore store = EmbeddedLedger.store(connection);
            if (broken(store)) {
                release(store);
            }
        } catch (SQLException e) {
            LOG.debug("nobody can wait on a connection that is closed");
        }
    }

    private static void release(MVStore store) {
        try {
            Field current = MVStore.class.getDeclaredField("currentTxCounter");
            current.setAccessible(true);
            Object users = current.get(store);
            Field count = MVStore.TxCounter.class.getDeclaredField("counter");
            count.setAccessible(true);
            count.setInt(users, MORE_THAN_ARE_MISSING);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.warn("H2 has changed, a thread may hang after a write has failed: {}", e.toString());
        }
    }
}
