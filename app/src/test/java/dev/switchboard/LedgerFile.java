package dev.switchboard;

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
import java.util.Optional;

/** What is in a ledger, by plain SQL and without a word of the program's. */
public final class LedgerFile {
    private LedgerFile() {}

    /** The first number that a query gives. */
    public static long number(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** A row: its columns by their names in lower case; null is left out. */
    public record Row(Map<String, String> columns) {
        /** Empty where it is null. */
        public Optional<String> text(String column) {
            return Optional.ofNullable(columns.get(column));
        }

        /** Empty where it is null. */
        public String get(String column) {
            return text(column).orElse("");
        }
    }

    /** All rows that a query gives. */
    public static List<Row> rows(String url, String sql) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            ResultSetMetaData names = rows.getMetaData();
            while (rows.next()) {
                Map<String, String> columns = new HashMap<>();
                for (int i = 1; i <= names.getColumnCount(); i++) {
                    String value = rows.getString(i);
                    if (value != null) {
                        columns.put(names.getColumnLabel(i).toLowerCase(Locale.ROOT), value);
                    }
                }
                found.add(new Row(columns));
            }
        }
        return found;
    }
}
