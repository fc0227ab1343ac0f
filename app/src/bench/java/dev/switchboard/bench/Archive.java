package dev.switchboard.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where the start script keeps its archives of classes, for the benchmarks alone. */
final class Archive {
    private Archive() {}

    static Path folder() {
        return Contestant.target().resolve("bench").resolve("cache");
    }

    /** The script on that JDK, after a first start that has made its archive. */
    static Contestant warm(Path jdk) throws IOException {
        Contestant script = Contestant.script(jdk, folder());
        try (Stage stage = new Stage();
                BotProcess bot = stage.enter(script)) {
            // The lock is there while an archive is being made, which begins some seconds after the start.
            String options = Files.readString(Path.of("/proc", String.valueOf(bot.pid()), "cmdline"));
            if (!options.contains(folder().toString())) {
                int before = archives();
                Stage.await("the script's archive", () -> archives() > before);
            }
        }
        return script;
    }

    private static int archives() {
        try (Stream<Path> files = Files.isDirectory(folder()) ? Files.list(folder()) : Stream.empty()) {
            return (int) files.filter(file -> file.getFileName().toString().matches("switchboard-[0-9]+-[0-9]+-[0-9]+"))
                    .filter(Files::isRegularFile)
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
