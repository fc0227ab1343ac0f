package dev.switchboard.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The texts of one kind under {@code src/test/resources/fuzz}: good ones to start from, and those that once showed
 * something, named by what they showed. {@code @NAME@} in a text stands for something of the day.
 */
public final class Corpus {
    private static final Path ROOT = Path.of("src", "test", "resources", "fuzz");

    private final List<Entry> entries;

    /** One text and its file's name. */
    public record Entry(String name, String text) {
        /** With what stands for the names. */
        public String filled(Map<String, String> values) {
            String filled = text;
            for (Map.Entry<String, String> value : values.entrySet()) {
                filled = filled.replace("@" + value.getKey() + "@", value.getValue());
            }
            return filled;
        }
    }

    private Corpus(List<Entry> entries) {
        this.entries = entries;
    }

    /** The corpus of that kind. */
    public static Corpus of(String kind) {
        try (Stream<Path> files = Files.list(ROOT.resolve(kind))) {
            return new Corpus(files.sorted().map(Corpus::read).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry read(Path file) {
        try {
            return new Entry(
                    String.valueOf(file.getFileName()), Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All, by name. */
    public List<Entry> entries() {
        return entries;
    }

    /** Any. */
    public Entry any(Random random) {
        return entries.get(random.nextInt(entries.size()));
    }
}
