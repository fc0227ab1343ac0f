package dev.switchboard.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.h2.api.ErrorCode;

/**
 * Backups of a ledger in an H2 file: taken from the running bot, or from its file, and put back. A backup is a zip of
 * that file; it holds response URLs, so nobody but its owner may read it.
 */
public final class LedgerBackup {
    private final String url;
    private final LedgerFile ledger;
    private final Optional<String> user;
    private final Optional<String> password;

    /**
     * @param url a JDBC URL of H2
     * @throws DatabaseRefused if it names no file
     */
    public LedgerBackup(String url, Optional<String> user, Optional<String> password) {
        this.url = url;
        this.user = user;
        this.password = password;
        if (PostgresServer.isMeant(url)) {
            throw new DatabaseRefused("names a PostgreSQL, which has its own ways: pg_dump and pg_restore");
        }
        this.ledger = LedgerFile.of(url)
                .orElseThrow(() -> new DatabaseRefused(
                        "keeps the ledger in memory, where there is nothing to back up or to restore; name a file"));
    }

    /**
     * What was copied.
     *
     * @param calls how many Calls it holds, {@code live} of them live
     * @param latest the last change of a Call; empty where there is none
     * @param bytes the size of the backup
     * @param running whether the running bot gave it
     * @param aside where the ledger is now that a restored one has replaced; empty if there was none
     */
    public record Copied(
            long calls, long live, Optional<Instant> latest, long bytes, boolean running, Optional<Path> aside) {}

    /**
     * Makes a backup, and reads it from beginning to end before it gets its name.
     *
     * @param replace whether a file of that name may be replaced
     * @throws BackupRefused if it can't be made
     * @throws IOException if the disk or the running bot fails
     */
    public Copied backUp(Path file, boolean replace) throws IOException {
        Path to = file.toAbsolutePath();
        if (Files.isDirectory(to)) {
            throw new BackupRefused("is a directory; name a file in it");
        }
        if (Files.exists(to) && !(replace && Files.isRegularFile(to))) {
            throw new BackupRefused("is there already; name another file, or add --replace");
        }
        Path folder = Optional.ofNullable(to.getParent()).orElse(to);
        if (!Files.isDirectory(folder)) {
            throw new BackupRefused("is in a folder that is not there; make it first");
        }
        try (WorkFolder work = workFolder(folder)) {
            Path zip = Files.createFile(work.file("backup.zip"));
            boolean running = fetch(zip);
            LedgerCopy.Contents contents = read(zip, work);
            LedgerFile.keepToOwner(zip);
            force(zip);
            move(zip, to, replace);
            return new Copied(
                    contents.calls(), contents.live(), contents.latest(), Files.size(to), running, Optional.empty());
        }
    }

    private static WorkFolder workFolder(Path folder) throws IOException {
        try {
            return WorkFolder.in(folder, WorkFolder.BACKUP);
        } catch (FileSystemException e) {
            throw new BackupRefused(
                    "is in a folder that can't be written to"
                            + Optional.ofNullable(e.getReason())
                                    .map(reason -> " (" + reason + ")")
                                    .orElse("") + "; name another, or let this user write there",
                    e);
        }
    }

    /**
     * Puts a backup in the ledger's place.
     *
     * @param replace whether a ledger that is there may be moved aside
     * @throws BackupRefused if the backup can't be used, or may not be
     * @throws DatabaseRefused if the place can't be used, as while the bot runs
     * @throws IOException if the disk fails
     */
    public Copied restore(Path backup, boolean replace, Instant now) throws IOException {
        if (!Files.isRegularFile(backup) || !Files.isReadable(backup)) {
            throw new BackupRefused("is not there, or not to be read");
        }
        boolean there = Files.exists(ledger.path());
        try (Held held = there ? Held.of(ledger.path()) : Held.nothing()) {
            if (held.something() && !replace) {
                throw new BackupRefused("was not restored: there is a ledger at " + ledger.path()
                        + "; add --replace to move that one aside");
            }
            try (WorkFolder work = ledger.workFolder()) {
                Path file = work.file("ledger" + LedgerFile.ENDING);
                LedgerCopy.unpack(backup, file);
                LedgerFile.keepToOwner(file);
                LedgerCopy copy = new LedgerCopy(file, LedgerFile.options(url), user, password);
                LedgerCopy.Contents contents = refusing(copy::read);
                refusing(() -> {
                    copy.change(Sql.AFTER_RESTORING);
                    return contents;
                });
                force(file);
                Optional<Path> aside = there ? Optional.of(moveAside(now)) : Optional.empty();
                try {
                    move(file, ledger.path(), false);
                } catch (IOException e) {
                    putBack(aside);
                    throw e;
                }
                ledger.made();
                return new Copied(
                        contents.calls(), contents.live(), contents.latest(), Files.size(backup), false, aside);
            }
        }
    }

    private Path moveAside(Instant now) throws IOException {
        String stamp = now.toString().replaceAll("[-:]|\\.[0-9]+", "");
        Path aside = ledger.path().resolveSibling(ledger.name() + ".replaced-" + stamp);
        Files.move(ledger.path(), aside);
        return aside;
    }

    /** Without a ledger the next start would make an empty one. */
    private void putBack(Optional<Path> aside) throws IOException {
        if (aside.isPresent() && !Files.exists(ledger.path())) {
            Files.move(aside.get(), ledger.path());
        }
    }

    /** Whether the running bot gave the copy, rather than its file. */
    private boolean fetch(Path zip) throws IOException {
        try (OutputStream out = Files.newOutputStream(zip)) {
            if (fromBot(out)) {
                return true;
            }
            ledger.requireMade();
            ledger.requireContents(LedgerFile.isEncrypted(url));
            new LedgerCopy(ledger.path(), LedgerFile.options(url), user, password).copyTo(out);
            return false;
        } catch (SQLException e) {
            throw new DatabaseRefused(
                    switch (e.getErrorCode()) {
                        case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                            "is held by another process, which gives no backups; stop it first";
                        case ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1 ->
                            "names no ledger: there is no " + ledger.path();
                        default -> EmbeddedLedger.reason(e);
                    },
                    e);
        }
    }

    /** Whether a bot was there to give one. */
    private boolean fromBot(OutputStream out) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(ledger.socket()));
                InputStream in = Channels.newInputStream(channel)) {
            if (in.transferTo(out) == 0) {
                throw new BackupRefused("could not be made: the running bot gave none; its log says why");
            }
            return true;
        } catch (ConnectException | IllegalArgumentException e) {
            return false; // left over from a bot that was killed
        } catch (SocketException e) {
            if (Files.exists(ledger.socket())) {
                throw new BackupRefused(
                        "could not be made: the running bot can't be asked (" + e.getMessage()
                                + "); run this as its user",
                        e);
            }
            return false;
        }
    }

    /** What can't be read in a copy that was just made can't be read in the ledger. */
    private LedgerCopy.Contents read(Path zip, WorkFolder work) throws IOException {
        Path file = work.file("ledger" + LedgerFile.ENDING);
        LedgerCopy.unpack(zip, file);
        try {
            LedgerCopy.Contents contents = new LedgerCopy(file, LedgerFile.options(url), user, password).read();
            Files.delete(file);
            return contents;
        } catch (SQLException e) {
            throw isLogin(e) ? new DatabaseRefused(EmbeddedLedger.reason(e), e) : ledger.unreadable(e);
        }
    }

    private interface Reading {
        LedgerCopy.Contents run() throws SQLException;
    }

    private static LedgerCopy.Contents refusing(Reading reading) {
        try {
            return reading.run();
        } catch (SQLException e) {
            throw new BackupRefused(
                    isLogin(e)
                            ? "wants another user or password; set SWITCHBOARD_DATABASE_USER and SWITCHBOARD_DATABASE_PASSWORD"
                            : "holds a ledger that can't be read to its end (H2 error " + e.getErrorCode() + ")",
                    e);
        }
    }

    private static boolean isLogin(SQLException failure) {
        return failure.getErrorCode() == ErrorCode.WRONG_USER_OR_PASSWORD
                || failure.getErrorCode() == ErrorCode.WRONG_PASSWORD_FORMAT;
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void move(Path from, Path to, boolean replace) throws IOException {
        if (!replace && Files.exists(to)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
        try (FileChannel folder =
                FileChannel.open(Optional.ofNullable(to.getParent()).orElse(to), StandardOpenOption.READ)) {
            folder.force(true); // or a power cut may take the name away again
        }
    }

    /** The lock by which H2 knows that a file is in use. */
    private record Held(Optional<FileChannel> channel) implements AutoCloseable {
        boolean something() {
            return channel.isPresent();
        }

        static Held nothing() {
            return new Held(Optional.empty());
        }

        static Held of(Path file) throws IOException {
            FileChannel channel = writable(file);
            boolean ours = false;
            try {
                ours = channel.tryLock() != null;
            } catch (OverlappingFileLockException e) {
                ours = false;
            } finally {
                if (!ours) {
                    channel.close();
                }
            }
            if (!ours) {
                throw new DatabaseRefused("is in use by a running bot; stop it first");
            }
            return new Held(Optional.of(channel));
        }

        private static FileChannel writable(Path file) throws IOException {
            try {
                return FileChannel.open(file, StandardOpenOption.WRITE);
            } catch (AccessDeniedException e) {
                throw new DatabaseRefused(
                        "names " + file + ", which this user may not write to; run this as the user of the bot", e);
            }
        }

        @Override
        public void close() throws IOException {
            if (channel.isPresent()) {
                channel.get().close();
            }
        }
    }
}
