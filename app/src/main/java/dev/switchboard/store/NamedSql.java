package dev.switchboard.store;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement with named parameters as JDBC wants it.
 *
 * @param positional with a question mark in the place of each parameter
 * @param names of the parameters, in their order
 */
record NamedSql(String positional, List<String> names) {
    NamedSql {
        names = List.copyOf(names);
    }

    /** Reads a statement whose parameters are written {@code :name}; what is quoted is left alone. */
    static NamedSql of(String sql) {
        StringBuilder positional = new StringBuilder(sql.length());
        List<String> names = new ArrayList<>();
        for (int at = 0; at < sql.length(); ) {
            char character = sql.charAt(at);
            int end = character == '\''
                    ? sql.indexOf('\'', at + 1) + 1
                    : character == ':' ? endOfName(sql, at + 1) : at + 1;
            if (character == ':') {
                names.add(sql.substring(at + 1, end));
                positional.append('?');
            } else {
                positional.append(sql, at, end);
            }
            at = end;
        }
        return new NamedSql(positional.toString(), names);
    }

    private static int endOfName(String sql, int start) {
        int end = start;
        while (end < sql.length() && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
            end++;
        }
        return end;
    }
}
