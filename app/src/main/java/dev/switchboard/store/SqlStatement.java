package dev.switchboard.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One statement of a {@link Session}, to be given its parameters and run once. */
final class SqlStatement {
    private final Connection connection;
    private Function<String, NamedSql> reader;
    private String sql;
    private final Map<String, @Nullable Object> values = new HashMap<>();

    /** @param reader which may remember what it has read */
    SqlStatement(Connection connection, Function<String, NamedSql> reader, String sql) {
        this.connection = connection;
        this.reader = reader;
        this.sql = sql;
    }

    /** What becomes of a row. */
    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** Gives a parameter its value: a text, a number, a truth value, a UUID or null. */
    SqlStatement bind(String name, @Nullable Object value) {
        values.put(name, value);
        return this;
    }

    /** Gives parameters their values; those that the statement doesn't have are passed over. */
    SqlStatement bindMap(Map<String, ? extends @Nullable Object> columns) {
        values.putAll(columns);
        return this;
    }

    /** Writes as many parameters in the place of {@code <name>} as there are values, which must be one or more. */
    SqlStatement bindList(String name, List<?> list) {
        StringJoiner parameters = new StringJoiner(", ");
        for (int i = 0; i < list.size(); i++) {
            parameters.add(":" + name + i);
            values.put(name + i, list.get(i));
        }
        reader = NamedSql::of; // there are as many of these statements as there are lengths of lists
        sql = sql.replace("<" + name + ">", parameters.toString());
        return this;
    }

    /** Runs it; how many rows it changed. */
    int execute() {
        try (PreparedStatement statement = prepare()) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new Session.Failed(e);
        }
    }

    /** Runs it; its rows. */
    <T> List<T> list(RowMapper<T> mapper) {
        try (PreparedStatement statement = prepare();
                ResultSet rows = statement.executeQuery()) {
            List<T> list = new ArrayList<>();
            while (rows.next()) {
                list.add(mapper.map(rows));
            }
            return list;
        } catch (SQLException e) {
            throw new Session.Failed(e);
        }
    }

    /** Runs it; the first column of its rows. */
    <T> List<T> list(Class<T> type) {
        return list(row -> row.getObject(1, type));
    }

    /** Runs it; its only row, or the first. */
    <T> Optional<T> first(RowMapper<T> mapper) {
        return list(mapper).stream().findFirst();
    }

    /** Runs it; the first column of its only row, or the first, unless that is null. */
    <T> Optional<T> first(Class<T> type) {
        return list(type).stream().filter(Objects::nonNull).findFirst();
    }

    /** Runs it; whether there is any row. */
    boolean any() {
        return !list(row -> row).isEmpty();
    }

    private PreparedStatement prepare() throws SQLException {
        NamedSql read = reader.apply(sql);
        PreparedStatement statement = connection.prepareStatement(read.positional());
        try {
            int position = 0;
            for (String name : read.names()) {
                position++;
                statement.setObject(position, value(name));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private @Nullable Object value(String name) {
        Object value = values.get(name);
        if (value == null && !values.containsKey(name)) {
            throw new IllegalArgumentException("no value for :" + name + " in " + sql);
        }
        return value;
    }
}
