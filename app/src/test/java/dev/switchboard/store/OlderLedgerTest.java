package dev.switchboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.postgres.OnPostgres;
import dev.switchboard.postgres.Postgres;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
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
        var before = OlderSchema.content(url, user, password);
        assertThat(before.values()).allSatisfy(rows -> assertThat(rows).hasSize(1));
        LedgerDatabase.open(url, Optional.of(user), Optional.of(password)).close();
        assertThat(OlderSchema.content(url, user, password)).isEqualTo(before);
    }
}
