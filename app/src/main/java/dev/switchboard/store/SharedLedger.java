package dev.switchboard.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.switchboard.call.Allowances;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The ledger on a PostgreSQL server, which several copies of the program can share. */
final class SharedLedger extends LedgerDatabase {
    private final Copies copies;

    private SharedLedger(HikariDataSource pool, UUID copy, Copies copies) {
        super(pool, copy, Commits.ofServer(PostgresServer.CONNECTIONS), copies);
        this.copies = copies;
    }

    static SharedLedger on(PostgresServer server, Duration patience) {
        server.knock(patience);
        Schema.migrate(server.withoutLimits(), true);
        UUID copy = UUID.randomUUID();
        return new SharedLedger(new HikariDataSource(server.pool()), copy, new Copies(server, copy));
    }

    /** The copies are told of one another by the database, and whoever falls silent is taken for gone. */
    @Override
    public void join(Clock clock) {
        copies.join(clock);
    }

    @Override
    Duration trusted() {
        return Copies.TRUSTED;
    }

    @Override
    boolean shared() {
        return true;
    }

    @Override
    public Optional<Allowances> allowances() {
        return Optional.of(new SharedAllowances(transactions()));
    }

    /** The server's own tools take copies of it. */
    @Override
    public void giveCopies() {}

    @Override
    public void close() {
        copies.close();
        super.close();
    }
}
