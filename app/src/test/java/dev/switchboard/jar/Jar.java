package dev.switchboard.jar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the jar is started; each change is a new one. */
record Jar(Path file, Path folder, Map<String, String> variables, List<String> jvmOptions, Path java) {
    private static final Path FILE = Path.of(System.getProperty("switchboard.jar", "target/switchboard.jar"));

    /** In that working directory, without a single variable. Short lives: optimising them isn't worth the while. */
    static Jar in(Path folder) {
        return new Jar(
                FILE, folder, Map.of(), List.of("-XX:TieredStopAtLevel=1"), javaOf(System.getProperty("java.home")));
    }

    static Path javaOf(String home) {
        return Path.of(home, "bin", "java");
    }

    Jar with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(variables);
        more.put(name, value);
        return new Jar(file, folder, more, jvmOptions, java);
    }

    Jar with(Map<String, String> more) {
        Jar changed = this;
        for (Map.Entry<String, String> variable : more.entrySet()) {
            changed = changed.with(variable.getKey(), variable.getValue());
        }
        return changed;
    }

    Jar without(String name) {
        Map<String, String> fewer = new LinkedHashMap<>(variables);
        fewer.remove(name);
        return new Jar(file, folder, fewer, jvmOptions, java);
    }

    Jar jvm(String option) {
        List<String> more = new ArrayList<>(jvmOptions);
        more.add(option);
        return new Jar(file, folder, variables, more, java);
    }

    /** The same from another file. */
    Jar from(Path copy) {
        return new Jar(copy, folder, variables, jvmOptions, java);
    }

    Jar on(Path otherJava) {
        return new Jar(file, folder, variables, jvmOptions, otherJava);
    }

    /** Starts it; standard input is at its end from the beginning. */
    BotProcess start(String... arguments) {
        try {
            Path out = Files.createTempFile("jar", ".out");
            Path err = Files.createTempFile("jar", ".err");
            Process process = builder(arguments)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            return new BotProcess(process, out, err);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** How it is started, for whoever wants its output elsewhere. */
    ProcessBuilder builder(String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(java.toString());
        line.addAll(jvmOptions);
        line.add("-jar");
        line.add(file.toAbsolutePath().toString());
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        return builder;
    }

    /** Starts it, and waits for its end. */
    BotProcess.Ended run(String... arguments) {
        try (BotProcess process = start(arguments)) {
            return process.awaitEnd();
        }
    }
}
