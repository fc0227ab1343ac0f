package dev.switchboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.postgres.OnPostgres;
import dev.switchboard.postgres.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    }

    private static void losesNothing(String url, String user, String password, int version) throws Exception {
        OlderSchema.make(url, user, password, version);
        Map<String, List<Map<String, @Nullable Object>>> before = OlderSchema.content(url, user, password);
        assertThat(before.values()).allSatisfy(rows -> assertThat(rows).hasSize(1));
        LedgerDatabase.open(url, Optional.of(user), Optional.of(password)).close();
        assertThat(OlderSchema.content(url, user, password)).isEqualTo(before);
    }
}
