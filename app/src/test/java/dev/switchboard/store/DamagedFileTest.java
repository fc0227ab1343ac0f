package dev.switchboard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.DamagedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is no ledger any more: the admin is told in one line, and nothing of it is changed. */
class DamagedFileTest {
    @TempDir
    Path folder;

    /** What can have happened to it. */
    enum Damage {
        HEADER {
            @Override
            byte[] to(byte[] good) {
                return overwritten(good, 0, 8_192);
            }
        },
        ALL_BUT_THE_HEADER {
            @Override
            byte[] to(byte[] good) {
                return overwritten(good, 8_192, good.length);
            }
        },
        CUT_OFF_AFTER_THE_HEADER {
            @Override
            byte[] to(byte[] good) {
                return Arrays.copyOf(good, 8_192);
            }
        },
        EMPTY {
            @Override
            byte[] to(byte[] good) {
                return new byte[0];
            }
        },
        GARBAGE {
            @Override
            byte[] to(byte[] good) {
                return overwritten(good, 0, good.length);
            }
        },
        OF_ANOTHER_VERSION {
            @Override
            byte[] to(byte[] good) {
                return overwritten(
                        "H:2,block:2,blockSize:1000,chunk:1,created:1,format:9,version:1,fletcher:00000000\n"
                                .repeat(200)
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        0,
                        0);
            }
        };

        abstract byte[] to(byte[] good);

        private static byte[] overwritten(byte[] good, int from, int to) {
            byte[] bad = good.clone();
            byte[] noise = new byte[to - from];
            new Random(42).nextBytes(noise);
            System.arraycopy(noise, 0, bad, from, noise.length);
            return bad;
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_refused_in_words_and_left_as_it_is(Damage damage) throws IOException {
        String url = "jdbc:h2:file:" + folder.resolve("ledger");
        LedgerDatabase.open(url, Optional.empty(), Optional.empty()).close();
        Path file = folder.resolve("ledger.mv.db");
        byte[] bad = damage.to(Files.readAllBytes(file));
        Files.write(file, bad);
        assertRefused(() -> LedgerDatabase.open(url, Optional.empty(), Optional.empty()), file, bad);
    }

    /** What H2 finds only when it comes by, weeks later perhaps. */
    @Test
    void is_found_out_by_whoever_reads_all_of_it_and_left_as_it_is() throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("ledger");
        LedgerDatabase.open(url, Optional.empty(), Optional.empty()).close();
        LedgerDatabase.readThrough(url, Optional.empty(), Optional.empty());
        Path file = folder.resolve("ledger.mv.db");
        DamagedPage.in(url, file);
        byte[] bad = Files.readAllBytes(file);
        assertRefused(() -> LedgerDatabase.readThrough(url, Optional.empty(), Optional.empty()), file, bad);
    }

    private static void assertRefused(ThrowingCallable opening, Path file, byte[] bad) throws IOException {
        assertThatThrownBy(opening)
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("restore")
                .hasMessageNotContaining("\n");
        assertThat(Files.readAllBytes(file)).isEqualTo(bad);
    }

    @Test
    void is_not_made_by_whoever_would_read_it() {
        LedgerDatabase.readThrough(
                "jdbc:h2:file:" + folder.resolve("none").resolve("ledger"), Optional.empty(), Optional.empty());
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPTY", "CUT_OFF_AFTER_THE_HEADER"})
    void what_a_kill_left_of_the_first_start_is_begun_anew(Damage left) throws IOException {
        String url = "jdbc:h2:file:" + folder.resolve("ledger");
        LedgerDatabase.open(url, Optional.empty(), Optional.empty()).close();
        Path file = folder.resolve("ledger.mv.db");
        Path beingMade = folder.resolve("ledger.mv.db.new");
        assertThat(beingMade).doesNotExist();
        Files.write(file, left.to(Files.readAllBytes(file)));
        Files.createFile(beingMade); // as before H2 makes the file
        LedgerDatabase.open(url, Optional.empty(), Optional.empty()).close();
        assertThat(beingMade).doesNotExist();
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        LedgerDatabase.open(url, Optional.empty(), Optional.empty()).close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "calls",
                "participants",
                "announcements",
                "response_urls",
                "deliveries",
                "watches",
                "\"flyway_schema_history\""
            })
    void is_refused_too_if_a_table_is_gone_from_it(String table) throws SQLException {
        String url = "jdbc:h2:file:" + folder.resolve("ledger");
        LedgerDatabase.open(url, Optional.empty(), Optional.empty()).close();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("drop table " + table + " cascade");
        }
        assertThatThrownBy(() -> LedgerDatabase.open(url, Optional.empty(), Optional.empty()))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("changed by hand")
                .hasMessageNotContaining("\n");
    }
}
