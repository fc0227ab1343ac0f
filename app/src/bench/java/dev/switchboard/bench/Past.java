package dev.switchboard.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Years of ended Calls in a ledger. One Call that the bot itself has led from start to end is the pattern: its rows, in
 * whatever tables and columns the schema has by now, are written again and again, each time as another Call of another
 * moment.
 */
final class Past {
    private static final int BATCH = 10_000;

    /** Between two Calls: a million of them take four years. */
    private static final long APART_MILLIS = 126_000;

    /** What looks like a moment of our time, in milliseconds. */
    private static final long A_MOMENT = 1_000_000_000_000L;

    private Past() {}

    /** Writes so many copies of the one Call of that title into the ledger, which no bot has open. */
    static void write(String url, String title, int copies) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            UUID pattern = find(connection, title);
            List<String> tables = tables(connection);
            List<String> bound = new ArrayList<>(tables);
            bound.add("RESPONSE_URLS"); // which holds on to Calls by a foreign key
            // Rows that find their place in ten indexes each take an hour; indexes made of all rows at once, minutes.
            List<String> keysAndIndexes = script(statement, bound);
            dropKeysAndIndexes(statement, bound);
            for (String table : tables) {
                copy(connection, table, pattern, copies);
            }
            for (String sql : keysAndIndexes) {
                statement.execute(sql);
            }
            statement.execute("analyze");
            connection.commit();
            // As H2 itself does in quiet moments; such haste leaves most of the file to be tidied up.
            statement.execute("shutdown compact");
        }
    }

    /** The statements that make the keys and indexes of those tables, foreign keys last. */
    private static List<String> script(Statement statement, List<String> tables) throws SQLException {
        List<String> keysAndIndexes = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("script nodata nosettings table " + String.join(",", tables))) {
            while (rows.next()) {
                String sql = rows.getString(1);
                if (sql.contains(" FOREIGN KEY")) {
                    foreign.add(sql);
                } else if (sql.contains(" ADD CONSTRAINT ") || sql.matches("(?s)CREATE (\\S+ )*INDEX .*")) {
                    keysAndIndexes.add(sql);
                }
            }
        }
        keysAndIndexes.addAll(foreign);
        return keysAndIndexes;
    }

    private static void dropKeysAndIndexes(Statement statement, List<String> tables) throws SQLException {
        String in = " in ('" + String.join("','", tables) + "')";
        List<String> drops = new ArrayList<>();
        String constraints = "select 'alter table ' || table_name || ' drop constraint ' || constraint_name"
                + " from information_schema.table_constraints where table_name" + in + " and constraint_type";
        String indexes = "select 'drop index ' || index_name from information_schema.indexes"
                + " where not is_generated and table_name" + in;
        // Foreign keys hold indexes, and indexes hold nothing.
        for (String query : List.of(constraints + " = 'FOREIGN KEY'", indexes, constraints + " <> 'FOREIGN KEY'")) {
            try (ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    drops.add(rows.getString(1));
                }
            }
        }
        for (String drop : drops) {
            statement.execute(drop);
        }
    }

    private static UUID find(Connection connection, String title) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select id from calls where title = ?")) {
            query.setString(1, title);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getObject(1, UUID.class);
            }
        }
    }

    /** The Calls, and then all that belongs to one; but for response URLs, which expire. */
    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>(List.of("CALLS"));
        try (PreparedStatement query = connection.prepareStatement(
                        "select table_name from information_schema.columns where table_schema = 'PUBLIC'"
                                + " and column_name = 'CALL_ID' and table_name <> 'RESPONSE_URLS' order by table_name");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private static void copy(Connection connection, String table, UUID pattern, int copies) throws SQLException {
        String key = table.equals("CALLS") ? "id" : "call_id";
        List<String> columns = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement("select * from " + table + " where " + key + " = ?")) {
            query.setObject(1, pattern);
            try (ResultSet found = query.executeQuery()) {
                ResultSetMetaData facts = found.getMetaData();
                for (int i = 1; i <= facts.getColumnCount(); i++) {
                    columns.add(facts.getColumnName(i).toLowerCase(Locale.ROOT));
                }
                while (found.next()) {
                    Object[] row = new Object[columns.size()];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = found.getObject(i + 1);
                    }
                    rows.add(row);
                }
            }
        }
        String values = String.join(",", Collections.nCopies(columns.size(), "?"));
        String insert = "insert into " + table + " (" + String.join(",", columns) + ") values (" + values + ")";
        try (PreparedStatement batch = connection.prepareStatement(insert)) {
            for (int copy = 1; copy <= copies; copy++) {
                for (int row = 0; row < rows.size(); row++) {
                    Object[] written = rows.get(row);
                    for (int i = 0; i < written.length; i++) {
                        batch.setObject(
                                i + 1, another(table, columns.get(i), Optional.ofNullable(written[i]), copy, row));
                    }
                    batch.addBatch();
                }
                if (copy % BATCH == 0) {
                    batch.executeBatch();
                    connection.commit();
                }
            }
            batch.executeBatch();
            connection.commit();
        }
    }

    /** What stands in that column of the copy. */
    private static @Nullable Object another(String table, String column, Optional<Object> pattern, int copy, int row) {
        if (pattern.isEmpty()) {
            return null;
        }
        Object value = pattern.get();
        return switch (column) {
            case "due_at", "leased_until" -> null; // nothing is owed to what is past
            case "call_id" -> id("CALLS", copy, 0);
            case "id" -> id(table, copy, row);
            case "room_key", "join_url", "slack_id", "posted_ts" -> value + "-" + copy;
            case "title", "slack_title" -> "Weekly sync " + copy;
            default -> value instanceof Long moment && moment > A_MOMENT ? moment - copy * APART_MILLIS : value;
        };
    }

    /** Scattered over the index, as random ids are, and the same again for the same copy. */
    private static UUID id(String table, int copy, int row) {
        byte[] name = ByteBuffer.allocate(table.length() + 8)
                .put(table.getBytes(StandardCharsets.UTF_8))
                .putInt(copy)
                .putInt(row)
                .array();
        return UUID.nameUUIDFromBytes(name);
    }
}
