package dev.switchboard.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A bot while it runs, as the operating system sees it. */
final class BotProcess implements AutoCloseable {
    /** Linux counts CPU time in these, USER_HZ. */
    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final long startedAt;
    private final Path log;

    BotProcess(Process process, long startedAt, Path log) {
        this.process = process;
        this.startedAt = startedAt;
        this.log = log;
    }

    /** {@link System#nanoTime()} just before it was started. */
    long startedAt() {
        return startedAt;
    }

    /** CPU time it has used, in seconds; steps of ten milliseconds. */
    double cpuSeconds() {
        String stat = read("stat");
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_PER_SECOND;
    }

    /** What it occupies of the memory, in MB (of 2^20 bytes). */
    double residentMegabytes() {
        return status("VmRSS") / 1024.0;
    }

    int threads() {
        return (int) status("Threads");
    }

    int openFiles() {
        try (Stream<Path> files = Files.list(Path.of("/proc", String.valueOf(process.pid()), "fd"))) {
            return (int) files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has said so far. */
    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM, and SIGKILL for one that doesn't go. */
    void stop() {
        try {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private long status(String name) {
        return read("status")
                .lines()
                .filter(line -> line.startsWith(name + ':'))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .map(Long::valueOf)
                .findFirst()
                .orElseThrow();
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file));
        } catch (IOException e) {
            throw new UncheckedIOException("The bot is gone; it said: " + said(), e);
        }
    }
}
