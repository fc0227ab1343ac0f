package dev.switchboard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.switchboard.DamagedPage;
import dev.switchboard.call.Call;
import dev.switchboard.call.CallId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups: taken from a ledger at work or at rest, and put back. */
@Timeout(180)
class LedgerBackupTest {
    private static final Instant NOW = CallStoreContract.NOW;

    @TempDir
    Path folder;

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("ledger");
    }

    private Path ledger() {
        return folder.resolve("ledger.mv.db");
    }

    private LedgerBackup backups() {
        return new LedgerBackup(url(), Optional.empty(), Optional.empty());
    }

    private LedgerDatabase open() {
        return LedgerDatabase.open(url(), Optional.empty(), Optional.empty());
    }

    private static CallId start(JdbcCallStore store, String room) {
        Call call = Samples.call("C1", room);
        store.change(ledger -> {
            ledger.open(call, false, NOW);
            ledger.keep(call.id(), Samples.responseUrl(5));
            Samples.announcements(call.id()).forEach(ledger::add);
            ledger.outOfStep(call.id(), NOW);
            return null;
        });
        return call.id();
    }

    /** A ledger that no bot has open, with that many Calls. */
    private List<CallId> atRest(int calls) {
        List<CallId> started = new ArrayList<>();
        try (LedgerDatabase database = open()) {
            JdbcCallStore store = new JdbcCallStore(database);
            for (int i = 0; i < calls; i++) {
                started.add(start(store, "room-" + i));
            }
        }
        return started;
    }

    private static boolean has(JdbcCallStore store, CallId call) {
        return store.<Boolean>change(ledger -> ledger.call(call).isPresent());
    }

    private List<String> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith("."))
                    .toList();
        }
    }

    @Test
    void a_backup_of_a_ledger_at_work_holds_what_was_committed_before_it_and_nobody_waits_for_it() throws Exception {
        Path file = folder.resolve("backup.zip");
        AtomicBoolean enough = new AtomicBoolean();
        Queue<CallId> started = new ConcurrentLinkedQueue<>();
        ExecutorService people = Executors.newFixedThreadPool(4);
        try (LedgerDatabase database = open()) {
            database.giveCopies();
            JdbcCallStore store = new JdbcCallStore(database);
            for (int i = 0; i < 200; i++) {
                started.add(start(store, "before-" + i));
            }
            List<Future<?>> all = new ArrayList<>();
            for (int person = 0; person < 4; person++) {
                String name = "room-" + person + "-";
                all.add(people.submit(() -> {
                    for (int i = 0; !enough.get(); i++) {
                        started.add(start(store, name + i));
                    }
                }));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> started.size() > 300);
            List<CallId> before = List.copyOf(started);
            LedgerBackup.Copied copied = backups().backUp(file, false);
            assertThat(copied.running()).isTrue();
            assertThat(copied.calls()).isGreaterThanOrEqualTo(before.size());
            int after = started.size();
            await().atMost(Duration.ofSeconds(60)).until(() -> started.size() > after + 20);
            enough.set(true);
            for (Future<?> one : all) {
                one.get(); // each was taken, or this would throw
            }
            people.shutdown();
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));

            String elsewhere = "jdbc:h2:file:" + folder.resolve("elsewhere");
            new LedgerBackup(elsewhere, Optional.empty(), Optional.empty()).restore(file, false, NOW);
            try (LedgerDatabase restored = LedgerDatabase.open(elsewhere, Optional.empty(), Optional.empty())) {
                JdbcCallStore copy = new JdbcCallStore(restored);
                assertThat(before).allMatch(call -> has(copy, call));
            }
        }
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void the_socket_is_for_the_ledgers_owner_alone_and_goes_with_the_bot() throws Exception {
        Path socket = folder.resolve("ledger.backup.sock");
        try (LedgerDatabase database = open()) {
            database.giveCopies();
            assertThat(Files.getPosixFilePermissions(socket)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void a_backup_is_made_without_a_bot_and_never_over_another_file_unasked() throws Exception {
        atRest(3);
        Path file = folder.resolve("backup.zip");
        LedgerBackup.Copied copied = backups().backUp(file, false);
        assertThat(copied.running()).isFalse();
        assertThat(copied.calls()).isEqualTo(3);
        assertThat(copied.live()).isEqualTo(3);
        byte[] first = Files.readAllBytes(file);
        assertThatThrownBy(() -> backups().backUp(file, false))
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining("--replace");
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
        assertThat(backups().backUp(file, true).calls()).isEqualTo(3);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void the_backup_of_an_empty_ledger_knows_of_no_last_change() throws Exception {
        atRest(0);
        Path file = folder.resolve("backup.zip");
        assertThat(backups().backUp(file, false).latest()).isEmpty();
        assertThat(backups().restore(file, true, NOW).latest()).isEmpty();
    }

    @Test
    void what_a_backup_holds_as_owed_is_looked_for_before_it_is_sent_and_response_urls_are_gone() throws Exception {
        CallId call = atRest(1).get(0);
        Path file = folder.resolve("backup.zip");
        backups().backUp(file, false);
        LedgerBackup.Copied restored = backups().restore(file, true, NOW);
        assertThat(restored.aside())
                .hasValueSatisfying(aside -> assertThat(aside).exists());
        try (LedgerDatabase database = open()) {
            JdbcCallStore store = new JdbcCallStore(database);
            assertThat(store.claim(call, NOW, NOW.plusSeconds(30)).orElseThrow().snapshot())
                    .satisfies(found -> {
                        assertThat(found.responseUrls()).isEmpty();
                        assertThat(found.announcements())
                                .isNotEmpty()
                                .noneMatch(owed -> owed.state().name().equals("OWED"));
                    });
        }
    }

    @Test
    void a_restore_is_refused_while_a_bot_runs_and_where_a_ledger_is() throws Exception {
        CallId call = atRest(1).get(0);
        Path file = folder.resolve("backup.zip");
        backups().backUp(file, false);
        assertThatThrownBy(() -> backups().restore(file, false, NOW))
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining("--replace");
        try (LedgerDatabase database = open()) {
            assertThatThrownBy(() -> backups().restore(file, true, NOW))
                    .isInstanceOf(DatabaseRefused.class)
                    .hasMessageContaining("running bot");
            assertThat(has(new JdbcCallStore(database), call)).isTrue();
        }
    }

    /** What can be wrong with a backup. */
    enum Flaw {
        CUT_OFF("cut off"),
        CHANGED("damaged"),
        FOREIGN("not a backup"),
        EMPTY("not a backup"),
        MISSING("not there");

        private final String said;

        Flaw(String said) {
            this.said = said;
        }

        void on(Path file) throws IOException {
            byte[] good = Files.readAllBytes(file);
            switch (this) {
                case CUT_OFF -> Files.write(file, java.util.Arrays.copyOf(good, good.length / 2));
                case CHANGED -> {
                    good[good.length / 2] ^= 0x55;
                    Files.write(file, good);
                }
                case FOREIGN -> Files.writeString(file, "Dear diary");
                case EMPTY -> Files.write(file, new byte[0]);
                case MISSING -> Files.delete(file);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_bad_backup_is_refused_in_words_and_the_ledger_stays(Flaw flaw) throws Exception {
        CallId call = atRest(1).get(0);
        Path file = folder.resolve("backup.zip");
        backups().backUp(file, false);
        flaw.on(file);
        assertThatThrownBy(() -> backups().restore(file, true, NOW))
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining(flaw.said);
        assertThat(leftovers()).isEmpty();
        assertThat(ledger()).exists();
        try (LedgerDatabase database = open()) {
            assertThat(has(new JdbcCallStore(database), call)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {";USER=ana;PASSWORD=hush", ";TRACE_LEVEL_FILE=1", ";IFEXISTS=FALSE"})
    void what_the_bot_runs_with_can_be_backed_up_and_restored(String options) throws Exception {
        String url = url() + options;
        CallId call;
        try (LedgerDatabase database = LedgerDatabase.open(url, Optional.empty(), Optional.empty())) {
            call = start(new JdbcCallStore(database), "room");
        }
        LedgerBackup backups = new LedgerBackup(url, Optional.empty(), Optional.empty());
        Path file = folder.resolve("backup.zip");
        assertThat(backups.backUp(file, false).calls()).isEqualTo(1);
        assertThat(backups.restore(file, true, NOW).aside()).isPresent();
        try (LedgerDatabase database = LedgerDatabase.open(url, Optional.empty(), Optional.empty())) {
            assertThat(has(new JdbcCallStore(database), call)).isTrue();
        }
    }

    /** As a bot does whose disk is full. */
    @Test
    void a_bot_that_gives_nothing_is_said_to_have_given_nothing() throws Exception {
        LedgerFile ledger = LedgerFile.of(url()).orElseThrow();
        CopySocket socket = CopySocket.listen(ledger, out -> {});
        try {
            assertThatThrownBy(() -> backups().backUp(folder.resolve("backup.zip"), false))
                    .isInstanceOf(BackupRefused.class)
                    .hasMessageContaining("its log says why");
        } finally {
            socket.close();
        }
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void a_directory_is_no_place_for_a_backup_nor_is_a_postgresql_one() throws Exception {
        atRest(1);
        assertThatThrownBy(() -> backups().backUp(folder, true))
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining("directory");
        assertThatThrownBy(
                        () -> new LedgerBackup("jdbc:postgresql://db/switchboard", Optional.empty(), Optional.empty()))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("pg_dump");
    }

    @Test
    void a_directory_that_a_restore_makes_is_for_its_user_alone() throws Exception {
        atRest(1);
        Path file = folder.resolve("backup.zip");
        backups().backUp(file, false);
        Path made = folder.resolve("made");
        String elsewhere = "jdbc:h2:file:" + made.resolve("below").resolve("ledger");
        new LedgerBackup(elsewhere, Optional.empty(), Optional.empty()).restore(file, false, NOW);
        assertThat(List.of(made, made.resolve("below")))
                .allSatisfy(each -> assertThat(Files.getPosixFilePermissions(each))
                        .isEqualTo(PosixFilePermissions.fromString("rwx------")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_ledger_that_is_damaged_is_named_rather_than_the_backup_of_it(boolean running) throws Exception {
        atRest(1);
        DamagedPage.in(url(), ledger());
        Path file = folder.resolve("backup.zip");
        try (LedgerDatabase database = running ? open() : null) {
            if (database != null) {
                database.giveCopies();
            }
            assertThatThrownBy(() -> backups().backUp(file, false))
                    .isInstanceOf(DatabaseRefused.class)
                    .hasMessageContaining(ledger() + ", which is damaged")
                    .hasMessageContaining("restore");
        }
        assertThat(file).doesNotExist();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void of_a_first_start_that_was_killed_there_is_nothing_to_back_up_yet_and_a_restore_may_take_its_place()
            throws Exception {
        CallId call = atRest(1).get(0);
        Path file = folder.resolve("backup.zip");
        backups().backUp(file, false);
        Path beingMade = folder.resolve("ledger.mv.db.new");
        Files.createFile(beingMade);
        Files.write(ledger(), new byte[0]);
        assertThatThrownBy(() -> backups().backUp(folder.resolve("another.zip"), false))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("no ledger yet");
        backups().restore(file, true, NOW);
        assertThat(beingMade).doesNotExist();
        try (LedgerDatabase database = open()) {
            assertThat(has(new JdbcCallStore(database), call)).isTrue();
        }
    }

    @Test
    void a_folder_that_cant_be_written_to_is_named_in_words() throws Exception {
        atRest(1);
        Path nobodys = Path.of("/proc");
        assertThatThrownBy(() -> backups().backUp(nobodys.resolve("backup.zip"), false))
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining("is in a folder that can't be written to");
        Path file = folder.resolve("backup.zip");
        backups().backUp(file, false);
        LedgerBackup elsewhere =
                new LedgerBackup("jdbc:h2:file:" + nobodys.resolve("ledger"), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> elsewhere.restore(file, false, NOW))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("needs a directory that can be written to");
    }

    @Test
    void there_is_nothing_to_back_up_in_memory() {
        assertThatThrownBy(() -> new LedgerBackup("jdbc:h2:mem:x", Optional.empty(), Optional.empty()))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("memory");
    }
}
