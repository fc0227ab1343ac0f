package dev.switchboard;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.CodeSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The jar that this program is read from, as it goes: where somebody writes over it, no class can be loaded any more. A
 * new jar that is moved into its place is another file, and does no harm.
 */
final class OwnJar {
    private final Path path;
    private final Look first;
    private Look last;

    private OwnJar(Path path, Look first) {
        this.path = path;
        this.first = first;
        this.last = first;
    }

    /** @param file which it is, where the file system tells */
    private record Look(@Nullable Object file, long size, FileTime changed) {
        static Look at(Path path) throws IOException {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return new Look(now.fileKey(), now.size(), now.lastModifiedTime());
        }
    }

    /** Empty where the program isn't read from a jar. */
    static Optional<OwnJar> running() {
        CodeSource source = OwnJar.class.getProtectionDomain().getCodeSource();
        try {
            Path path = Path.of(source.getLocation().toURI());
            return Files.isRegularFile(path) ? Optional.of(new OwnJar(path, Look.at(path))) : Optional.empty();
        } catch (IOException | URISyntaxException | RuntimeException e) {
            return Optional.empty();
        }
    }

    Path path() {
        return path;
    }

    /** Whether it was written over, and isn't any more, by two looks: half a jar is of no use to whoever is started next. */
    boolean overwritten() {
        Look before = last;
        try {
            last = Look.at(path);
        } catch (IOException e) {
            return false; // moved away; whoever has it open can read it still
        }
        return Objects.equals(last.file(), first.file()) && !last.equals(first) && last.equals(before);
    }
}
