package dev.switchboard.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;

/**
 * A connection to the ledger's database, in the words of the ledger: named parameters, rows to records, failures that
 * needn't be declared. Written for this, since JDBC libraries cost more than they do for us: a fifth of a command's CPU
 * time, a quarter of the start.
 */
final class Session {
    private final Connection connection;
    private final Function<String, NamedSql> reader;

    Session(Connection connection) {
        this(connection, NamedSql::of);
    }

    /** @param reader of statements, which may remember what it has read */
    Session(Connection connection, Function<String, NamedSql> reader) {
        this.connection = connection;
        this.reader = reader;
    }

    /** The session's database failed at something, or couldn't be reached; the cause says how. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(SQLException cause) {
            super(Trouble.words(cause), cause); // the database's own message quotes what people wrote
        }
    }

    /** A statement whose parameters are written {@code :name}, and lists of them {@code <name>}. */
    SqlStatement sql(String sql) {
        return new SqlStatement(connection, reader, sql);
    }

    /** Runs a statement as it is. */
    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    /**
     * Runs work in a transaction, which is rolled back if the work fails.
     *
     * @throws Failed if the database does
     */
    <T> T inTransaction(Function<Session, T> work) {
        try {
            connection.setAutoCommit(false);
            T result = committed(work);
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    private <T> T committed(Function<Session, T> work) throws SQLException {
        try {
            T result = work.apply(this);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            abandon(e);
            throw e;
        }
    }

    private void abandon(Throwable because) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }
}
