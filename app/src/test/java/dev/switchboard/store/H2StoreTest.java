package dev.switchboard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.call.Call;
import dev.switchboard.call.CallStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger in H2: what every ledger promises, and what is H2's own. */
class H2StoreTest {
    @Nested
    class InAFile implements CallStoreContract {
        @TempDir
        Path folder;

        private LedgerDatabase database;
        private JdbcCallStore store;

        @BeforeEach
        void start() {
            database = opened(url());
            store = new JdbcCallStore(database);
        }

        @AfterEach
        void close() {
            database.close();
        }

        @Override
        public CallStore store() {
            return store;
        }

        @Test
        void a_clock_that_is_set_back_takes_with_it_what_is_put_off_and_what_is_leased() {
            Call off = open(Samples.call("C1", "off"));
            putOff(off, LATER);
            Call leased = open(Samples.call("C1", "leased"));
            claim(leased.id());
            store.clockSetBack(Duration.ofMinutes(10));
            assertThat(store.due(LATER.minusSeconds(601), 10)).isEmpty();
            assertThat(store.due(LATER.minusSeconds(600), 10)).contains(off.id(), leased.id());
        }

        private void putOff(Call call, Instant until) {
            assertThat(store.giveBack(claim(call.id()), UnaryOperator.identity(), NOW, LATER, Optional.of(until)))
                    .isEmpty();
        }

        @Test
        void what_a_clock_that_was_ahead_put_off_is_due_at_the_next_start() {
            Call soon = open(Samples.call("C1", "soon"));
            putOff(soon, NOW.plusSeconds(60));
            Call late = open(Samples.call("C1", "late"));
            putOff(late, NOW.plusSeconds(3_600));
            database.join(Clock.fixed(NOW, ZoneOffset.UTC));
            assertThat(store.due(NOW, 10)).containsExactly(late.id());
        }

        @Test
        void a_new_ledger_and_its_folder_are_for_their_owner_alone() throws Exception {
            Path inside = folder.resolve("new").resolve("data");
            opened("jdbc:h2:file:" + inside.resolve("ledger")).close();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inside.resolve("ledger.mv.db"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inside)))
                    .isEqualTo("rwx------");
        }

        @Test
        void a_ledger_and_a_folder_that_are_there_stay_as_their_owner_has_them() throws Exception {
            Path file = folder.resolve("other.mv.db");
            opened("jdbc:h2:file:" + folder.resolve("other")).close();
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
            opened("jdbc:h2:file:" + folder.resolve("other")).close();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-r-----");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwxr-x---");
        }

        @Test
        void what_was_committed_is_there_after_the_process_is_gone_without_a_word() throws Exception {
            Call call = Samples.call("C1", "room");
            store.change(ledger -> {
                ledger.open(call, false, CallStoreContract.NOW);
                return null;
            });
            // What a kill leaves: the file as it is this moment, the database still open.
            Path left = folder.resolve("left.mv.db");
            Files.copy(folder.resolve("ledger.mv.db"), left);
            try (LedgerDatabase after = opened("jdbc:h2:file:" + folder.resolve("left"))) {
                assertThat(new JdbcCallStore(after).<Optional<Call>>change(ledger -> ledger.call(call.id())))
                        .contains(call);
            }
        }

        @Test
        void leases_of_a_process_that_is_gone_are_given_back() {
            Call call = Samples.call("C1", "room");
            store.change(ledger -> {
                ledger.open(call, false, CallStoreContract.NOW);
                ledger.outOfStep(call.id(), NOW);
                return null;
            });
            assertThat(store.claim(call.id(), NOW, LATER)).isPresent();
            database.join(Clock.fixed(NOW, ZoneOffset.UTC));
            assertThat(store.due(NOW, 1)).containsExactly(call.id());
            assertThat(store.claim(call.id(), NOW, LATER)).isPresent();
        }

        @Test
        void a_schema_that_is_up_to_date_is_known_by_its_newest_script() {
            assertThat(Schema.isUpToDate(database.dataSource())).isTrue();
        }

        @Test
        void h2_writes_by_no_thread_of_its_own_whoever_connects() throws Exception {
            try (Connection connection = database.dataSource().getConnection()) {
                assertThat(EmbeddedLedger.store(connection).getAutoCommitDelay())
                        .as("negative: neither a background writer nor a write at each commit")
                        .isNegative();
            }
        }

        @Test
        void a_schema_newer_than_the_program_is_refused() throws Exception {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("""
                        insert into "flyway_schema_history"
                          ("installed_rank", "version", "description", "type", "script", "installed_by",
                           "execution_time", "success")
                        values (99, '99', 'from the future', 'SQL', 'V99__future.sql', 'x', 1, true)""");
            }
            database.close();
            assertThatThrownBy(() -> opened(url()))
                    .isInstanceOf(DatabaseRefused.class)
                    .hasMessageContaining("newer");
        }

        private String url() {
            return "jdbc:h2:file:" + folder.resolve("ledger");
        }
    }

    @Nested
    class InMemory implements CallStoreContract {
        private final LedgerDatabase database = opened("jdbc:h2:mem:" + UUID.randomUUID());

        @AfterEach
        void close() {
            database.close();
        }

        @Override
        public CallStore store() {
            return new JdbcCallStore(database);
        }
    }

    private static LedgerDatabase opened(String url) {
        return LedgerDatabase.open(url, Optional.empty(), Optional.empty());
    }
}
