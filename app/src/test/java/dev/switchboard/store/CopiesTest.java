package dev.switchboard.store;

import static dev.switchboard.store.CallStoreContract.LATER;
import static dev.switchboard.store.CallStoreContract.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.switchboard.call.Allowances;
import dev.switchboard.call.Allowances.Place;
import dev.switchboard.call.Allowances.Window;
import dev.switchboard.call.Call;
import dev.switchboard.call.CallStore;
import dev.switchboard.call.CallStore.Claim;
import dev.switchboard.call.Snapshot;
import dev.switchboard.postgres.CommitCutter;
import dev.switchboard.postgres.OnPostgres;
import dev.switchboard.postgres.Postgres;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Copies that share a database: what one leaves the others take up, and what Slack grants is counted once. */
@ExtendWith(OnPostgres.class)
class CopiesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Postgres postgres;
    private final String url;
    private final LedgerDatabase one;
    private final LedgerDatabase other;

    CopiesTest(Postgres postgres) throws Exception {
        this.postgres = postgres;
        this.url = postgres.createDatabase();
        this.one = open();
        this.other = open();
    }

    private LedgerDatabase open() {
        return LedgerDatabase.open(url, Optional.of(postgres.user()), Optional.of(postgres.password()));
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    private Claim claimed(LedgerDatabase by) {
        JdbcCallStore store = new JdbcCallStore(by);
        Call call = owed(store, "C1", "room");
        store.claimLooks(NOW, NOW, LATER, 10);
        return store.claim(call.id(), NOW, LATER).orElseThrow();
    }

    /** A Call that Slack is owed something about. */
    private static Call owed(JdbcCallStore store, String channel, String room) {
        Call call = Samples.call(channel, room);
        return store.change(ledger -> {
            ledger.open(call, false, NOW);
            ledger.outOfStep(call.id(), NOW);
            return call;
        });
    }

    private static Optional<Snapshot> goOn(JdbcCallStore store, Claim claim) {
        return store.goOn(claim, UnaryOperator.identity(), NOW, LATER);
    }

    @Test
    void one_that_leaves_frees_what_it_had_and_its_own_word_counts_no_more() {
        one.join(Clock.systemUTC());
        other.join(Clock.systemUTC());
        Claim left = claimed(one);
        JdbcCallStore store = new JdbcCallStore(other);
        assertThat(store.due(NOW, 10)).isEmpty();
        one.close();

        assertThat(store.due(NOW, 10)).containsExactly(left.lease().call());
        assertThat(store.claimLooks(NOW, NOW, LATER, 10)).hasSize(1);
        assertThat(goOn(store, left)).isEmpty();
    }

    @Test
    void one_that_falls_silent_is_taken_for_gone_and_others_are_not() throws Exception {
        Claim kept = claimed(other);
        other.join(Clock.systemUTC());
        try (Connection connection = postgres.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("insert into copies (id, seen_at) values ('" + one.copy() + "', 0)");
        }
        JdbcCallStore store = new JdbcCallStore(one);
        Call call = owed(store, "C2", "another-room");
        Claim lost = store.claim(call.id(), NOW, LATER).orElseThrow();

        await().atMost(PATIENCE)
                .until(() -> store.due(NOW, 10).equals(List.of(lost.lease().call())));
        assertThat(goOn(store, lost)).isEmpty();
        assertThat(goOn(store, kept)).isPresent();
    }

    /** A session of an admin's, say, or of a copy whose machine is gone without a word. */
    @Test
    void what_a_silent_one_had_is_free_but_for_what_somebody_holds_locked() throws Exception {
        Claim locked = claimed(one);
        JdbcCallStore store = new JdbcCallStore(one);
        Call call = owed(store, "C2", "another-room");
        assertThat(store.claim(call.id(), NOW, LATER)).isPresent();
        try (Connection connection = postgres.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("insert into copies (id, seen_at) values ('" + one.copy() + "', 0)");
            connection.setAutoCommit(false);
            statement.execute(
                    "select id from calls where id = '" + locked.lease().call().value() + "' for update");
            other.join(Clock.systemUTC());
            await().atMost(PATIENCE).until(() -> store.due(NOW, 10).equals(List.of(call.id())));
            assertThat(other.available()).isTrue();
            connection.rollback();
        }
        await().atMost(PATIENCE).until(() -> store.due(NOW, 10).size() == 2);
    }

    /** A replica, for a moment: what was connected meanwhile is good for reading only, for as long as it is kept. */
    @Test
    void after_a_server_that_could_not_be_written_to_all_goes_on() throws Exception {
        JdbcCallStore store = new JdbcCallStore(one); // which nobody tells that the server is back
        String name = url.substring(url.lastIndexOf('/') + 1);
        postgres.execute("alter database " + name + " set default_transaction_read_only = on");
        postgres.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
        assertThat(writes(store)).isFalse();
        postgres.execute("alter database " + name + " reset default_transaction_read_only");

        await().atMost(PATIENCE).until(() -> writes(store));
    }

    private static boolean writes(JdbcCallStore store) {
        try {
            return store.change(ledger -> ledger.firstSight(UUID.randomUUID().toString(), NOW));
        } catch (CallStore.Unavailable e) {
            return false;
        }
    }

    /** Run again it would find what it had taken itself, and take it for somebody else's. */
    @Test
    void whether_something_was_taken_is_in_doubt_where_the_answer_to_the_commit_is_lost() throws Exception {
        Claim before = claimed(one);
        new JdbcCallStore(one).letGo(List.of(before.lease().call()), NOW);
        new JdbcCallStore(one).letGoOfLooks(NOW);
        try (CommitCutter cutter = new CommitCutter(url);
                LedgerDatabase cut = LedgerDatabase.open(
                        cutter.url(), Optional.of(postgres.user()), Optional.of(postgres.password()))) {
            JdbcCallStore store = new JdbcCallStore(cut);
            cutter.cut(1);
            assertThatThrownBy(() -> store.claim(before.lease().call(), NOW, LATER))
                    .isInstanceOf(CallStore.Unavailable.class);
            cutter.cut(1);
            assertThatThrownBy(() -> store.claimLooks(NOW, NOW, LATER, 10)).isInstanceOf(CallStore.Unavailable.class);
            assertThat(store.due(NOW, 10)).isEmpty();
            store.letGo(List.of(before.lease().call()), NOW);
            store.letGoOfLooks(NOW);

            assertThat(store.claim(before.lease().call(), NOW, LATER)).isPresent();
            assertThat(store.claimLooks(NOW, NOW, LATER, 10)).hasSize(1);
        }
    }

    @Test
    void places_are_counted_for_all_and_free_again_a_window_after_the_reply() {
        Allowances mine = one.allowances().orElseThrow();
        Allowances theirs = other.allowances().orElseThrow();
        List<Window> two = List.of(new Window("T1 calls.add", 2, MINUTE));
        List<Place> first = mine.take(two, NOW).places().orElseThrow();
        List<Place> second = theirs.take(two, NOW).places().orElseThrow();
        assertThat(mine.take(two, NOW).places()).isEmpty();
        mine.giveBack(first, NOW);
        theirs.giveBack(second, NOW.plusSeconds(5));

        assertThat(theirs.take(two, NOW.plusSeconds(5)).notBefore()).contains(NOW.plus(MINUTE));
        assertThat(theirs.take(two, NOW.plus(MINUTE)).places()).isPresent();
        assertThat(theirs.take(two, NOW.plus(MINUTE)).notBefore())
                .contains(NOW.plus(MINUTE).plusSeconds(5));
    }

    @Test
    void a_place_that_is_not_to_be_had_in_one_window_takes_none_in_the_other() {
        Allowances mine = one.allowances().orElseThrow();
        Window method = new Window("T1 chat.postMessage", 2, MINUTE);
        Window channel = new Window("T1 chat.postMessage C1", 1, Duration.ofSeconds(1));
        assertThat(mine.take(List.of(method, channel), NOW).places()).isPresent();
        assertThat(mine.take(List.of(method, channel), NOW).places()).isEmpty();
        assertThat(mine.take(List.of(method), NOW).places()).isPresent();
    }

    @Test
    void places_of_one_that_died_come_free_by_themselves() {
        List<Window> single = List.of(new Window("T1 calls.end", 1, MINUTE));
        one.allowances().orElseThrow().take(single, NOW);
        Allowances theirs = other.allowances().orElseThrow();
        assertThat(theirs.take(single, NOW.plus(MINUTE)).places()).isEmpty();
        assertThat(theirs.take(single, NOW.plus(MINUTE).plusSeconds(30)).places())
                .isPresent();
    }

    @Test
    void what_slack_said_to_one_binds_all() {
        List<Window> any = List.of(new Window("T1 calls.add", 50, MINUTE));
        one.allowances().orElseThrow().block("T1 calls.add", LATER);
        one.allowances().orElseThrow().block("T1 calls.add", NOW);
        assertThat(other.allowances().orElseThrow().take(any, NOW).notBefore()).contains(LATER);
        assertThat(other.allowances().orElseThrow().take(any, LATER).places()).isPresent();
    }
}
