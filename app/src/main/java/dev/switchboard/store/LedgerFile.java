package dev.switchboard.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.regex.Pattern;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of an H2 database.
 *
 * @param path absolute, with the ending that H2 gives it
 */
record LedgerFile(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerFile.class);
    private static final String POSIX = "posix";
    static final String ENDING = ".mv.db";
    private static final String H2 = "jdbc:h2:";
    /** What H2 reads as the names of file systems; two letters at least, for C: is a drive. */
    private static final Pattern SCHEMES = Pattern.compile("^(?:[A-Za-z0-9]{2,}:)+");

    /** Where that URL has its file; empty for a database in memory, or not of H2. */
    static Optional<LedgerFile> of(String url) {
        if (!url.startsWith(H2) || url.startsWith(H2 + "mem:")) {
            return Optional.empty();
        }
        String path =
                SCHEMES.matcher(url.substring(H2.length()).split(";", 2)[0]).replaceFirst("");
        Path home = Path.of(System.getProperty("user.home", ""));
        Path base =
                path.startsWith("~") ? home.resolve(path.substring(1).replaceFirst("^[/\\\\]+", "")) : Path.of(path);
        Path file = base.resolveSibling(base.getFileName() + ENDING);
        return Optional.of(new LedgerFile(file.toAbsolutePath().normalize()));
    }

    /** The options of a URL, with the semicolon before them. */
    static String options(String url) {
        int at = url.indexOf(';');
        return at < 0 ? "" : url.substring(at);
    }

    /** The URL of a file, with options. */
    static String url(Path file, String options) {
        String path = file.toAbsolutePath().toString();
        return H2 + "file:" + path.substring(0, path.length() - ENDING.length()) + options;
    }

    Path folder() {
        return Optional.ofNullable(path.getParent()).orElse(path);
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    /** Stands beside the file until the first ledger in it is on the disk. */
    private Path beingMade() {
        return path.resolveSibling(name() + ".new");
    }

    /**
     * Notes that a ledger is being made, if there was none: what a kill leaves of it is begun anew.
     *
     * @return whether it is being made
     */
    boolean beginIfNew() {
        if (Files.exists(path)) {
            return Files.exists(beingMade());
        }
        try {
            Files.write(beingMade(), new byte[0]);
            return true;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** The ledger is on the disk. */
    void made() {
        try {
            Files.deleteIfExists(beingMade());
        } catch (IOException e) {
            LOG.warn("{} can't be removed: {}", beingMade(), e.getClass().getSimpleName());
        }
    }

    /** Which file it is, whatever its name; empty where it isn't there, or the file system doesn't tell. */
    Optional<Object> key() {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Where a running bot gives copies. */
    Path socket() {
        String name = name();
        return path.resolveSibling(name.substring(0, name.length() - ENDING.length()) + ".backup.sock");
    }

    /**
     * Makes the folder, and tries whether it can be written to.
     *
     * @param encrypted whether nothing in the file can be read without its key
     * @throws DatabaseRefused if it can't, or if the file has lost all that was in it: H2 would take it for a new one,
     *     and write over it
     */
    void prepare(boolean encrypted) {
        try {
            createFolder();
            Files.delete(Files.createTempFile(folder(), "switchboard", ".probe"));
            if (!Files.exists(path) || Files.exists(beingMade())) {
                return; // nothing there, or nothing that was ever a ledger
            }
            if (Files.size(path) == 0) {
                throw new DatabaseRefused("names " + path + ", which is damaged: it is empty; " + WHAT_TO_DO);
            }
            if (!encrypted && holdsNothing()) {
                throw new DatabaseRefused(
                        "names " + path + ", which is damaged: it holds no ledger any more; " + WHAT_TO_DO);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private DatabaseRefused unwritable(IOException failure) {
        return new DatabaseRefused("needs a directory that can be written to; " + folder() + " can't", failure);
    }

    /** One that we make is for our user alone: the ledger holds response URLs, and H2 keeps its temporary files there. */
    private void createFolder() throws IOException {
        if (Files.isDirectory(folder())) {
            return;
        }
        if (folder().getFileSystem().supportedFileAttributeViews().contains(POSIX)) {
            Files.createDirectories(
                    folder(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder());
        }
    }

    /** Lets nobody but the file's owner read or write it, where the file system knows of such. */
    void keepToOwner() {
        keepToOwner(path);
    }

    /** The same for another file: a copy of a ledger is as secret as the ledger. */
    static void keepToOwner(Path path) {
        try {
            if (Files.getFileStore(path).supportsFileAttributeView(POSIX)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            LOG.warn("{} may be readable for others: {}", path, e.getClass().getSimpleName());
        }
    }

    static final String WHAT_TO_DO = "restore a backup (`restore FILE --replace`), or move the file away to start anew";

    private boolean holdsNothing() {
        MVStore.Builder look =
                new MVStore.Builder().fileName(path.toString()).readOnly().autoCommitDisabled();
        try (MVStore store = look.open()) {
            return store.getMapNames().isEmpty();
        } catch (MVStoreException e) {
            return false; // in use, or damaged in a way that H2 will name
        }
    }
}
