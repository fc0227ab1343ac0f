package dev.switchboard.jar;

import static dev.switchboard.jar.World.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is done to the bot's files and to its log while it runs. */
@Timeout(180)
class SurroundingsIT {
    /** Of a pipe in Linux, unless somebody asks for more. */
    private static final int ROOM_IN_A_PIPE = 1 << 16;

    @TempDir
    Path folder = Path.of("");

    private World world;

    @BeforeEach
    void open() throws IOException {
        world = new World(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_log_that_nobody_reads_holds_up_nothing() throws Exception {
        Path pipe = folder.resolve("log");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        try (RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw")) {
            reader.write(new byte[ROOM_IN_A_PIPE]);
            Path out = Files.createTempFile(folder, "bot", ".out");
            Process process = world.jar()
                    .builder()
                    .redirectOutput(out.toFile())
                    .redirectError(pipe.toFile())
                    .start();
            try {
                eventually(() -> assertThat(world.slack().connections().open()).isEqualTo(1));
                world.slack().faults().on("calls.add").next(3).failWith("the_moon_is_full");
                world.says("ana", "/call Weekly sync", "general");
                eventually(() -> assertThat(world.cards("general")).hasSize(1));
                world.slack().connections().drop();
                eventually(() -> assertThat(world.slack().connections().open()).isEqualTo(1));
                world.says("ana", "/call list", "general");
                process.destroy();
                eventually(() -> assertThat(process.isAlive()).isFalse());
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    /** As a copy over it does: the classes that are not loaded yet are where they were no longer. */
    @Test
    void a_jar_that_is_overwritten_ends_the_bot_in_words() throws Exception {
        Path jar = Files.copy(world.jar().file(), folder.resolve("switchboard.jar"));
        BotProcess bot = world.start(world.jar().from(jar));
        byte[] other = Files.readAllBytes(jar);
        Files.write(jar, java.util.Arrays.copyOf(other, other.length - 1));
        BotProcess.Ended ended = bot.awaitEnd();

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err()).contains(jar + " was overwritten while the bot runs");
    }

    @Test
    void a_jar_that_another_is_moved_over_goes_on_and_stops_as_ever() throws Exception {
        Path jar = Files.copy(world.jar().file(), folder.resolve("switchboard.jar"));
        BotProcess bot = world.start(world.jar().from(jar));
        Path other = Files.writeString(folder.resolve("other.jar"), "not even a jar");
        Files.move(other, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        world.says("ana", "/call Weekly sync", "general");
        eventually(() -> world.theCall("general"));
        world.settle(bot);
        bot.terminate();

        assertThat(bot.awaitEnd().status()).isZero();
    }

    @Test
    void a_ledger_that_is_deleted_is_told_and_can_be_saved() throws Exception {
        BotProcess bot = world.start();
        eventually(() -> assertThat(bot.err()).contains("a new ledger was made: " + world.ledger()));
        world.says("ana", "/call Weekly sync", "general");
        eventually(() -> world.theCall("general"));
        Files.delete(world.ledger());

        eventually(() -> assertThat(bot.err()).contains(world.ledger() + " was deleted, moved or replaced"));
        assertThat(world.jar()
                        .run("backup", folder.resolve("saved.zip").toString())
                        .status())
                .isZero();
    }
}
