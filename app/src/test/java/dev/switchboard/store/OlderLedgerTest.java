package dev.switchboard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.LogLines;
import dev.switchboard.postgres.OnPostgres;
import dev.switchboard.postgres.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger that an older version wrote holds the same afterwards. */
class OlderLedgerTest {
    @Nested
    class OfH2 {
        @TempDir
        Path folder;

        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void loses_nothing(int version) throws Exception {
            losesNothing("jdbc:h2:file:" + folder.resolve("ledger"), "sa", "", version);
        }

        /** Whoever tries a new version may want to go back to the old one. */
        @Test
        void is_looked_at_without_being_changed() throws Exception {
            String url = "jdbc:h2:file:" + folder.resolve("ledger");
            OlderSchema.make(url, "sa", "", 4);
            assertThat(LedgerDatabase.olderSchema(url, Optional.of("sa"), Optional.of("")))
                    .contains(4);
            assertThat(LedgerDatabase.olderSchema(url, Optional.of("sa"), Optional.of("")))
                    .contains(4);
            LedgerDatabase.open(url, Optional.of("sa"), Optional.of("")).close();
            assertThat(LedgerDatabase.olderSchema(url, Optional.of("sa"), Optional.of("")))
                    .isEmpty();
        }

        @Test
        void is_not_made_where_there_is_none() {
            String url = "jdbc:h2:file:" + folder.resolve("none");
            assertThat(LedgerDatabase.olderSchema(url, Optional.of("sa"), Optional.of("")))
                    .isEmpty();
            assertThat(folder).isEmptyDirectory();
        }

        /** H2 commits each statement of a script by itself. */
        @Test
        void is_brought_up_to_date_though_that_was_broken_off_in_the_middle() throws Exception {
            String url = "jdbc:h2:file:" + folder.resolve("ledger");
            OlderSchema.make(url, "sa", "", 4);
            try (Connection connection = DriverManager.getConnection(url, "sa", "");
                    Statement statement = connection.createStatement()) {
                statement.execute("drop index calls_live_alone");
                statement.execute("drop index calls_live_channel");
                statement.execute("create unique index calls_live_channel on calls (live_team, channel_id, alone_in)");
            }
            LedgerDatabase.open(url, Optional.of("sa"), Optional.of("")).close();
        }
    }

    @Nested
    @ExtendWith(OnPostgres.class)
    class OfPostgres {
        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void loses_nothing(int version, Postgres postgres) throws Exception {
            losesNothing(postgres.createDatabase(), postgres.user(), postgres.password(), version);
        }

        /** Whoever wants a table changed stands in line before everybody else who only wants to read or write it. */
        @Test
        void is_not_changed_while_it_is_dumped_and_others_go_on_meanwhile(Postgres postgres) throws Exception {
            String url = postgres.createDatabase();
            OlderSchema.make(url, postgres.user(), postgres.password(), 4);
            assertThat(LedgerDatabase.olderSchema(url, Optional.of(postgres.user()), Optional.of(postgres.password())))
                    .contains(4);
            try (Connection dump = postgres.connect(url);
                    LogLines log = LogLines.listen()) {
                dump.setAutoCommit(false);
                dump.createStatement().execute("lock table calls in access share mode");
                CompletableFuture<Void> upgraded = CompletableFuture.runAsync(
                        () -> LedgerDatabase.open(url, Optional.of(postgres.user()), Optional.of(postgres.password()))
                                .close());
                await().until(() -> log.lines().stream().anyMatch(line -> line.contains("can't be changed yet")));
                for (int i = 0; i < 30; i++) {
                    writeAsAnOlderCopyDoes(postgres, url);
                }
                assertThat(upgraded).isNotDone();
                dump.rollback();
                upgraded.get(60, TimeUnit.SECONDS);
            }
        }

        private static void writeAsAnOlderCopyDoes(Postgres postgres, String url) throws Exception {
            try (Connection connection = postgres.connect(url);
                    Statement statement = connection.createStatement()) {
                statement.execute("set lock_timeout = '2500ms'");
                statement.executeUpdate("update calls set revision = revision + 1");
            }
        }
    }

    private static void losesNothing(String url, String user, String password, int version) throws Exception {
        OlderSchema.make(url, user, password, version);
        Map<String, List<Map<String, @Nullable Object>>> before = OlderSchema.content(url, user, password);
        assertThat(before.values()).allSatisfy(rows -> assertThat(rows).hasSize(1));
        LedgerDatabase.open(url, Optional.of(user), Optional.of(password)).close();
        assertThat(OlderSchema.content(url, user, password)).isEqualTo(before);
    }
}
