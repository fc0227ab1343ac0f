package dev.switchboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However many Calls have ended, what a command or the mirror asks of the ledger is found by an index. */
class PlansTest {
    private static final int ENDED = 20_000;
    private static LedgerDatabase database;
    private static Jdbi jdbi;

    @BeforeAll
    static void a_ledger_with_a_past() {
        database = LedgerDatabase.open("jdbc:h2:mem:" + UUID.randomUUID(), Optional.empty(), Optional.empty());
        jdbi = Jdbi.create(database.dataSource());
        jdbi.useHandle(handle -> {
            handle.execute("""
                    insert into calls (id, team_id, channel_id, creator_id, room_key, join_url, display_id, visibility,
                      started_at, ended_at, duration_ms, slack_id, slack_ended, revision, mirrored_revision, changed_at,
                      lease_token)
                    select random_uuid(), 'T1', 'C' || mod(x, 50), 'U1', 'room' || x, 'https://m/' || x, '1', 'PUBLIC',
                      x, x + 1, 1, 'R' || x, true, 1, 1, x, 1 from system_range(1, ?)""", ENDED);
            handle.execute("""
                    insert into watches (call_id, touched_at, changed_at, peak, vacated)
                    select id, 1, 1, 0, false from calls""");
            handle.execute("""
                    insert into participants (call_id, person_key, slack_id, standing, since, told)
                    select id, 'slack:U2', 'U2', 'INVITED', 1, true from calls""");
            handle.execute("""
                    insert into announcements (id, call_id, kind, route, state, created_at, channel_id)
                    select random_uuid(), id, 'CARD', 'MESSAGE', 'DELIVERED', 1, channel_id from calls""");
            handle.execute("""
                    insert into deliveries (delivery_key, seen_at) select 'command ' || x, x from system_range(1, ?)""", ENDED);
            handle.execute("analyze");
        });
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static Stream<Arguments> hotStatements() {
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
                Arguments.of(Sql.PARTICIPANTS, "CALL_ID = "),
                Arguments.of(Sql.OPEN_ANNOUNCEMENTS, "ANNOUNCEMENTS_CALL"),
                Arguments.of(Sql.UNFURL, "CALL_ID = "),
                Arguments.of(Sql.RESPONSE_URLS, "RESPONSE_URLS_CALL"),
                Arguments.of(Sql.DUE, "CALLS_DUE"),
                Arguments.of(Sql.FORGET_DELIVERIES, "DELIVERIES_SEEN"),
                Arguments.of(Sql.OLD_CALLS, "CALLS_OLD"),
                Arguments.of(Sql.CLAIM, "PRIMARY_KEY"),
                Arguments.of(Sql.WRITE_BACK, "PRIMARY_KEY"),
                Arguments.of(Sql.EXTEND, "PRIMARY_KEY"),
                Arguments.of(Sql.OUT_OF_STEP, "PRIMARY_KEY"),
                Arguments.of(Sql.RELEASE, "CALLS_DUE"),
                Arguments.of(Sql.WATCH, "PRIMARY_KEY"),
                Arguments.of(Sql.TOUCH, "PRIMARY_KEY"),
                Arguments.of(Sql.HOLDS, "PRIMARY_KEY"),
                Arguments.of(Sql.CARD, "ANNOUNCEMENTS_CALL"),
                Arguments.of(Sql.RECORDING, "ANNOUNCEMENTS_CALL"),
                Arguments.of(Sql.OWED_QUESTION, "ANNOUNCEMENTS_CALL"),
                Arguments.of(Sql.DUE_LOOKS, "WATCHES_DUE"),
                Arguments.of(Sql.ANY_LOOK_DUE, "WATCHES_DUE"),
                Arguments.of(Sql.RELEASE_LOOKS, "WATCHES_DUE"),
                Arguments.of(Sql.LOOK_AT_ALL, "WATCHES_DUE"));
    }

    @ParameterizedTest
    @MethodSource("hotStatements")
    void finds_its_rows_by_an_index(String sql, String index) {
        String plan = plan(sql);
        assertThat(plan).contains(index).doesNotContain("tableScan");
    }

    @Test
    void a_history_is_not_sorted_but_read_in_order() {
        assertThat(plan(Sql.ENDED_VISIBLE)).contains("index sorted");
        assertThat(plan(Sql.LAST_IN_ROOM)).contains("index sorted");
    }

    @Test
    void forgetting_begins_with_the_oldest_and_sorts_nothing() {
        assertThat(plan(Sql.OLD_CALLS)).contains("index sorted");
    }

    private static String plan(String sql) {
        return jdbi.withHandle(handle -> bound(handle.createQuery("explain " + sql), sql)
                .mapTo(String.class)
                .one());
    }

    private static <T extends SqlStatement<T>> T bound(T statement, String sql) {
        if (sql.equals(Sql.WRITE_BACK)) {
            statement.bindMap(Columns.of(Samples.call("C1", "r")));
        }
        Map<String, Object> values = Map.ofEntries(
                Map.entry("key", "k"),
                Map.entry("id", UUID.randomUUID()),
                Map.entry("call", UUID.randomUUID()),
                Map.entry("slackId", "R1"),
                Map.entry("team", "T1"),
                Map.entry("room", "r"),
                Map.entry("channel", "C1"),
                Map.entry("user", "U1"),
                Map.entry("most", 10),
                Map.entry("lookedAt", 500),
                Map.entry("ts", "1"),
                Map.entry("link", "l"),
                Map.entry("copy", UUID.randomUUID()),
                Map.entry("now", 1L),
                Map.entry("by", 1L),
                Map.entry("seenBy", 1L),
                Map.entry("until", 1L),
                Map.entry("token", 1L),
                Map.entry("revision", 1L),
                Map.entry("due", 1L),
                Map.entry("before", 1L));
        values.forEach((name, value) -> {
            if (sql.contains(":" + name)) {
                statement.bind(name, value);
            }
        });
        return statement;
    }
}
