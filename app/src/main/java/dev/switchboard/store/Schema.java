package dev.switchboard.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger's tables, made by numbered scripts. */
final class Schema {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final String SCRIPTS = "classpath:dev/switchboard/store";

    /** Where the two databases need different ones. */
    private static final String SCRIPTS_OF_H2 = SCRIPTS + "_h2";

    private static final String SCRIPTS_OF_POSTGRESQL = SCRIPTS + "_postgresql";

    /**
     * While copies are upgraded one by one, the older ones go on beside the newer schema, and have to come back when
     * they are restarted meanwhile. So a script only adds what older versions can pass over, and has a number below
     * this one; a script that older versions can't live with gets this number, whereupon they refuse to start.
     */
    private static final MigrationVersion NOT_FOR_US = MigrationVersion.fromVersion("100");

    /** The number of the newest script. */
    static final int NEWEST = 5;

    private static final String HISTORY =
            "select \"version\", \"success\" from \"flyway_schema_history\" where \"version\" is not null"
                    + " order by \"installed_rank\"";

    /** H2 opens a damaged file where it finds the beginning of its catalogue, with the tables that it finds. */
    private static final List<String> TABLES =
            List.of("calls", "participants", "announcements", "response_urls", "deliveries", "watches");

    private static final String INCOMPLETE =
            "names a database where tables are missing, so it is damaged or was changed by hand; ";

    /**
     * What a migration is held to on a server where other copies are at work. Whoever waits for a table has everybody
     * else wait behind it: so it waits for a second, less than they have patience for, and comes back. And should this
     * process be stopped in the middle, the server takes the table from it.
     */
    private static final String CONSIDERATE = "set lock_timeout = '1s'; set idle_in_transaction_session_timeout = '2s'";

    /** SQLSTATEs of PostgreSQL: no lock to be had in time, a deadlock, stopped in the middle. */
    private static final Set<String> HELD_UP = Set.of("55P03", "40P01", "25P03");

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

    /** SQLSTATEs of PostgreSQL, and of H2. */
    private static final Set<String> NO_SUCH_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

    private static final String NEWER =
            "has a schema that this version can't work with (it was written by a newer Switchboard, or changed"
                    + " by hand); run the newer version again, or name another database";

    private Schema() {}

    /**
     * Brings the schema up to date.
     *
     * @param shared whether newer versions may be at work on the database at the same time; a file that one process has
     *     for itself was left by a newer version only if somebody went back, which is better done knowingly
     * @throws DatabaseRefused if that can't be done, or the schema is too new, or has lost tables
     */
    static void migrate(DataSource database, boolean shared) {
        // To have Flyway find out that there is nothing to do would be a quarter of the start.
        if (!isUpToDate(database)) {
            if (shared) {
                migrateAmongOthers(database);
            } else {
                migrateByScripts(database, false);
                write(database);
            }
        }
        requireTables(database, shared);
    }

    /** Tries until the tables are free for as long as it takes: other copies go on meanwhile, and so may a dump. */
    private static void migrateAmongOthers(DataSource database) {
        for (int tries = 1; ; tries++) {
            try {
                migrateByScripts(database, true);
                return;
            } catch (DatabaseRefused e) {
                if (!isHeldUp(e)) {
                    throw e;
                }
                if (tries == 1) {
                    LOG.warn("the database's tables can't be changed yet, since something else is at work on them (a"
                            + " dump, say); tried again every few seconds until they can");
                }
                pause(e);
            }
        }
    }

    private static boolean isHeldUp(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && HELD_UP.contains(String.valueOf(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    private static void pause(DatabaseRefused because) {
        try {
            Thread.sleep(BETWEEN_TRIES.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw because;
        }
    }

    private static void migrateByScripts(DataSource database, boolean shared) {
        try {
            Flyway flyway = flyway(database, shared);
            flyway.migrate();
            if (Arrays.stream(flyway.info().applied())
                    .map(MigrationInfo::getVersion)
                    .anyMatch(version -> version != null && version.isAtLeast(NOT_FOR_US.getVersion()))) {
                throw new DatabaseRefused(NEWER, null);
            }
        } catch (FlywayException e) {
            throw new DatabaseRefused(shared ? reason(e) : NEWER, e);
        }
    }

    /** H2 has it in memory only; opened again after an outage it would be the old schema. */
    private static void write(DataSource database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("checkpoint");
        } catch (SQLException e) {
            throw new DatabaseRefused(Outage.words(e) + "; make room on its disk, then start again", e);
        }
    }

    private static void requireTables(DataSource database, boolean shared) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement
                        .executeQuery("select 1 from " + table + " where 1 = 0")
                        .close();
            }
        } catch (SQLException e) {
            boolean missing = NO_SUCH_TABLE.contains(String.valueOf(e.getSQLState()));
            throw new DatabaseRefused(missing ? incomplete(shared) : reason(e, shared), e);
        }
    }

    /** Whether exactly our scripts have been applied, as nearly every start finds it. */
    static boolean isUpToDate(DataSource database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(HISTORY)) {
            int next = 1;
            while (rows.next()) {
                if (!String.valueOf(next).equals(rows.getString(1)) || !rows.getBoolean(2)) {
                    return false;
                }
                next++;
            }
            return next == NEWEST + 1;
        } catch (SQLException e) {
            return false; // no schema yet, or trouble that Flyway is going to have words for
        }
    }

    /** The number of the last script that was applied, where ours go on from there; empty otherwise. */
    static Optional<Integer> older(Connection connection) throws SQLException {
        List<String> applied = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(HISTORY)) {
            while (rows.next()) {
                applied.add(rows.getBoolean(2) ? rows.getString(1) : "failed");
            }
        }
        List<String> first = IntStream.rangeClosed(1, applied.size())
                .mapToObj(String::valueOf)
                .toList();
        return Optional.of(applied.size()).filter(last -> last > 0 && last < NEWEST && applied.equals(first));
    }

    static Flyway flyway(DataSource database, boolean shared) {
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(database)
                .locations(SCRIPTS, shared ? SCRIPTS_OF_POSTGRESQL : SCRIPTS_OF_H2)
                .validateMigrationNaming(true)
                .ignoreMigrationPatterns(shared ? new String[] {"*:future"} : new String[0]);
        if (shared) {
            configuration.initSql(CONSIDERATE);
            // The session that sits idle meanwhile, with Flyway's lock on migrations, is not to be in a transaction.
            configuration
                    .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                    .setTransactionalLock(false);
        }
        return configuration.load();
    }

    private static String incomplete(boolean shared) {
        return INCOMPLETE + (shared ? "restore a backup" : LedgerFile.WHAT_TO_DO);
    }

    private static String reason(SQLException failure, boolean shared) {
        return shared ? PostgresServer.reason(failure) : EmbeddedLedger.reason(failure);
    }

    private static String reason(FlywayException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return PostgresServer.reason(sql);
            }
        }
        return NEWER;
    }
}
