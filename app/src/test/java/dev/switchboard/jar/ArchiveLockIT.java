package dev.switchboard.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which of the bots that are started at once makes the archive; a stand-in for Java notes each tour. */
@Timeout(120)
class ArchiveLockIT {
    /** A bot runs until it is killed, a tour until the file {@code enough} is there. */
    private static final String JAVA = """
            #!/bin/sh
            here=${0%/bin/java}
            case "$*" in
                *--tour) printf 'tour\\n' >>"$here/tours"; until=$here/enough ;;
                *) until=$here/never ;;
            esac
            while [ -d "$here" ] && ! [ -e "$until" ]; do sleep 0.1; done
            """;

    @TempDir
    Path folder = Path.of("");

    private final List<BotProcess> bots = new ArrayList<>();

    @BeforeEach
    void install() throws IOException {
        Script.install(folder.resolve("programs"));
        Path bin = Files.createDirectories(folder.resolve("jdk").resolve("bin"));
        Files.writeString(folder.resolve("jdk").resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        Files.setPosixFilePermissions(
                Files.writeString(bin.resolve("java"), JAVA), PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(cache());
    }

    @AfterEach
    void close() throws IOException {
        Files.writeString(folder.resolve("jdk").resolve("enough"), "");
        bots.forEach(BotProcess::close);
    }

    private Path cache() {
        return folder.resolve("cache");
    }

    private Script script() {
        return Script.at(folder.resolve("programs"))
                .with("JAVA_HOME", folder.resolve("jdk").toString())
                .with("SWITCHBOARD_CACHE", cache().toString());
    }

    private long tours() throws IOException {
        Path tours = folder.resolve("jdk").resolve("tours");
        return Files.exists(tours) ? Files.readAllLines(tours).size() : 0;
    }

    private List<Path> locks() throws IOException {
        try (Stream<Path> files = Files.list(cache())) {
            return files.filter(file -> file.toString().contains(".lock")).toList();
        }
    }

    /** How many still make up their minds, or make an archive: the bots themselves have become Java. */
    private long undecided() {
        String file = script().file().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(file))
                .count();
    }

    private void start(int howMany) {
        for (int i = 0; i < howMany; i++) {
            bots.add(script().start());
        }
    }

    @Test
    void a_lock_that_a_kill_left_behind_is_taken_over_by_one_alone() throws Exception {
        start(1);
        await().atMost(BotProcess.PATIENCE).until(() -> tours() == 1 && undecided() == 1);
        Path lock = locks().get(0);
        start(1);
        await().atMost(BotProcess.PATIENCE).until(() -> undecided() == 1);
        assertThat(tours()).as("as long as it is new it is respected").isEqualTo(1);

        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofMinutes(11))));
        start(4);
        await().atMost(BotProcess.PATIENCE).until(() -> tours() > 1 && undecided() <= 2);
        assertThat(tours()).isEqualTo(2);
        assertThat(locks()).containsExactly(lock);
    }
}
