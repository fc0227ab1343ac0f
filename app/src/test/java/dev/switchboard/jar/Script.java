package dev.switchboard.jar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the start script is started; each change is a new one. */
record Script(Path file, Path folder, Map<String, String> variables) {
    private static final Path SOURCE = Path.of("bin", "switchboard").toAbsolutePath();

    /** Puts a copy of the script and of the jar there, as in a release: the script in {@code bin}, the jar above it. */
    static void install(Path home) throws IOException {
        Path bin = Files.createDirectories(home.resolve("bin"));
        Files.copy(
                Path.of(System.getProperty("switchboard.jar", "target/switchboard.jar")),
                home.resolve("switchboard.jar"));
        Files.copy(SOURCE, bin.resolve("switchboard"), StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** The one installed there, on the tests' own JDK, without an archive. */
    static Script at(Path home) {
        return new Script(home.resolve("bin").resolve("switchboard"), home, Map.of())
                .with("PATH", System.getenv("PATH"))
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("SWITCHBOARD_CACHE", "off");
    }

    Script with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(variables);
        more.put(name, value);
        return new Script(file, folder, more);
    }

    Script with(Map<String, String> more) {
        Script changed = this;
        for (Map.Entry<String, String> variable : more.entrySet()) {
            changed = changed.with(variable.getKey(), variable.getValue());
        }
        return changed;
    }

    Script without(String name) {
        Map<String, String> fewer = new LinkedHashMap<>(variables);
        fewer.remove(name);
        return new Script(file, folder, fewer);
    }

    /** The same by another path, such as a link. */
    Script as(Path otherFile) {
        return new Script(otherFile, folder, variables);
    }

    Script in(Path otherFolder) {
        return new Script(file, otherFolder, variables);
    }

    BotProcess start(String... arguments) {
        List<String> line = new ArrayList<>(List.of(file.toString()));
        line.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile("script", ".out");
            Path err = Files.createTempFile("script", ".err");
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(variables);
            Process process = builder.start();
            process.getOutputStream().close();
            return new BotProcess(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, and waits for its end. */
    BotProcess.Ended run(String... arguments) {
        try (BotProcess process = start(arguments)) {
            return process.awaitEnd();
        }
    }
}
