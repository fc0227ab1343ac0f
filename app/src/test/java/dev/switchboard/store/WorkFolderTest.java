package dev.switchboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkFolderTest {
    private static final Duration LONG_AGO = Duration.ofMinutes(70);

    @TempDir
    Path folder;

    @Test
    void is_for_its_user_alone_and_goes_with_all_that_is_in_it() throws IOException {
        try (WorkFolder work = WorkFolder.in(folder, WorkFolder.BACKUP)) {
            assertThat(Files.getPosixFilePermissions(work.path()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
            Files.writeString(work.file("backup.zip"), "secrets");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {WorkFolder.BACKUP, WorkFolder.RESTORE})
    void what_a_kill_has_left_goes_with_the_next_one(String name) throws IOException {
        Path killed = leftOver(".switchboard-backup123", LONG_AGO, LONG_AGO);
        Path killedToo = leftOver(".switchboard-restore456", LONG_AGO, LONG_AGO);
        WorkFolder.in(folder, name).close();
        assertThat(killed).doesNotExist();
        assertThat(killedToo).doesNotExist();
    }

    @Test
    void what_somebody_may_still_be_at_work_in_stays_and_what_is_none_of_ours() throws IOException {
        Duration anHourNotYet = Duration.ofMinutes(50);
        Path young = leftOver(".switchboard-backup1", anHourNotYet, anHourNotYet);
        Path inUse = leftOver(".switchboard-restore2", LONG_AGO, anHourNotYet);
        Path foreign = leftOver(".switchboard-backups", LONG_AGO, LONG_AGO);
        Path elsewhere = leftOver("elsewhere", LONG_AGO, LONG_AGO);
        Files.createSymbolicLink(folder.resolve(".switchboard-backup3"), elsewhere);
        WorkFolder.in(folder, WorkFolder.BACKUP).close();
        for (Path kept : new Path[] {young, inUse, foreign, elsewhere}) {
            assertThat(kept).isNotEmptyDirectory();
        }
    }

    private Path leftOver(String name, Duration made, Duration written) throws IOException {
        Path left = Files.createDirectory(folder.resolve(name));
        Path file = Files.writeString(left.resolve("ledger.mv.db"), "secrets");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(written)));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(made)));
        return left;
    }
}
