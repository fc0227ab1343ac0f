package dev.switchboard.jar;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The jar while it runs, and what it has said so far. */
final class BotProcess implements AutoCloseable {
    /** Far beyond what anything here takes, so that a busy machine is no failure. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path out;
    private final Path err;

    BotProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** How it came out. */
    record Ended(int status, String out, String err) {
        List<String> errLines() {
            return err.lines().toList();
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Any signal, by its name. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether whoever started the tests made that signal have no effect, as a shell does for what runs in its background. */
    boolean ignores(String signal) {
        int number = Map.of("HUP", 1, "INT", 2, "TERM", 15).getOrDefault(signal, 0);
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring("SigIgn:".length()).strip(), 16))
                    .anyMatch(ignored -> (ignored >> (number - 1) & 1) != 0);
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits for its end. */
    Ended awaitEnd() {
        return awaitEnd(PATIENCE);
    }

    Ended awaitEnd(Duration limit) {
        await().alias("the end of the process")
                .atMost(limit)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !process.isAlive());
        return new Ended(process.exitValue(), out(), err());
    }

    String out() {
        return text(out);
    }

    String err() {
        return text(err);
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        kill();
        try {
            Files.delete(out);
            Files.delete(err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
