package dev.switchboard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.switchboard.FailingDisk;
import dev.switchboard.call.Call;
import dev.switchboard.call.CallId;
import dev.switchboard.call.CallStore;
import dev.switchboard.call.CallStore.Claim;
import dev.switchboard.call.CallStore.Look;
import dev.switchboard.call.UserId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full under a running bot: nothing is lost, nothing half done, and it goes on by itself. */
@Timeout(120)
class FullDiskTest {
    private static final Instant NOW = CallStoreContract.NOW;
    private static final Instant LATER = NOW.plusSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private EmbeddedLedger database;
    private JdbcCallStore store;

    @BeforeEach
    void open() {
        FilePath.register(new FailingDisk());
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        database = EmbeddedLedger.at(
                "jdbc:h2:" + FailingDisk.SCHEME + ":" + folder.resolve("ledger"), Optional.empty(), Optional.empty());
        store = new JdbcCallStore(database);
    }

    @AfterEach
    void close() {
        FailingDisk.full(false);
        FailingDisk.unreadable(false);
        System.setErr(stderr);
        database.close();
        // FileHeader, Upkeep and ClosedStore reach into H2; an upgrade may have moved what they look for.
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("H2 has changed");
    }

    private CallId start(String room) {
        Call call = Samples.call("C1", room);
        store.change(ledger -> {
            ledger.open(call, false, NOW);
            ledger.save(Samples.invited(call.id(), new UserId("U_BO")));
            ledger.outOfStep(call.id(), NOW);
            return null;
        });
        return call.id();
    }

    private Optional<CallId> inRoom(String room) {
        return store.<Optional<CallId>>change(ledger ->
                ledger.liveInRoom(Samples.call("C1", room).team(), room).map(Call::id));
    }

    private boolean whole(CallId call) {
        return "call, watch, 1".equals(partsOf(call));
    }

    private String partsOf(CallId call) {
        return store.<String>change(ledger -> (ledger.call(call).isPresent() ? "call, " : "")
                + (ledger.watch(call).isPresent() ? "watch, " : "")
                + ledger.participants(call).size());
    }

    private List<String> lines(String about) {
        return log.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(about))
                .toList();
    }

    @Test
    void what_cannot_be_written_is_refused_and_what_was_written_is_there_when_there_is_room_again() {
        List<CallId> before = List.of(start("one"), start("two"));
        FailingDisk.full(true);
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> start("three")).isInstanceOf(CallStore.Unavailable.class);
        }
        assertThat(database.available()).isFalse();
        assertThatThrownBy(() -> store.due(NOW, 1)).isInstanceOf(CallStore.Unavailable.class);

        FailingDisk.full(false);
        await().atMost(PATIENCE).until(database::available);
        assertThat(store.due(NOW, 10)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(before).allMatch(this::whole);
        assertThat(whole(start("three"))).isTrue();
    }

    @Test
    void the_log_has_a_line_when_it_begins_and_one_when_it_ends() {
        start("one");
        FailingDisk.full(true);
        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> start("two")).isInstanceOf(CallStore.Unavailable.class);
            assertThatThrownBy(() -> store.claimLooks(NOW, NOW, NOW, 10)).isInstanceOf(CallStore.Unavailable.class);
        }
        int tried = FailingDisk.triedInVain();
        await().atMost(PATIENCE).until(() -> FailingDisk.triedInVain() >= tried + 2);
        FailingDisk.full(false);
        await().atMost(PATIENCE).until(database::available);

        assertThat(lines("No space left on device")).hasSize(1);
        assertThat(lines(" INFO the ledger can be written to again")).hasSize(1);
        assertThat(log.toString(StandardCharsets.UTF_8).lines().filter(line -> !line.contains(" INFO ")))
                .as("nothing else")
                .hasSize(1);
    }

    @Test
    void what_was_given_back_in_memory_only_is_due_at_once_when_there_is_room_again() {
        CallId call = start("one");
        Claim claim = store.claim(call, NOW, LATER).orElseThrow();
        store.giveBack(claim, UnaryOperator.identity(), NOW, LATER, Optional.empty());
        Look look = store.claimLooks(NOW, NOW, LATER, 10).get(0);
        fillUpAndEmpty();

        assertThat(store.due(NOW, 10)).containsExactly(call);
        assertThat(store.claim(call, NOW, LATER)).isPresent();
        assertThat(store.claimLooks(NOW, NOW, LATER, 10)).extracting(Look::call).containsExactly(look.call());
    }

    @Test
    void whoever_was_at_work_while_the_disk_was_full_can_still_write_what_came_of_it_unless_another_took_over() {
        CallId call = start("one");
        Claim claim = store.claim(call, NOW, LATER).orElseThrow();
        fillUpAndEmpty();
        assertThat(store.goOn(claim, UnaryOperator.identity(), NOW, LATER)).isPresent();

        fillUpAndEmpty();
        assertThat(store.claim(call, NOW, LATER)).isPresent();
        assertThat(store.goOn(claim, UnaryOperator.identity(), NOW, LATER)).isEmpty();
    }

    @Test
    void a_database_that_is_shut_down_under_the_bot_is_opened_again() {
        CallId call = start("one");
        shutDown();
        assertThatThrownBy(() -> start("refused")).isInstanceOf(CallStore.Unavailable.class);
        await().atMost(PATIENCE).until(database::available);
        assertThat(whole(call)).isTrue();
        assertThat(whole(start("two"))).isTrue();
    }

    @Test
    void one_that_was_shut_down_under_the_bot_does_not_keep_it_from_ending() {
        shutDown();
        assertThatCode(database::close).doesNotThrowAnyException();
    }

    @Test
    void a_bot_that_is_started_on_a_full_disk_is_there_refuses_and_takes_up_work_once_there_is_room() {
        CallId call = start("one");
        assertThat(store.claim(call, NOW, LATER)).isPresent();
        database.close();
        FailingDisk.full(true);
        open();
        database.join(Clock.fixed(NOW, ZoneOffset.UTC));
        assertThatThrownBy(() -> start("refused")).isInstanceOf(CallStore.Unavailable.class);
        FailingDisk.full(false);
        await().atMost(PATIENCE).until(database::available);
        assertThat(store.due(NOW, 10)).containsExactly(call);
        assertThat(whole(start("two"))).isTrue();
    }

    private void shutDown() {
        assertThatThrownBy(() -> {
                    try (Connection connection = database.dataSource().getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.execute("shutdown immediately");
                    }
                })
                .as("giving back a connection that is dead")
                .isInstanceOf(SQLException.class);
    }

    private void fillUpAndEmpty() {
        FailingDisk.full(true);
        assertThatThrownBy(() -> start("refused")).isInstanceOf(CallStore.Unavailable.class);
        FailingDisk.full(false);
        await().atMost(PATIENCE).until(database::available);
    }

    @Test
    void of_many_at_work_each_is_either_told_no_or_finds_its_work_whole() throws Exception {
        Queue<CallId> done = new ConcurrentLinkedQueue<>();
        Queue<String> refused = new ConcurrentLinkedQueue<>();
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService people = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int person = 0; person < 8; person++) {
            String name = "room-" + person + "-";
            all.add(people.submit(() -> {
                for (int i = 0; !enough.get(); i++) {
                    try {
                        done.add(start(name + i));
                    } catch (CallStore.Unavailable e) {
                        refused.add(name + i);
                        // Back at the first moment, but not a million times until then.
                        await().atMost(PATIENCE)
                                .pollInterval(Duration.ofMillis(1))
                                .until(database::available);
                    }
                }
            }));
        }
        for (int times = 0; times < 3; times++) {
            int before = done.size();
            await().atMost(PATIENCE).until(() -> done.size() > before + 30);
            FailingDisk.full(true);
            await().atMost(PATIENCE).until(() -> !database.available());
            FailingDisk.full(false);
            await().atMost(PATIENCE).until(database::available);
        }
        enough.set(true);
        for (Future<?> one : all) {
            one.get();
        }
        people.shutdown();

        assertThat(refused).isNotEmpty();
        assertThat(done).allMatch(this::whole);
        assertThat(refused.stream().flatMap(room -> inRoom(room).stream()).map(this::partsOf))
                .as("of those refused")
                .allMatch("call, watch, 1"::equals);
    }

    @Test
    void it_is_noticed_where_only_what_nobody_waits_for_was_to_be_written() {
        CallId call = start("one");
        FailingDisk.full(true);
        database.commits()
                .lazily(() -> database.transactions()
                        .one(session -> session.sql("update calls set changed_at = changed_at + 1")
                                .execute()));
        await().atMost(PATIENCE).until(() -> !database.available());
        FailingDisk.full(false);
        await().atMost(PATIENCE).until(database::available);
        assertThat(whole(call)).isTrue();
    }

    @Test
    void a_ledger_that_is_to_be_made_on_a_full_disk_is_refused_with_the_reason() {
        FailingDisk.full(true);
        assertThatThrownBy(() -> LedgerDatabase.open(
                        "jdbc:h2:" + FailingDisk.SCHEME + ":" + folder.resolve("another"),
                        Optional.empty(),
                        Optional.empty()))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("disk that is full");
    }

    @Test
    void an_older_ledger_is_not_brought_up_to_date_on_a_full_disk_and_is_once_there_is_room() throws Exception {
        String url = "jdbc:h2:" + FailingDisk.SCHEME + ":" + folder.resolve("older");
        OlderSchema.make(url, "", "", Schema.NEWEST - 1);
        FailingDisk.full(true);
        assertThatThrownBy(() -> LedgerDatabase.open(url, Optional.empty(), Optional.empty()))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("can't be written to")
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("make room");
        FailingDisk.full(false);
        LedgerDatabase.open(url, Optional.empty(), Optional.empty()).close();
    }

    @Test
    void a_file_that_vanished_is_not_made_anew_and_one_put_back_is_taken_up() throws Exception {
        CallId call = start("one");
        Path file = folder.resolve("ledger.mv.db");
        Path elsewhere = folder.resolve("elsewhere.mv.db");
        FailingDisk.full(true);
        assertThatThrownBy(() -> start("two")).isInstanceOf(CallStore.Unavailable.class);
        Files.move(file, elsewhere);
        FailingDisk.full(false);
        assertThat(database.outage().regain()).isFalse();
        assertThat(file).doesNotExist();

        Files.move(elsewhere, file);
        await().atMost(PATIENCE).until(database::available);
        assertThat(whole(call)).isTrue();
    }
}
