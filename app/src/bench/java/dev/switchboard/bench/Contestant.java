package dev.switchboard.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A bot that can be started, and how.
 *
 * @param name as it stands in tables
 * @param command the program and its arguments
 * @param variables beside those that tell where Slack is
 */
record Contestant(String name, List<String> command, Map<String, String> variables) {
    static final String STOCK = "stock bot";
    static final String JAR = "java -jar";
    static final String SCRIPT = "bin/switchboard";

    /** Where Maven put what it built. */
    static Path target() {
        return Path.of(System.getProperty("bench.target", "app/target")).toAbsolutePath();
    }

    static Path jarFile() {
        return target().resolve("switchboard.jar");
    }

    /** The JDK the benchmarks themselves run on. */
    static Path thisJdk() {
        return Path.of(System.getProperty("java.home"));
    }

    /** The handlers of a tutorial on Bolt's own SocketModeApp; its libraries come from our jar, so they are the same. */
    static Contestant stock(Path jdk) {
        String classes = jarFile() + ":" + target().resolve("test-classes");
        return new Contestant(STOCK, List.of(java(jdk), "-cp", classes, StockBot.class.getName()), Map.of());
    }

    /** Ours, started plainly. */
    static Contestant jar(Path jdk) {
        return new Contestant(JAR, List.of(java(jdk), "-jar", jarFile().toString()), Map.of());
    }

    /** Ours by the start script, with its archive of classes in that folder. */
    static Contestant script(Path jdk, Path cache) {
        Path script = target().resolveSibling("bin").resolve("switchboard");
        return new Contestant(SCRIPT, List.of(script.toString()), Map.of())
                .with("JAVA_HOME", jdk.toString())
                .with("SWITCHBOARD_CACHE", cache.toString());
    }

    /** The same bot under another name in the tables. */
    Contestant named(String other) {
        return new Contestant(other, command, variables);
    }

    private static String java(Path jdk) {
        return jdk.resolve("bin").resolve("java").toString();
    }

    Contestant with(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(variables);
        more.put(variable, value);
        return new Contestant(name, command, more);
    }

    boolean isStock() {
        return name.equals(STOCK);
    }

    /** Starts it in that folder, where its ledger and its log go. */
    BotProcess start(Path folder, Map<String, String> whereSlackIs) {
        try {
            Path log = Files.createTempFile(folder, "bot", ".log");
            ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(log.toFile());
            builder.environment().clear();
            builder.environment().put("PATH", "/usr/bin:/bin");
            builder.environment().putAll(whereSlackIs);
            builder.environment().putAll(variables);
            long now = System.nanoTime();
            return new BotProcess(builder.start(), now, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
