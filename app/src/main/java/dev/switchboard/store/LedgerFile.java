package dev.switchboard.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.h2.api.ErrorCode;
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

    /** Whether nothing in that URL's file can be read without its key. */
    static boolean isEncrypted(String url) {
        return url.toUpperCase(Locale.ROOT).contains(";CIPHER=");
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

    /** Whether that is still the file; also where the file system doesn't tell at the moment. */
    boolean isStill(Object key) {
        try {
            return key.equals(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true;
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
            requireContents(encrypted);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /**
     * Tries whether the file, if there is one, has kept anything.
     *
     * @throws DatabaseRefused if it has lost all that was in it
     */
    void requireContents(boolean encrypted) {
        if (!isMade()) {
            return;
        }
        if (path.toFile().length() == 0) {
            throw new DatabaseRefused(damaged("it is empty"));
        }
        if (!encrypted && holdsNothing()) {
            throw new DatabaseRefused(damaged("it holds no ledger any more"));
        }
    }

    /** Whether there is a file, and in it there was a ledger once. */
    boolean isMade() {
        return Files.exists(path) && !Files.exists(beingMade());
    }

    /** @throws DatabaseRefused if a kill has left a file in which there never was a ledger */
    void requireMade() {
        if (Files.exists(beingMade())) {
            throw new DatabaseRefused("names no ledger yet: the bot's first start, which makes " + path
                    + ", was cut off; start the bot again");
        }
    }

    /** Its rows can't be read from the first to the last. */
    DatabaseRefused unreadable(SQLException failure) {
        if (!Outage.isCorrupt(failure) && failure.getErrorCode() == ErrorCode.IO_EXCEPTION_2) {
            return new DatabaseRefused("names " + path + ", of which a copy " + Outage.words(failure), failure);
        }
        return new DatabaseRefused(
                damaged("it can't be read to its end (H2 error " + failure.getErrorCode() + ")"), failure);
    }

    private String damaged(String how) {
        return "names " + path + ", which is damaged: " + how + "; " + WHAT_TO_DO;
    }

    /**
     * Where a restored ledger is made before it comes into its place, in the folder of the ledger, made if need be.
     *
     * @throws DatabaseRefused if that can't be written to
     */
    WorkFolder workFolder() {
        try {
            createFolder();
            return WorkFolder.in(folder(), WorkFolder.RESTORE);
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
