package dev.switchboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However many Calls have ended, H2 reads a few rows for each statement of the ledger; PostgreSQL: another test. */
class PlansTest {
    /** Of the ten Calls asked for at most, what hangs on them, each row looked at once or twice. */
    private static final int FEW = 60;

    private static final Pattern SCANNED = Pattern.compile("scanCount: ([0-9]+)");

    private static LedgerDatabase database;
    private static Connection connection;

    @BeforeAll
    static void a_ledger_with_a_past() throws SQLException {
        database = LedgerDatabase.open("jdbc:h2:mem:" + UUID.randomUUID(), Optional.empty(), Optional.empty());
        connection = database.dataSource().getConnection();
        LongPast.write(new Session(connection), false);
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
        String plan = analyzed(statement.sql(), Map.of());
        assertThat(scanned(plan)).as(plan).isLessThanOrEqualTo(mostScanned(statement));
    }

    /** A history is read as far back as is told, from the table and from what was found there, with some people. */
    private static int mostScanned(Statements.Named statement) {
        return statement.sql().equals(Sql.ENDED_VISIBLE) ? 3 * Statements.LOOKED_AT : FEW;
    }

    static Stream<Arguments> whatIsDue() {
        return Stream.of(
                Arguments.of(Sql.DUE, "now"),
                Arguments.of(Sql.ANY_LOOK_DUE, "now"),
                Arguments.of(Sql.DUE_LOOKS, "by"),
                Arguments.of(Sql.OLD_CALLS, "before"),
                Arguments.of(Sql.FORGET_DELIVERIES, "before"));
    }

    @ParameterizedTest
    @MethodSource("whatIsDue")
    void finds_out_without_reading_that_nothing_is_due_yet(String sql, String moment) {
        assertThat(scanned(analyzed(sql, Map.of(moment, 0L)))).isLessThanOrEqualTo(3);
    }

    static Stream<Arguments> indexes() {
        return Stream.of(
                Arguments.of(Sql.ADD_DELIVERY, "DELIVERY_KEY = "),
                Arguments.of(Sql.CALL_FOR_UPDATE, "PRIMARY_KEY"),
                Arguments.of(Sql.BY_SLACK_ID, "CALLS_SLACK"),
                Arguments.of(Sql.LIVE_IN_ROOM, "CALLS_LIVE"),
                Arguments.of(Sql.LAST_IN_ROOM, "CALLS_ROOM"),
                Arguments.of(Sql.LIVE_IN_CHANNEL, "CALLS_LIVE"),
                Arguments.of(Sql.SHARED_IN_CHANNEL, "CALLS_LIVE"),
                Arguments.of(Sql.LIVE_VISIBLE, "CALLS_LIVE"),
                Arguments.of(Sql.ENDED_VISIBLE, "CALLS_ENDED"),
                Arguments.of(Sql.OPEN_ANNOUNCEMENTS, "CONSTRAINT_"),
                Arguments.of(Sql.RESPONSE_URLS, "RESPONSE_URLS_CALL"),
                Arguments.of(Sql.DUE, "CALLS_DUE"),
                Arguments.of(Sql.FORGET_DELIVERIES, "DELIVERIES_SEEN"),
                Arguments.of(Sql.OLD_CALLS, "CALLS_OLD"),
                Arguments.of(Sql.WRITE_BACK, "PRIMARY_KEY"),
                Arguments.of(Sql.RELEASE, "CALLS_DUE"),
                Arguments.of(Sql.DUE_LOOKS, "WATCHES_DUE"),
                Arguments.of(Sql.ANY_LOOK_DUE, "WATCHES_DUE"),
                Arguments.of(Sql.RELEASE_LOOKS, "WATCHES_DUE"),
                Arguments.of(Sql.LOOK_AT_ALL, "WATCHES_DUE"));
    }

    @ParameterizedTest
    @MethodSource("indexes")
    void finds_its_rows_by_the_index_made_for_it(String sql, String index) {
        assertThat(plan(sql)).contains(index).doesNotContain("tableScan");
    }

    @Test
    void a_history_is_not_sorted_but_read_in_order() {
        assertThat(plan(Sql.ENDED_VISIBLE)).contains("index sorted");
        assertThat(plan(Sql.LAST_IN_ROOM)).contains("index sorted");
    }

    @Test
    void forgetting_begins_with_the_oldest_and_sorts_nothing() {
        assertThat(plan(Sql.OLD_CALLS)).contains("index sorted");
        assertThat(plan(Sql.FORGET_DELIVERIES)).contains("index sorted");
    }

    private static String plan(String sql) {
        return Statements.plan(new Session(connection), "explain", sql, Map.of());
    }

    /** Executed, and rolled back. */
    private static String analyzed(String sql, Map<String, ?> values) {
        try {
            connection.setAutoCommit(false);
            String plan = Statements.plan(new Session(connection), "explain analyze", sql, values);
            connection.rollback();
            connection.setAutoCommit(true);
            return plan;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long scanned(String plan) {
        return SCANNED.matcher(plan)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
    }
}
