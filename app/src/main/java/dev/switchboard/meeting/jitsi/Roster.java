package dev.switchboard.meeting.jitsi;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import dev.switchboard.call.Presence;
import dev.switchboard.call.Presence.Occupant;
import dev.switchboard.meeting.DisplayName;
import dev.switchboard.meeting.OccupantKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.text.StringEscapeUtils;

/**
 * The people of a room, from the rows that {@code /room} answers: one for each tab, in no order, without identity. Names
 * and addresses are what the browser claims, HTML-escaped.
 */
final class Roster {
    private static final Gson STRICT =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>]{1,64}@[^\\s@<>]{1,190}");

    private final List<Row> rows;

    private record Row(String jid, String name, String email) {
        String resource() {
            return jid.substring(jid.indexOf('/') + 1);
        }
    }

    private Roster(List<Row> rows) {
        this.rows = rows;
    }

    /** Any JSON, strictly; empty if it isn't. */
    static Optional<JsonElement> json(String text) {
        try {
            return Optional.ofNullable(STRICT.fromJson(text, JsonElement.class));
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    /** The rows of an answer; empty if it can't be read as such. An empty room is {@code []} or {@code {}}. */
    static Optional<Roster> read(String text) {
        Optional<JsonElement> json = json(text);
        if (json.filter(Roster::isEmptyObject).isPresent()) {
            return Optional.of(new Roster(List.of()));
        }
        if (json.filter(JsonElement::isJsonArray).isEmpty()) {
            return Optional.empty();
        }
        List<Row> rows = new ArrayList<>();
        for (JsonElement element : json.get().getAsJsonArray()) {
            if (!element.isJsonObject()) {
                return Optional.empty();
            }
            JsonObject row = element.getAsJsonObject();
            rows.add(new Row(text(row, "jid"), text(row, "display_name"), text(row, "email")));
        }
        // Reloading a tab changes its address, and so its place; how many there are of a name stays.
        rows.sort(Comparator.comparing(Row::resource));
        return Optional.of(new Roster(rows));
    }

    /** Lua can't tell an empty list from an empty object. */
    static boolean isEmptyObject(JsonElement json) {
        return json.isJsonObject() && json.getAsJsonObject().isEmpty();
    }

    /** The XMPP domain of the rooms, if a row shows it. */
    Optional<String> mucDomain() {
        return rows.stream()
                .map(row -> row.jid().split("/", 2)[0])
                .filter(jid -> jid.indexOf('@') > 0)
                .map(jid -> jid.substring(jid.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT))
                .findFirst();
    }

    /** Each person once: by e-mail address, else by name, the second of a name apart from the first. */
    Presence.Live live() {
        Map<String, Occupant> people = new LinkedHashMap<>();
        Map<String, Integer> ofName = new HashMap<>();
        int nameless = 0;
        for (Row row : rows) {
            Optional<String> name = DisplayName.of(unescaped(row.name()));
            Optional<String> email = Optional.of(unescaped(row.email()).strip())
                    .filter(address -> EMAIL.matcher(address).matches());
            Optional<String> shown =
                    name.or(() -> email.flatMap(address -> DisplayName.of(address.substring(0, address.indexOf('@')))));
            if (shown.isEmpty()) {
                nameless++;
                continue;
            }
            String key = email.map(OccupantKey::ofEmail)
                    .orElseGet(() -> OccupantKey.ofName(shown.get(), ofName.merge(shown.get(), 1, Integer::sum)));
            people.putIfAbsent(key, new Occupant(key, shown.get(), email, Optional.empty(), Optional.empty()));
        }
        return new Presence.Live(List.copyOf(people.values()), nameless);
    }

    /** As it is where it can't be unescaped: anybody may send "&#x110000;", a character that there is not. */
    private static String unescaped(String text) {
        try {
            return StringEscapeUtils.unescapeHtml4(text);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** A member that is a text; anything else counts as an empty one. */
    static String text(JsonObject row, String member) {
        JsonElement value = row.get(member);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }
}
