package dev.switchboard.store;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every statement that reads or changes rows of the ledger, with values as in a ledger with a {@link LongPast}. */
final class Statements {
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-zA-Z_]+)");
    private static final Pattern OF_ROWS = Pattern.compile("(select|update|delete) ");

    /** How far back a history is read, for somebody who may see little of it. */
    static final int LOOKED_AT = 50;

    /** Later than all there is. */
    private static final long NOW = LongPast.CALLS + 1_000L;

    private static final Map<String, Object> VALUES = Map.ofEntries(
            Map.entry("slackId", "R" + LongPast.SOME),
            Map.entry("team", "T1"),
            Map.entry("room", "room" + LongPast.SOME),
            Map.entry("channel", "C1"),
            Map.entry("user", "U_NOBODY"),
            Map.entry("guest", 0),
            Map.entry("most", 10),
            Map.entry("lookedAt", LOOKED_AT),
            Map.entry("ts", "1"),
            Map.entry("link", "l"),
            Map.entry("copy", UUID.randomUUID()),
            Map.entry("now", NOW),
            Map.entry("by", NOW),
            Map.entry("seenBy", NOW),
            Map.entry("until", NOW),
            Map.entry("token", 1L),
            Map.entry("revision", 1L),
            Map.entry("next", NOW),
            Map.entry("before", (long) LongPast.SOME),
            Map.entry("from", LongPast.SOME_ID),
            Map.entry("to", LongPast.SOME_ID));

    private Statements() {}

    /**
     * A statement.
     *
     * @param name of its constant
     */
    record Named(String name, String sql) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** All of {@link Sql}; not what a backup does once, or a full disk. */
    static List<Named> all() {
        List<Named> all = new ArrayList<>();
        for (Field field : Sql.class.getDeclaredFields()) {
            if (field.getName().equals("TRIAL") || field.getName().equals("AFTER_RESTORING")) {
                continue;
            }
            for (String sql : statements(field)) {
                if (OF_ROWS.matcher(sql).lookingAt()) {
                    all.add(new Named(field.getName(), sql));
                }
            }
        }
        return all;
    }

    private static List<String> statements(Field field) {
        try {
            Object value = field.get(null);
            if (value instanceof Sql.Row row) {
                return List.of(row.update());
            }
            return value instanceof List<?> list
                    ? list.stream().map(String.class::cast).toList()
                    : value instanceof String sql ? List.of(sql) : List.of();
        } catch (IllegalAccessException e) {
            return List.of(); // a part of others
        }
    }

    /** Its plan, with the values of other parameters than usual. */
    static String plan(Session session, String explain, String sql, Map<String, ?> others) {
        SqlStatement query = session.sql(explain + " " + sql);
        Map<String, Object> values = new HashMap<>(VALUES);
        // What would be written is null, which is none of a plan's business as long as no row is found.
        UUID call = sql.startsWith("select") ? LongPast.SOME_ID : UUID.randomUUID();
        List.of("id", "call", "call_id").forEach(name -> values.put(name, call));
        values.putAll(others);
        Matcher parameter = PARAMETER.matcher(sql);
        while (parameter.find()) {
            query.bind(parameter.group(1), values.get(parameter.group(1)));
        }
        if (sql.contains("<calls>")) {
            query.bindList("calls", List.of(call, UUID.randomUUID()));
        }
        return String.join("\n", query.list(String.class));
    }
}
