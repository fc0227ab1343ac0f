package dev.switchboard.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.h2.api.ErrorCode;

/** The open database of the ledger, its schema up to date. */
public final class LedgerDatabase implements AutoCloseable {
    private static final String H2 = "jdbc:h2:";

    /**
     * What we rely on, unless the admin's URL says otherwise. WRITE_DELAY (milliseconds) is for what may be lost at a
     * kill; all else is written by {@link Commits}, many commits at a time. What H2 has written the operating system
     * still holds: a kill loses nothing, a power cut may lose the last seconds. LOCK_TIMEOUT: commands on one Call queue up
     * rather than fail. DB_CLOSE_ON_EXIT: we close it ourselves, after the last step under way is recorded.
     * QUERY_CACHE_SIZE: room for all our statements, which H2 would otherwise parse again and again.
     * TRACE_LEVEL_FILE=0: no second log beside ours, with statements and stack traces in it.
     */
    private static final Map<String, String> H2_OPTIONS = Map.of(
            "WRITE_DELAY",
            "500",
            "LOCK_TIMEOUT",
            "10000",
            "DB_CLOSE_ON_EXIT",
            "FALSE",
            "TRACE_LEVEL_FILE",
            "0",
            "QUERY_CACHE_SIZE",
            "64");

    private static final int CONNECTIONS = 16;
    private static final String MIGRATIONS = "classpath:dev/switchboard/store";

    /** Transactions of an embedded database at once: more than that compete for it and get less done. */
    private static final int AT_ONCE = 4;

    private final HikariDataSource pool;
    private final Commits commits;

    private LedgerDatabase(HikariDataSource pool) {
        this.pool = pool;
        this.commits = Commits.shared(AT_ONCE, this::flush);
    }

    /**
     * Opens the database, makes it if it isn't there, and migrates its schema.
     *
     * @param url a JDBC URL of H2
     * @throws DatabaseRefused if it can't be used, with the reason in words
     */
    public static LedgerDatabase open(String url, Optional<String> user, Optional<String> password) {
        String complete = withOptions(url);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(complete);
        user.ifPresent(config::setUsername);
        password.ifPresent(config::setPassword);
        config.setPoolName("ledger");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        prepareFolder(url);
        try {
            knock(complete, user, password);
            LedgerDatabase database = new LedgerDatabase(new HikariDataSource(config));
            try {
                database.migrate();
                return database;
            } catch (RuntimeException e) {
                database.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new DatabaseRefused(reason(e), e);
        }
    }

    public DataSource dataSource() {
        return pool;
    }

    /** How transactions on it get through. */
    Commits commits() {
        return commits;
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Has H2 write all that was committed. */
    private void flush() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("checkpoint");
        } catch (SQLException e) {
            throw new IllegalStateException("the ledger could not be written: " + e.getErrorCode(), e);
        }
    }

    private static String withOptions(String url) {
        String upper = url.toUpperCase(Locale.ROOT);
        StringBuilder complete = new StringBuilder(url);
        if (upper.startsWith("JDBC:H2:MEM:") && !upper.contains(";DB_CLOSE_DELAY=")) {
            complete.append(";DB_CLOSE_DELAY=-1"); // or it would vanish with its last connection
        }
        H2_OPTIONS.forEach((name, value) -> {
            if (!upper.contains(";" + name + "=")) {
                complete.append(';').append(name).append('=').append(value);
            }
        });
        return complete.toString();
    }

    /** One connection without the pool, whose failures would come wrapped, late and logged with a trace. */
    private static void knock(String url, Optional<String> user, Optional<String> password) throws SQLException {
        Properties properties = new Properties();
        user.ifPresent(name -> properties.setProperty("user", name));
        password.ifPresent(word -> properties.setProperty("password", word));
        DriverManager.getConnection(url, properties).close();
    }

    private void migrate() {
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations(MIGRATIONS)
                    .validateMigrationNaming(true)
                    .ignoreMigrationPatterns(new String[0])
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new DatabaseRefused(
                    "has a schema that this version can't work with (it was written by a newer Switchboard, or changed"
                            + " by hand); run the newer version again, or name another database",
                    e);
        }
    }

    private static String reason(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                "is held by another process; stop the other Switchboard, or give each its own file";
            case ErrorCode.WRONG_USER_OR_PASSWORD, ErrorCode.WRONG_PASSWORD_FORMAT ->
                "refuses the user or password; set SWITCHBOARD_DATABASE_USER and SWITCHBOARD_DATABASE_PASSWORD";
            case ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_VERSION_ERROR_1 ->
                "names a file that is damaged or not a database of this H2 version; restore a backup, or move the file"
                        + " away to start anew";
            case ErrorCode.UNSUPPORTED_SETTING_1,
                    ErrorCode.URL_FORMAT_ERROR_2,
                    ErrorCode.URL_RELATIVE_TO_CWD,
                    ErrorCode.DUPLICATE_PROPERTY_1 -> "is not a URL that H2 understands";
            case ErrorCode.IO_EXCEPTION_1, ErrorCode.IO_EXCEPTION_2 ->
                "names a file that is damaged, or on a disk that is full; make room, restore a backup, or move the file"
                        + " away to start anew";
            default -> "can't be opened (H2 error " + failure.getErrorCode() + ")";
        };
    }

    /** Makes the folder of a database in a file, and tries whether it can be written to. */
    private static void prepareFolder(String url) {
        String path = url.substring(H2.length()).split(";", 2)[0].replaceFirst("^file:", "");
        if (path.startsWith("mem:")) {
            return;
        }
        Path home = Path.of(System.getProperty("user.home", ""));
        Path file =
                path.startsWith("~") ? home.resolve(path.substring(1).replaceFirst("^[/\\\\]+", "")) : Path.of(path);
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "switchboard", ".probe"));
        } catch (IOException e) {
            throw new DatabaseRefused("needs a directory that can be written to; " + folder + " can't", e);
        }
    }
}
