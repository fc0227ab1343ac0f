package dev.switchboard.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where and when figures were taken: without it they mean nothing. */
final class Machine {
    private Machine() {}

    /** The description that goes with every result. */
    static Map<String, String> describe() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        words.put("commit", commit());
        words.put("cpu", value("/proc/cpuinfo", "model name").orElse("unknown"));
        words.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        words.put("memory", value("/proc/meminfo", "MemTotal").orElse("unknown"));
        words.put(
                "os",
                System.getProperty("os.name")
                        + ' '
                        + System.getProperty("os.version")
                        + ' '
                        + System.getProperty("os.arch"));
        words.put("jdk", System.getProperty("java.vm.vendor") + ' ' + System.getProperty("java.runtime.version"));
        words.put("load", load());
        return words;
    }

    /** How busy it was before we began: figures of a busy machine compare, but don't measure. */
    private static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Processor time so far, of all processors together, and what of it the host gave to others; in clock ticks. */
    record Ticks(long all, long stolen) {
        /** See {@code proc(5)}: {@code steal} is the eighth of the figures; the last two are in the first two as well. */
        static Optional<Ticks> now() {
            return value("/proc/stat", "cpu ").map(line -> {
                long[] ticks = Arrays.stream(line.split(" "))
                        .limit(8)
                        .mapToLong(Long::parseLong)
                        .toArray();
                return new Ticks(Arrays.stream(ticks).sum(), ticks[7]);
            });
        }
    }

    /** What the host took from us since then: with more than a few percent, figures compare, but don't measure. */
    static String stolenSince(Optional<Ticks> before) {
        Optional<Ticks> now = Ticks.now();
        if (before.isEmpty() || now.isEmpty()) {
            return "unknown";
        }
        long all = now.get().all() - before.get().all();
        return Math.round(100.0 * (now.get().stolen() - before.get().stolen()) / Math.max(1, all)) + " %";
    }

    private static Optional<String> value(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length())
                            .replaceFirst("^\\s*:", "")
                            .strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? said : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
