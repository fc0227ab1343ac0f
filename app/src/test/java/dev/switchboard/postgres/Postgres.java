package dev.switchboard.postgres;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A PostgreSQL server of its own for a test, from the binaries that zonky packs for Maven, so that nothing has to be
 * installed. PostgreSQL refuses to run as root; where the tests do (as in a build container) it runs as {@code nobody},
 * by {@code setpriv}, which belongs to what every Debian has.
 */
public final class Postgres implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String USER = "switchboard";
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");

    private final Path folder;
    private final List<String> settings;
    private final int port;
    private Process server;

    private Postgres(Path folder, int port, List<String> settings) throws IOException {
        this.folder = folder;
        this.port = port;
        this.settings = settings;
        this.server = launch();
    }

    /**
     * Starts a server.
     *
     * @param settings more of its settings, as {@code log_statement=all}
     */
    public static Postgres start(String... settings) throws IOException {
        Path folder = Files.createTempDirectory("postgres");
        unpack(folder);
        Path word = Files.writeString(folder.resolve("word"), "hush");
        Files.createDirectory(folder.resolve("data"));
        run(List.of("chmod", "-R", "a+rX", folder.toString()));
        if (isRoot()) {
            run(List.of("chown", "-R", "nobody", folder.toString()));
        }
        List<String> initdb = new ArrayList<>(asUser());
        initdb.addAll(List.of(
                folder.resolve("bin/initdb").toString(),
                "--pgdata=" + folder.resolve("data"),
                "--username=" + USER,
                "--pwfile=" + word,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync"));
        run(initdb);
        Postgres postgres = new Postgres(folder, freePort(), List.of(settings));
        postgres.awaitUp();
        return postgres;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** A fresh database. */
    public String createDatabase() throws SQLException {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        execute("create database " + name);
        return url(name);
    }

    /** The URL of a database on it, without user and password. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return "hush";
    }

    /** A connection that the test has for itself. */
    public Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, USER, password());
    }

    /** Runs a statement as its superuser. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = connect(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Stops it as an admin would who doesn't wait for clients to leave. */
    public void stop() throws IOException {
        List<String> stop = new ArrayList<>(asUser());
        stop.addAll(List.of(
                folder.resolve("bin/pg_ctl").toString(),
                "stop",
                "--pgdata=" + folder.resolve("data"),
                "--mode=fast",
                "--wait"));
        run(stop);
        await().atMost(PATIENCE).until(() -> !server.isAlive());
    }

    /** Starts it again on its files, at the same port. */
    public void startAgain() throws IOException {
        server = launch();
        awaitUp();
    }

    private Process launch() throws IOException {
        List<String> line = new ArrayList<>(asUser());
        line.addAll(List.of(
                folder.resolve("bin/postgres").toString(),
                "-D",
                folder.resolve("data").toString(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off",
                "-c",
                "max_connections=200"));
        settings.forEach(setting -> line.addAll(List.of("-c", setting)));
        return new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private void awaitUp() {
        await().alias("PostgreSQL")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> {
                    if (!server.isAlive()) {
                        throw new IllegalStateException(log());
                    }
                    connect(url("postgres")).close();
                    return true;
                });
    }

    /** What it logged. */
    public String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    @Override
    public void close() {
        server.destroy();
        await().atMost(PATIENCE).until(() -> !server.isAlive());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name", "").equals("root");
    }

    private static List<String> asUser() {
        return isRoot() ? List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups") : List.of();
    }

    private static void run(List<String> line) throws IOException {
        Path said = Files.createTempFile("postgres", ".said");
        try {
            Process process = new ProcessBuilder(line)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException(line + " failed: " + Files.readString(said));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(said);
        }
    }

    private static void unpack(Path folder) throws IOException {
        String archive = System.getProperty("os.arch", "").equals("aarch64")
                ? "/postgres-linux-arm_64.txz"
                : "/postgres-linux-x86_64.txz";
        try (InputStream packed = Postgres.class.getResourceAsStream(archive)) {
            if (packed == null) {
                throw new IOException("no PostgreSQL for this machine");
            }
            TarArchiveInputStream files = new TarArchiveInputStream(new XZInputStream(packed));
            for (TarArchiveEntry entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(files, file);
                    boolean program = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(file, program ? PROGRAM : FILE);
                }
            }
        }
    }
}
