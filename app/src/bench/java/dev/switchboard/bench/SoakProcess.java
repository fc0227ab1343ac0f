package dev.switchboard.bench;

import dev.switchboard.SoakBot;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The bot of the soak, whose clock we hold. */
final class SoakProcess implements AutoCloseable {
    private final BotProcess process;
    private final BufferedWriter tell;
    private final BufferedReader hear;

    private SoakProcess(BotProcess process, BufferedWriter tell, BufferedReader hear) {
        this.process = process;
        this.tell = tell;
        this.hear = hear;
    }

    /** Starts it with the start script's heap and collector, and returns once it is connected. */
    static SoakProcess start(Stage stage, Path jdk) throws IOException {
        Path log = Files.createTempFile(stage.folder(), "bot", ".log");
        String classes = System.getProperty("java.class.path");
        ProcessBuilder builder = new ProcessBuilder(
                        jdk.resolve("bin").resolve("java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        classes,
                        SoakBot.class.getName())
                .redirectError(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(stage.variables());
        long now = System.nanoTime();
        Process started = builder.start();
        SoakProcess bot = new SoakProcess(
                new BotProcess(started, now, log),
                started.outputWriter(StandardCharsets.UTF_8),
                started.inputReader(StandardCharsets.UTF_8));
        Stage.await("the bot connects", () -> stage.slack().connections().open() > 0 || !started.isAlive());
        return bot;
    }

    BotProcess process() {
        return process;
    }

    /** Sets its clock forward. */
    void advance(Duration by) {
        ask("advance " + by.toMillis());
    }

    /** What is in use after a collection. */
    long heapBytes() {
        return Long.parseLong(ask("heap"));
    }

    /** How many Calls its ledger holds. */
    int calls() {
        return Integer.parseInt(ask("calls"));
    }

    private String ask(String line) {
        try {
            tell.write(line + '\n');
            tell.flush();
            String answer = hear.readLine();
            if (answer == null) {
                throw new IllegalStateException("The bot is gone; it said: " + process.said());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("The bot is gone; it said: " + process.said(), e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
