package dev.switchboard.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.switchboard.call.Allowances;
import dev.switchboard.call.RequestTimes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** The ledger on a PostgreSQL server, which several copies of the program can share. */
final class SharedLedger extends LedgerDatabase {
    private final ServerTime time;
    private final Copies copies;

    private SharedLedger(HikariDataSource pool, UUID copy, ServerTime time, Copies copies) {
        super(pool, copy, Commits.ofServer(PostgresServer.CONNECTIONS), copies);
        this.time = time;
        this.copies = copies;
    }

    static SharedLedger on(PostgresServer server, Duration patience) {
        ServerTime time = PostgresServer.patiently(patience, () -> {
            ServerTime known = new ServerTime(server.knock(), System::nanoTime);
            Schema.migrate(server.withoutLimits(), true);
            return known;
        });
        UUID copy = UUID.randomUUID();
        HikariDataSource pool = new HikariDataSource(server.pool());
        Copies copies =
                new Copies(server, copy, time, () -> pool.getHikariPoolMXBean().softEvictConnections());
        return new SharedLedger(pool, copy, time, copies);
    }

    /** The copies are told of one another by the database, and whoever falls silent is taken for gone. */
    @Override
    public void join(Clock machine) {
        copies.join(machine);
    }

    /** The server's, which is the same for all copies. */
    @Override
    public Clock clock(Clock machine) {
        return time.withZone(ZoneOffset.UTC);
    }

    @Override
    Duration trusted() {
        return RequestTimes.TRUSTED_AMONG_COPIES;
    }

    @Override
    boolean shared() {
        return true;
    }

    @Override
    public Optional<Path> newFile() {
        return Optional.empty();
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
