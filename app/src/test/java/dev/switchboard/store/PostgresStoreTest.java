package dev.switchboard.store;

import dev.switchboard.call.CallStore;
import dev.switchboard.postgres.OnPostgres;
import dev.switchboard.postgres.Postgres;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ledger in PostgreSQL: what every ledger promises. */
@ExtendWith(OnPostgres.class)
class PostgresStoreTest implements CallStoreContract {
    private final Postgres postgres;
    private final LedgerDatabase database;

    PostgresStoreTest(Postgres postgres) throws Exception {
        this.postgres = postgres;
        this.database = opened(postgres.createDatabase());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    public CallStore store() {
        return new JdbcCallStore(database);
    }

    private LedgerDatabase opened(String url) {
        return LedgerDatabase.open(url, Optional.of(postgres.user()), Optional.of(postgres.password()));
    }
}
