package dev.switchboard.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a PostgreSQL server is spoken to: several copies share it, so none may hold up the others for long. */
final class PostgresServer {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final String PREFIX = "jdbc:postgresql:";

    /**
     * The driver's options, unless the admin's URL says otherwise; seconds. A server that is gone without a word is
     * noticed within six seconds: the commands under way miss the three that Slack waits, later ones are refused in time.
     */
    private static final Map<String, String> OPTIONS = Map.of(
            "connectTimeout", "2",
            "loginTimeout", "3",
            "socketTimeout", "6",
            "tcpKeepAlive", "true",
            "ApplicationName", "switchboard");

    /**
     * What each session is held to. A copy that is stopped in the middle of a transaction holds locks: it loses them
     * after two seconds, and whoever waits for them has half a second left to go on. Nothing of ours takes seconds, so
     * what does is better run again.
     */
    private static final String SESSION = """
            set idle_in_transaction_session_timeout = '2s'; set lock_timeout = '2500ms'; set statement_timeout = '5s';
            set default_transaction_isolation = 'read committed'""";

    /** The SQLSTATE of a server, or a session, that can't be written to. */
    private static final String READ_ONLY = "25006";

    /** SQLSTATEs of a server that can't be reached, starts, stops, has no connection to give, or breaks one. */
    private static final Set<String> COMING_UP = Set.of("08001", "08003", "08006", "57P01", "57P02", "57P03", "53300");

    static final int CONNECTIONS = 16;
    private static final Duration FOR_A_CONNECTION = Duration.ofSeconds(2);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final String url;
    private final Properties properties = new Properties();

    PostgresServer(String url, Optional<String> user, Optional<String> password) {
        this.url = withOptions(url);
        user.ifPresent(name -> properties.setProperty("user", name));
        password.ifPresent(word -> properties.setProperty("password", word));
    }

    static boolean isMeant(String url) {
        return url.startsWith(PREFIX);
    }

    private static String withOptions(String url) {
        Map<String, String> missing = new LinkedHashMap<>();
        OPTIONS.forEach((name, value) -> {
            if (!url.matches("(?s).*[?&]" + name + "=.*")) {
                missing.put(name, value);
            }
        });
        StringBuilder complete = new StringBuilder(url);
        missing.forEach((name, value) -> complete.append(complete.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(value));
        return complete.toString();
    }

    /**
     * Connects once, so that what is wrong is told in words.
     *
     * @return what time it is there
     * @throws DatabaseRefused if it can't be used
     */
    Instant knock() {
        try (Connection connection = connect()) {
            return now(connection);
        } catch (SQLException e) {
            throw new DatabaseRefused(reason(e), e);
        }
    }

    /**
     * Does what a start needs the server for, again and again while it isn't up yet, or goes once more.
     *
     * @param patience how long to wait for it
     * @throws DatabaseRefused if it can't be used
     */
    static <T> T patiently(Duration patience, Supplier<T> work) {
        long end = System.nanoTime() + patience.toNanos();
        boolean said = false;
        while (true) {
            try {
                return work.get();
            } catch (DatabaseRefused e) {
                if (!mayComeUp(e) || System.nanoTime() - end >= 0) {
                    throw e;
                }
                if (!said) {
                    LOG.warn("the database {}; trying for {} s", e.getMessage(), patience.toSeconds());
                    said = true;
                }
                pause(e);
            }
        }
    }

    private static Instant now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SharedSql.NOW)) {
            row.next();
            return Instant.ofEpochMilli(row.getLong(1));
        }
    }

    private static void pause(DatabaseRefused because) {
        try {
            Thread.sleep(BETWEEN_TRIES.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw because;
        }
    }

    /** A connection without the pool. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, properties);
    }

    /** The same, held to what the pool's are held to. */
    Connection connectWithinLimits() throws SQLException {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute(SESSION);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    HikariConfig pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setDataSourceProperties(properties);
        config.setPoolName("ledger");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0); // none is kept back from the other copies where the server has few to give
        config.setConnectionInitSql(SESSION);
        config.setExceptionOverride(new ToReplicasNoMore());
        config.setConnectionTimeout(FOR_A_CONNECTION.toMillis());
        config.setValidationTimeout(Duration.ofSeconds(1).toMillis());
        config.setInitializationFailTimeout(-1); // it was tried already
        return config;
    }

    /** For migrations, which may take long; see {@code Schema.CONSIDERATE}. */
    DataSource withoutLimits() {
        PGSimpleDataSource plain = new PGSimpleDataSource();
        plain.setUrl(url);
        plain.setSocketTimeout(0);
        // The URL may name them instead, and what is set here counts even where it is nothing.
        if (properties.containsKey("user")) {
            plain.setUser(properties.getProperty("user"));
        }
        if (properties.containsKey("password")) {
            plain.setPassword(properties.getProperty("password"));
        }
        return plain;
    }

    /** A connection to a server that has become a replica works, for reading, for as long as the pool keeps it. */
    private static final class ToReplicasNoMore implements SQLExceptionOverride {
        @java.lang.Override
        public Override adjudicate(SQLException failure) {
            return String.valueOf(failure.getSQLState()).equals(READ_ONLY)
                    ? Override.MUST_EVICT
                    : Override.CONTINUE_EVICT;
        }
    }

    /** Whether waiting may help: a server that is starting, or a container whose name isn't known yet. */
    private static boolean mayComeUp(DatabaseRefused refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return COMING_UP.contains(sql.getSQLState())
                        && !has(sql, SSLException.class)
                        && !misspelt(sql.getMessage());
            }
        }
        return false;
    }

    /** The same of whatever was thrown because of it. */
    static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return reason(sql);
            }
        }
        return "can't be used";
    }

    /** What went wrong, for the admin; PostgreSQL's own messages may quote the URL, and are not passed on. */
    static String reason(SQLException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (has(failure, SSLException.class)) {
            return "names a server whose TLS certificate is not accepted; give the driver its authority"
                    + " (?sslmode=verify-full&sslrootcert=/etc/ssl/db-ca.pem)";
        }
        if (message.contains("does not support ssl")) {
            return "asks for TLS (sslmode), which the server doesn't offer; switch it on there";
        }
        if (misspelt(failure.getMessage())) {
            return "asks for an sslmode that the driver doesn't know; disable, prefer, require or verify-full";
        }
        return switch (String.valueOf(failure.getSQLState())) {
            case "99999" -> "is more than PostgreSQL's driver expects; the port is to be one from 1 to 65535";
            case "08001" ->
                has(failure, UnknownHostException.class)
                        ? "names a host that nobody knows"
                        : has(failure, SocketTimeoutException.class)
                                ? "names a server that doesn't answer; perhaps a firewall is between"
                                : "names a server that can't be reached; PostgreSQL is down there, or at another port";
            case "28P01", "08004" ->
                "is refused: wrong user or password; set SWITCHBOARD_DATABASE_USER and SWITCHBOARD_DATABASE_PASSWORD";
            case "28000" ->
                "is refused: the server lets this user in from here not at all, or only with TLS (its pg_hba.conf)";
            case "3D000" -> "names a database that doesn't exist; create it (createdb)";
            case "42501" ->
                "names a database where this user may not create tables; grant it CREATE on the schema, or make it the"
                        + " owner of the database";
            case READ_ONLY -> "names a server that can't be written to, a replica perhaps; name the primary";
            case "53100" -> "names a server that has no space left on its disk; make room there";
            case "53200" -> "names a server that is out of memory";
            case "53300" -> "names a server that has no connection left for us; raise its max_connections";
            case "57P01", "57P02", "57P03" -> "names a server that is starting up or shutting down";
            case "08006", "08003" -> "names a server that has broken the connection";
            default -> "can't be opened (PostgreSQL error " + failure.getSQLState() + ")";
        };
    }

    private static boolean misspelt(@Nullable String message) {
        return String.valueOf(message).toLowerCase(Locale.ROOT).contains("invalid sslmode");
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> cause) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (cause.isInstance(each)) {
                return true;
            }
        }
        return false;
    }
}
