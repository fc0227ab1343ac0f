package dev.switchboard.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.h2.jdbcx.JdbcDataSource;

/** A ledger in a file that nobody works on: unpacked from a backup, opened, and read from the first row to the last. */
final class LedgerCopy {
    private static final String ZIP = "PK";
    private static final String MV_STORE = "H:2";
    /** Without changing anything, and without holding a whole table. */
    private static final Map<String, String> READING = Map.of("ACCESS_MODE_DATA", "r", "LAZY_QUERY_EXECUTION", "1");
    /** Among a URL's options: H2 refuses to be told twice, and its data source always tells a user. */
    private static final Pattern LOGIN = Pattern.compile(";\\s*(USER|PASSWORD)=([^;]*)", Pattern.CASE_INSENSITIVE);

    private final Path file;
    private final String options;
    private final Optional<String> user;
    private final Optional<String> password;

    /**
     * @param file ends like a file of H2
     * @param options those of the ledger's URL: it may be encrypted
     */
    LedgerCopy(Path file, String options, Optional<String> user, Optional<String> password) {
        this.file = file;
        this.options = options;
        this.user = user;
        this.password = password;
    }

    /**
     * What a ledger holds.
     *
     * @param calls how many Calls there are
     * @param live how many of them are live
     * @param latest the last change of a Call; empty where there is none
     */
    record Contents(long calls, long live, Optional<Instant> latest) {}

    /**
     * Takes the ledger out of a backup, or copies a file of H2 as it is.
     *
     * @throws BackupRefused if the backup is damaged, or none of ours
     */
    static void unpack(Path backup, Path to) throws IOException {
        switch (magic(backup)) {
            case ZIP -> unzip(backup, to);
            case MV_STORE -> Files.copy(backup, to);
            default -> throw new BackupRefused("is not a backup of Switchboard, and no file of H2 either");
        }
    }

    private static String magic(Path backup) throws IOException {
        try (InputStream in = Files.newInputStream(backup)) {
            String three = new String(in.readNBytes(MV_STORE.length()), StandardCharsets.ISO_8859_1);
            return three.startsWith(ZIP) ? ZIP : three;
        }
    }

    private static void unzip(Path backup, Path to) throws IOException {
        try (ZipFile zip = new ZipFile(backup.toFile())) {
            ZipEntry entry = zip.stream()
                    .filter(each -> each.getName().endsWith(LedgerFile.ENDING))
                    .findFirst()
                    .orElseThrow(() -> new BackupRefused("is not a backup of Switchboard: it holds no ledger"));
            // ZipFile finds an archive cut off; what is changed within shows by the sum alone.
            try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
                    OutputStream out = Files.newOutputStream(to)) {
                in.transferTo(out);
                if (in.getChecksum().getValue() != entry.getCrc()) {
                    throw new BackupRefused("is damaged: its checksum is wrong; take another backup");
                }
            }
        } catch (ZipException e) {
            throw new BackupRefused("is damaged or cut off; take another backup", e);
        }
    }

    /**
     * Opens the ledger without changing it, and reads every row.
     *
     * @throws SQLException if it can't be opened or read
     * @throws BackupRefused if it is no ledger, or that of a newer version
     */
    Contents read() throws SQLException {
        DataSource database = database(READING);
        try (Connection connection = database.getConnection()) {
            List<String> tables = tables(connection);
            if (tables.stream().noneMatch("calls"::equalsIgnoreCase)) {
                throw new BackupRefused("holds a database of something else, no ledger of Switchboard");
            }
            requireOurSchema(database);
            readRows(connection, tables);
            return contents(connection);
        }
    }

    /**
     * The same for the ledger itself, whatever the version of its schema.
     *
     * @throws SQLException if it can't be opened
     * @throws DatabaseRefused if it can be opened, but not read to its end
     */
    static void readThrough(LedgerFile ledger, String options, Optional<String> user, Optional<String> password)
            throws SQLException {
        DataSource database = new LedgerCopy(ledger.path(), options, user, password).database(READING);
        try (Connection connection = database.getConnection()) {
            try {
                readRows(connection, tables(connection));
            } catch (SQLException e) {
                throw ledger.unreadable(e);
            }
        }
    }

    private static void readRows(Connection connection, List<String> tables) throws SQLException {
        for (String table : tables) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select * from \"" + table + "\"")) {
                boolean more = true;
                while (more) {
                    more = rows.next(); // reading it is all
                }
            }
        }
    }

    private static void requireOurSchema(DataSource database) {
        MigrationInfo current = Schema.flyway(database, false).info().current();
        if (current == null || current.getVersion() == null) {
            throw new BackupRefused("holds a database of something else, no ledger of Switchboard");
        }
        String version = current.getVersion().getVersion();
        if (current.getState() == MigrationState.FUTURE_SUCCESS) {
            throw new BackupRefused(
                    "holds a ledger of a newer Switchboard (its schema is at " + version + "); run the newer version");
        }
    }

    /** Runs statements on it. */
    void change(List<String> statements) throws SQLException {
        try (Connection connection = database(Map.of()).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Writes the ledger of a bot that isn't running. */
    void copyTo(OutputStream out) throws IOException, SQLException {
        try (Connection connection = database(Map.of("ACCESS_MODE_DATA", "r")).getConnection()) {
            EmbeddedLedger.copy(connection, out);
        }
    }

    private DataSource database(Map<String, String> more) {
        Map<String, String> ours = new LinkedHashMap<>(more);
        ours.put("IFEXISTS", "TRUE");
        ours.put("TRACE_LEVEL_FILE", "0");
        Matcher login = LOGIN.matcher(options);
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(EmbeddedLedger.with(ours, LedgerFile.url(file, login.replaceAll(""))));
        user.ifPresent(database::setUser);
        password.ifPresent(database::setPassword);
        login.reset().results().forEach(option -> {
            if (option.group(1).equalsIgnoreCase("USER")) {
                database.setUser(option.group(2));
            } else {
                database.setPassword(option.group(2));
            }
        });
        return database;
    }

    private static Contents contents(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select count(*), count(live_team), max(changed_at) from calls")) {
            row.next();
            long latest = row.getLong(3);
            boolean changed = !row.wasNull(); // asks about the column read last
            return new Contents(
                    row.getLong(1),
                    row.getLong(2),
                    changed ? Optional.of(Instant.ofEpochMilli(latest)) : Optional.empty());
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = connection.getMetaData().getTables(null, "PUBLIC", null, new String[] {"BASE TABLE"})) {
            while (rows.next()) {
                tables.add(rows.getString("TABLE_NAME"));
            }
        }
        return tables;
    }
}
