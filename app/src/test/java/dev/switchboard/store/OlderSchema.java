package dev.switchboard.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A ledger as an older version left it, with a Call in it of which every column says something. */
final class OlderSchema {
    private static final List<String> TABLES =
            List.of("calls", "participants", "announcements", "response_urls", "deliveries", "watches");

    private static final String POSTGRESQL = "jdbc:postgresql:";

    private OlderSchema() {}

    /** Makes one by the scripts up to that one. */
    static void make(String url, String user, String password, int version) throws SQLException {
        Flyway newest = Schema.flyway(source(url, user, password), url.startsWith(POSTGRESQL));
        Flyway.configure()
                .configuration(newest.getConfiguration())
                .target(String.valueOf(version))
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(aRow(statement, table));
            }
        }
    }

    /** All that is in it, table by table. */
    static Map<String, List<Map<String, @Nullable Object>>> content(String url, String user, String password)
            throws SQLException {
        Map<String, List<Map<String, @Nullable Object>>> content = new HashMap<>();
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                content.put(table, rows(statement, table));
            }
        }
        return content;
    }

    private static List<Map<String, @Nullable Object>> rows(Statement statement, String table) throws SQLException {
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("select * from " + table)) {
            ResultSetMetaData columns = rows.getMetaData();
            while (rows.next()) {
                Map<String, @Nullable Object> row = new HashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.put(columns.getColumnName(i).toLowerCase(Locale.ROOT), rows.getObject(i));
                }
                list.add(row);
            }
        }
        return list;
    }

    /** Its values tell the columns apart, but for ids, which are all that of the one Call. */
    private static String aRow(Statement statement, String table) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        try (ResultSet none = statement.executeQuery("select * from " + table)) {
            ResultSetMetaData columns = none.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                names.add(columns.getColumnName(i));
                values.add(
                        switch (columns.getColumnTypeName(i).toLowerCase(Locale.ROOT)) {
                            case "uuid" -> "cast('018f0000-0000-7000-8000-000000000001' as uuid)";
                            case "boolean", "bool" -> "true";
                            case "bigint", "int8", "integer", "int4" -> String.valueOf(i);
                            default -> "'" + table.charAt(0) + i + "'";
                        });
            }
        }
        return "insert into " + table + " (" + String.join(", ", names) + ") values (" + String.join(", ", values)
                + ")";
    }

    private static DataSource source(String url, String user, String password) {
        if (url.startsWith(POSTGRESQL)) {
            PGSimpleDataSource postgres = new PGSimpleDataSource();
            postgres.setUrl(url);
            postgres.setUser(user);
            postgres.setPassword(password);
            return postgres;
        }
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL(url);
        h2.setUser(user);
        h2.setPassword(password);
        return h2;
    }
}
