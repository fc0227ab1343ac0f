package dev.switchboard.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.switchboard.call.Allowances;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** The open database of the ledger, its schema up to date. */
public abstract sealed class LedgerDatabase implements AutoCloseable permits EmbeddedLedger, SharedLedger {
    private final HikariDataSource pool;
    private final UUID copy;
    private final Commits commits;
    private final Transactions transactions;

    LedgerDatabase(HikariDataSource pool, UUID copy, Commits commits, Availability availability) {
        this.pool = pool;
        this.copy = copy;
        this.commits = commits;
        this.transactions = new Transactions(pool, availability);
    }

    /** Opens it without waiting for a server that isn't up. */
    public static LedgerDatabase open(String url, Optional<String> user, Optional<String> password) {
        return open(url, user, password, Duration.ZERO);
    }

    /**
     * Opens the database, makes it if it isn't there and is H2's, and migrates its schema.
     *
     * @param url a JDBC URL of H2 or PostgreSQL
     * @param patience how long to wait for a PostgreSQL server that isn't up yet
     * @throws DatabaseRefused if it can't be used, with the reason in words
     */
    public static LedgerDatabase open(String url, Optional<String> user, Optional<String> password, Duration patience) {
        return PostgresServer.isMeant(url)
                ? SharedLedger.on(new PostgresServer(url, user, password), patience)
                : EmbeddedLedger.at(url, user, password);
    }

    /**
     * Reads all rows of a ledger in a file of H2, and changes nothing: what is damaged deep within shows only there. Does
     * nothing where there is no such file.
     *
     * @throws DatabaseRefused if the file can't be opened, or not be read to its end
     */
    public static void readThrough(String url, Optional<String> user, Optional<String> password) {
        LedgerFile.of(url).ifPresent(file -> EmbeddedLedger.readThrough(file, url, user, password));
    }

    /**
     * The number of the schema of a ledger that an older version left; it is not brought up to date. Empty where there is
     * no such ledger, and where it can't be opened: {@link #open} says why not.
     */
    public static Optional<Integer> olderSchema(String url, Optional<String> user, Optional<String> password) {
        try (Connection connection = PostgresServer.isMeant(url)
                ? new PostgresServer(url, user, password).connect()
                : EmbeddedLedger.look(url, user, password)) {
            return Schema.older(connection);
        } catch (SQLException | DatabaseRefused e) {
            return Optional.empty();
        }
    }

    /**
     * Takes up work on it, and frees what a process that is gone had under way.
     *
     * @param machine the clock of this machine
     */
    public abstract void join(Clock machine);

    /**
     * The clock by which things are put down in it, for all who do.
     *
     * @param machine the clock of this machine
     */
    public abstract Clock clock(Clock machine);

    /** Its file, if that was not there before. */
    public abstract Optional<Path> newFile();

    /** What Slack grants all copies together; empty where there can't be others. */
    public abstract Optional<Allowances> allowances();

    /**
     * Lets the command {@code backup} take copies from now on. Where that can't be, as for a ledger in memory, the bot
     * runs without.
     */
    public abstract void giveCopies();

    /** See {@link dev.switchboard.call.CallStore#trusted}. */
    abstract Duration trusted();

    /** Whether other copies may be at work on it. */
    abstract boolean shared();

    public DataSource dataSource() {
        return pool;
    }

    /** Whether the ledger can be used at the moment: false while its disk is full, say. */
    public boolean available() {
        return transactions.available();
    }

    /** How transactions on it get through. */
    Commits commits() {
        return commits;
    }

    Transactions transactions() {
        return transactions;
    }

    /** Which copy of the program this is. */
    UUID copy() {
        return copy;
    }

    @Override
    public void close() {
        pool.close();
    }
}
