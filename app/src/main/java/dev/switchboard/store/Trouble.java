package dev.switchboard.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Why a transaction failed, as far as it matters for what to do next; by SQL states of H2 and PostgreSQL. */
enum Trouble {
    /** Another transaction got there first: run it again. */
    COLLISION,
    /** The connection broke: run it again on another one. */
    BROKEN,
    /** The database can't be reached, or is too busy to answer in time. */
    AWAY,
    /** Its own fault. */
    ITS_OWN;

    /** What the first SQL state among all that was thrown because of one another says. */
    static Trouble of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return AWAY; // the pool has no connection to give
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return of(sql.getSQLState(), String.valueOf(sql.getMessage()));
            }
        }
        return ITS_OWN;
    }

    /** The failure for the log, without what the database quotes. */
    static String words(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException && cause.getCause() == null) {
                return "no connection was free in time";
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return words(sql.getSQLState());
            }
        }
        return failure.getClass().getSimpleName();
    }

    private static String words(String state) {
        return switch (state) {
            case "25006" -> "the server can't be written to (SQL state 25006)";
            case "53100" -> "the server has no space left on its disk (SQL state 53100)";
            case "53200" -> "the server is out of memory (SQL state 53200)";
            case "53300" -> "the server has no connection left for us (SQL state 53300)";
            case "55P03", "57014" -> "something else holds locks for long (SQL state " + state + ")";
            default -> "SQL state " + state;
        };
    }

    private static Trouble of(String state, String message) {
        return switch (state) {
            // A lock (H2), a row that was changed (H2).
            case "HYT00", "90131" -> COLLISION;
            // While another version adds a column; the driver prepares its statements anew.
            case "0A000" -> message.contains("cached plan") ? COLLISION : ITS_OWN;
            // A connection to a database that H2 has closed, and opened again since.
            case "90007", "90067", "90098", "90121" -> BROKEN;
            // The server stops or was killed; the session was idle in a transaction for too long.
            case "57P01", "57P02", "25P03" -> BROKEN;
            // It starts; a lock or a statement took too long; it has become a replica; it is full or has no memory.
            case "57P03", "55P03", "57014", "25006", "53100", "53200", "53300" -> AWAY;
            default -> byClass(state);
        };
    }

    private static Trouble byClass(String state) {
        // A row that has to be unique (23), a deadlock (40).
        return state.startsWith("23") || state.startsWith("40") ? COLLISION : state.startsWith("08") ? BROKEN : ITS_OWN;
    }
}
