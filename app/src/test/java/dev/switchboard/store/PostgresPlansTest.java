package dev.switchboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.postgres.OnPostgres;
import dev.switchboard.postgres.Postgres;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However many Calls have ended, PostgreSQL reads a few rows for each statement of the ledger, as H2 does. */
@ExtendWith(OnPostgres.class)
class PostgresPlansTest {
    private static final int FEW = 200;

    private static final Pattern ROWS = Pattern.compile("actual rows=([0-9]+) loops=([0-9]+)");
    private static final Pattern REMOVED = Pattern.compile("Rows Removed by [A-Za-z ]+: ([0-9]+)");

    /** Of the tables that grow with the past; never executed is no excuse, it would be with other values. */
    private static final Pattern READS_ALL =
            Pattern.compile("Seq Scan on (calls|watches|participants|announcements|deliveries)\\b");

    private static LedgerDatabase database;
    private static Jdbi jdbi;

    @BeforeAll
    static void a_ledger_with_a_past(Postgres postgres) throws Exception {
        String url = postgres.createDatabase();
        Optional<String> user = Optional.of(postgres.user());
        Optional<String> password = Optional.of(postgres.password());
        database = LedgerDatabase.open(url, user, password);
        jdbi = Jdbi.create(new PostgresServer(url, user, password).withoutLimits());
        jdbi.useHandle(handle -> LongPast.write(handle, true));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static List<Statements.Named> everyStatement() {
        return Statements.all();
    }

    @ParameterizedTest
    @MethodSource("everyStatement")
    void reads_few_rows(Statements.Named statement) {
        String plan = plan(statement.sql(), Map.of());
        assertThat(plan).doesNotContainPattern(READS_ALL);
        assertThat(read(plan)).as(plan).isLessThanOrEqualTo(FEW);
    }

    @Test
    void a_workspace_with_few_Calls_has_its_history_as_soon() {
        String plan = plan(Sql.ENDED_VISIBLE, Map.of("team", "T2"));
        assertThat(read(plan)).as(plan).isLessThanOrEqualTo(FEW);
    }

    @Test
    void a_room_that_was_never_used_is_found_out_at_once() {
        String plan = plan(Sql.LAST_IN_ROOM, Map.of("room", "nowhere"));
        assertThat(read(plan)).as(plan).isLessThanOrEqualTo(3);
    }

    /** Executed, and rolled back. */
    private static String plan(String sql, Map<String, ?> values) {
        return jdbi.inTransaction(handle -> {
            String plan = Statements.plan(handle, "explain (analyze, timing off)", sql, values);
            handle.rollback();
            return plan;
        });
    }

    private static long read(String plan) {
        long rows = ROWS.matcher(plan)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)) * Long.parseLong(match.group(2)))
                .sum();
        long removed = REMOVED.matcher(plan)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
        return rows + removed;
    }
}
