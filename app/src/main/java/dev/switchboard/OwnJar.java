package dev.switchboard;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.CodeSource;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The jar that this program is read from, as it goes: where somebody writes over it, no class can be loaded any more. A
 * new jar that is moved into its place is another file, and does no harm.
 */
final class OwnJar {
    /** The end of a jar names all that is in it, with checksums. */
    private static final int END = 1 << 20;

    private final Path path;
    private final Look first;
    private final long contents;
    private Look last;

    private OwnJar(Path path) throws IOException {
        this.path = path;
        this.first = Look.at(path);
        this.contents = contents();
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
            return Files.isRegularFile(path) ? Optional.of(of(path)) : Optional.empty();
        } catch (IOException | URISyntaxException | RuntimeException e) {
            return Optional.empty();
        }
    }

    static OwnJar of(Path path) throws IOException {
        return new OwnJar(path);
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
        boolean changed = Objects.equals(last.file(), first.file()) && !last.equals(first) && last.equals(before);
        return changed && (last.size() != first.size() || !holdsTheSame());
    }

    private boolean holdsTheSame() {
        try {
            return contents() == contents;
        } catch (IOException e) {
            return true; // not to be read at the moment
        }
    }

    private long contents() throws IOException {
        CRC32 sum = new CRC32();
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(END, file.length())];
            file.seek(file.length() - end.length);
            file.readFully(end);
            sum.update(end);
        }
        return sum.getValue();
    }
}
