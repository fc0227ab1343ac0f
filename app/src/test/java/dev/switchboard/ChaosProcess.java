package dev.switchboard;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@link ChaosBot} while it runs. */
final class ChaosProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    private ChaosProcess(Process process) {
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts one; what it logs is added to that file. */
    static ChaosProcess start(Map<String, String> variables, Duration ahead, Path log) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        ChaosBot.class.getName(),
                        String.valueOf(ahead.toMillis())))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(variables);
        try {
            return new ChaosProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM, and the orderly stop that follows. */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        await().atMost(PATIENCE).pollInterval(10, TimeUnit.MILLISECONDS).until(() -> !process.isAlive());
    }

    void clock(Duration ahead) {
        order("clock " + ahead.toMillis());
    }

    void disk(boolean full) {
        order(full ? "disk full" : "disk free");
    }

    /** A number out of the ledger, as the running process sees it; -1 where there is none. */
    long ask(String sql) {
        order("ask " + sql);
        try {
            String answer = answers.readLine();
            return answer == null ? -1 : Long.parseLong(answer);
        } catch (IOException e) {
            return -1;
        }
    }

    private void order(String order) {
        try {
            orders.write(order + "\n");
            orders.flush();
        } catch (IOException e) {
            // It is dead, and will be started anew.
        }
    }

    /** What it logged. */
    static List<String> lines(Path log) {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
