package dev.switchboard.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
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
            // It is made some seconds after a start that had none.
            String options = Files.readString(Path.of("/proc", String.valueOf(bot.pid()), "cmdline"));
            if (!options.contains(folder().toString())) {
                Set<String> before = archives(); // a new jar's archive takes the place of the old one's
                Stage.await("the script's archive", () -> !before.containsAll(archives()));
            }
        }
        return script;
    }

    private static Set<String> archives() {
        try (Stream<Path> files = Files.isDirectory(folder()) ? Files.list(folder()) : Stream.empty()) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("switchboard-[0-9]+-[0-9]+-[0-9]+"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
