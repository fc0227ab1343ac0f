package dev.switchboard.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that only we may enter, where a copy of a ledger is made until it is whole: it is nobody else's business,
 * least of all meanwhile. It goes when it is closed; what a kill has left of one goes when the next one is made.
 */
record WorkFolder(Path path) implements AutoCloseable {
    static final String BACKUP = ".switchboard-backup";
    static final String RESTORE = ".switchboard-restore";

    /** Whoever works in one writes to it all the time, but while a copy is read: a matter of minutes. */
    private static final Duration LEFT_OVER = Duration.ofHours(1);

    /**
     * Makes one.
     *
     * @param name how its name begins, {@link #BACKUP} or {@link #RESTORE}
     */
    static WorkFolder in(Path folder, String name) throws IOException {
        WorkFolder made = new WorkFolder(Files.createTempDirectory(folder, name));
        made.removeLeftOvers(folder);
        return made;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        for (Path file : files()) {
            Files.deleteIfExists(file);
        }
        Files.delete(path);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(path)) {
            return all.toList();
        }
    }

    /** Without a word where it can't be: what is asked for goes on all the same. */
    private void removeLeftOvers(Path folder) {
        try (DirectoryStream<Path> others =
                Files.newDirectoryStream(folder, "{" + BACKUP + "," + RESTORE + "}[0-9]*")) {
            // By the clock of the file system, which has put down all of these times.
            Instant before = lastChange().minus(LEFT_OVER);
            for (Path other : others) {
                new WorkFolder(other).removeIfUnchangedSince(before, this);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return;
        }
    }

    private void removeIfUnchangedSince(Instant before, WorkFolder ours) {
        try {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(path).equals(Files.getOwner(ours.path))
                    && lastChange().isBefore(before)) {
                close();
            }
        } catch (IOException e) {
            return;
        }
    }

    /** When something was last changed in it, or in one of its files. */
    private Instant lastChange() throws IOException {
        FileTime latest = Files.getLastModifiedTime(path);
        for (Path file : files()) {
            FileTime time = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
            latest = time.compareTo(latest) > 0 ? time : latest;
        }
        return latest.toInstant();
    }
}
