package dev.switchboard.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.switchboard.call.Allowances;
import dev.switchboard.call.CallStore;
import dev.switchboard.call.RequestTimes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipOutputStream;
import org.h2.api.ErrorCode;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger in an H2 of this process's own, in a file or, for tests, in memory. */
final class EmbeddedLedger extends LedgerDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedLedger.class);

    /**
     * What we rely on, unless the admin's URL says otherwise. LOCK_TIMEOUT: commands on one Call queue
     * up rather than fail. DB_CLOSE_ON_EXIT: we close it ourselves, after the last step under way is recorded.
     * QUERY_CACHE_SIZE: room for all our statements, which H2 would otherwise parse again and again.
     * TRACE_LEVEL_FILE=0: no second log beside ours, with statements and stack traces in it.
     */
    private static final Map<String, String> H2_OPTIONS = Map.of(
            "LOCK_TIMEOUT", "10000", "DB_CLOSE_ON_EXIT", "FALSE", "TRACE_LEVEL_FILE", "0", "QUERY_CACHE_SIZE", "64");

    /**
     * In milliseconds: H2 writes nothing by itself, what it would we do at a better moment ({@link Commits},
     * {@link Upkeep}). What H2 has written the operating system still holds: a kill loses nothing, a power cut may lose
     * the last seconds. For whoever opens the database alone: a connection that names it again would start the threads
     * that {@link Upkeep#takeOver} has ended.
     */
    private static final Map<String, String> WRITE_DELAY = Map.of("WRITE_DELAY", String.valueOf(Upkeep.NEVER));

    private static final int CONNECTIONS = 16;

    /** Transactions of an embedded database at once: more than that compete for it and get less done. */
    private static final int AT_ONCE = 4;

    /** Hardly anything is put off for longer but by a clock that was ahead; what Slack put off so is asked once too early. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    /** Slack stops waiting for an acknowledgement after 3 s. */
    private static final Duration PATIENCE = Duration.ofMillis(2_500);

    private final Optional<LedgerFile> file;
    private final Outage outage;
    private final Upkeep upkeep;
    private Optional<CopySocket> copySocket = Optional.empty();
    private Optional<Path> newFile = Optional.empty();

    private EmbeddedLedger(HikariDataSource pool, Optional<LedgerFile> file, Outage outage) {
        super(pool, UUID.randomUUID(), Commits.shared(AT_ONCE, outage::flush, outage::generation), outage);
        this.file = file;
        this.outage = outage;
        this.upkeep = Upkeep.of(outage, commits(), file);
    }

    /** A look at a ledger that is there, without bringing it up to date. */
    static Connection look(String url, Optional<String> user, Optional<String> password) throws SQLException {
        String complete = with(Map.of("IFEXISTS", "TRUE"), with(H2_OPTIONS, url));
        LedgerFile.of(url).ifPresent(present -> present.prepare(LedgerFile.isEncrypted(url)));
        return connect(complete, user, password);
    }

    /** Reads every row of a ledger that is there, and changes nothing. */
    static void readThrough(LedgerFile file, String url, Optional<String> user, Optional<String> password) {
        try {
            file.requireContents(LedgerFile.isEncrypted(url));
            if (file.isMade()) {
                LedgerCopy.readThrough(file, LedgerFile.options(url), user, password);
            }
        } catch (SQLException e) {
            throw new DatabaseRefused(reason(e), e);
        }
    }

    static EmbeddedLedger at(String url, Optional<String> user, Optional<String> password) {
        String shared = with(H2_OPTIONS, url);
        String complete = with(WRITE_DELAY, shared);
        // What has been opened once is never made anew, should its file be gone one day.
        Map<String, String> ifThere = Map.of("IFEXISTS", "TRUE");
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(with(ifThere, shared));
        config.setConnectionTimeout(PATIENCE.toMillis());
        user.ifPresent(config::setUsername);
        password.ifPresent(config::setPassword);
        config.setPoolName("ledger");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0); // the anchor keeps H2's file open, and nobody opens it behind an outage's back
        Optional<LedgerFile> file = LedgerFile.of(url);
        file.ifPresent(present -> present.prepare(LedgerFile.isEncrypted(url)));
        // Of a file that was there its owner has decided who may read it.
        Optional<LedgerFile> made = file.filter(LedgerFile::beginIfNew);
        try {
            Connection anchor = anchor(complete, user, password);
            made.ifPresent(LedgerFile::keepToOwner);
            Outage outage = new Outage(anchor, () -> anchor(with(ifThere, complete), user, password));
            config.setExceptionOverride(outage.ear());
            HikariDataSource pool = new HikariDataSource(config);
            outage.onBreak(() -> pool.getHikariPoolMXBean().softEvictConnections());
            EmbeddedLedger ledger = new EmbeddedLedger(pool, file, outage);
            try {
                ledger.commits().alone(() -> Schema.migrate(pool, false));
                made.ifPresent(LedgerFile::made);
                ledger.newFile = made.map(LedgerFile::path);
                return ledger;
            } catch (RuntimeException e) {
                ledger.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new DatabaseRefused(reason(e), e);
        } catch (HikariPool.PoolInitializationException e) {
            throw new DatabaseRefused("can't be opened a second time (" + Trouble.words(e) + ")", e);
        }
    }

    /** Frees what a process that is gone had under way: nobody else can be at work on it. */
    @Override
    public void join(Clock machine) {
        try {
            // Where this is lost there was a kill, and the next start frees them again.
            commits()
                    .lazily(() -> transactions()
                            .one(session -> session.sql(Sql.RELEASE).execute()
                                    + session.sql(Sql.RELEASE_LOOKS).execute()
                                    + session.sql(Sql.TOO_LATE)
                                            .bind(
                                                    "until",
                                                    machine.instant()
                                                            .plus(LONGEST_WAIT)
                                                            .toEpochMilli())
                                            .execute()));
        } catch (CallStore.Unavailable e) {
            LOG.debug("started on a disk that is full: the outage frees them at its end");
        }
    }

    @Override
    public Clock clock(Clock machine) {
        return machine;
    }

    /** Nobody takes anything over while this process lives. */
    @Override
    Duration trusted() {
        return RequestTimes.TRUSTED_ALONE;
    }

    @Override
    boolean shared() {
        return false;
    }

    @Override
    public Optional<Path> newFile() {
        return newFile;
    }

    @Override
    public Optional<Allowances> allowances() {
        return Optional.empty();
    }

    Outage outage() {
        return outage;
    }

    @Override
    public void close() {
        copySocket.ifPresent(CopySocket::close);
        upkeep.close();
        super.close();
        outage.close();
    }

    @Override
    public void giveCopies() {
        file.ifPresent(present -> {
            try {
                copySocket = Optional.of(CopySocket.listen(present, this::copyTo));
            } catch (IOException | RuntimeException e) {
                LOG.warn(
                        "no backups while the bot runs: {} can't be listened on ({})",
                        present.socket(),
                        String.valueOf(e.getMessage()));
            }
        });
    }

    private void copyTo(OutputStream out) throws IOException {
        try (Connection connection = dataSource().getConnection()) {
            MVStore store = store(connection);
            long[] size = {0};
            try {
                // From here on no space is reused, and the copy ends where no transaction was half done.
                commits().alone(() -> {
                    outage.flush();
                    store.setReuseSpace(false);
                    size[0] = store.getFileStore().size();
                });
                copy(store, size[0], out);
            } finally {
                store.setReuseSpace(true);
            }
        } catch (SQLException e) {
            throw new IOException("the ledger can't be read, H2 error " + e.getErrorCode(), e);
        }
    }

    /** The same for a ledger that nobody works on. */
    static void copy(Connection connection, OutputStream out) throws IOException, SQLException {
        MVStore store = store(connection);
        if (!store.isReadOnly()) {
            store.commit();
        }
        copy(store, store.getFileStore().size(), out);
    }

    /**
     * Writes so many bytes of H2's file as a zip, like H2's own BACKUP TO, but to a stream: so it is the reader's rights
     * that count where the copy is kept. Meanwhile H2 appends to its file and reuses no space; nobody waits.
     */
    private static void copy(MVStore store, long size, OutputStream out) throws IOException {
        ZipOutputStream zip = new BoundedZip(out, size);
        zip.setLevel(Deflater.BEST_SPEED);
        store.getFileStore().backup(zip);
        zip.finish();
        out.flush();
    }

    /**
     * What is behind a connection of H2.
     *
     * @throws SQLException if the connection is closed, or none of H2
     */
    static MVStore store(Connection connection) throws SQLException {
        if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
            try {
                return session.getDatabase().getStore().getMvStore();
            } catch (DbException e) {
                throw e.getSQLException(); // its database was closed, the connection not yet
            }
        }
        throw new SQLException("no open connection of H2", null, ErrorCode.OBJECT_CLOSED);
    }

    /** The URL with options that it doesn't have yet. */
    static String with(Map<String, String> options, String url) {
        String upper = url.toUpperCase(Locale.ROOT);
        StringBuilder complete = new StringBuilder(url);
        if (upper.startsWith("JDBC:H2:MEM:") && !upper.contains(";DB_CLOSE_DELAY=")) {
            complete.append(";DB_CLOSE_DELAY=-1"); // or it would vanish with its last connection
        }
        options.forEach((name, value) -> {
            if (!upper.contains(";" + name + "=")) {
                complete.append(';').append(name).append('=').append(value);
            }
        });
        return complete.toString();
    }

    /** A connection that keeps the database open, which nobody writes to but us. */
    private static Connection anchor(String url, Optional<String> user, Optional<String> password) throws SQLException {
        Connection connection = connect(url, user, password);
        try {
            Upkeep.takeOver(store(connection));
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** One connection without the pool, whose failures would come wrapped, late and logged with a trace. */
    private static Connection connect(String url, Optional<String> user, Optional<String> password)
            throws SQLException {
        Properties properties = new Properties();
        user.ifPresent(name -> properties.setProperty("user", name));
        password.ifPresent(word -> properties.setProperty("password", word));
        return DriverManager.getConnection(url, properties);
    }

    static String reason(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                "is held by another process; stop the other Switchboard, or give each its own file";
            case ErrorCode.WRONG_USER_OR_PASSWORD, ErrorCode.WRONG_PASSWORD_FORMAT ->
                "refuses the user or password; set SWITCHBOARD_DATABASE_USER and SWITCHBOARD_DATABASE_PASSWORD";
            case ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_VERSION_ERROR_1 ->
                "names a file that is damaged, or no database of this version of H2; " + LedgerFile.WHAT_TO_DO;
            case ErrorCode.UNSUPPORTED_SETTING_1,
                    ErrorCode.URL_FORMAT_ERROR_2,
                    ErrorCode.URL_RELATIVE_TO_CWD,
                    ErrorCode.DUPLICATE_PROPERTY_1 -> "is not a URL that H2 understands";
            case ErrorCode.IO_EXCEPTION_1, ErrorCode.IO_EXCEPTION_2 ->
                "names a file that is damaged, or on a disk that is full; make room, " + LedgerFile.WHAT_TO_DO;
            default -> "can't be opened (H2 error " + failure.getErrorCode() + ")";
        };
    }
}
