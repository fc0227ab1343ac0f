package dev.switchboard.sandbox.meeting;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** How generations of jitsi-meet's Prosody modules write the same things, as seen of each. */
public enum JitsiDialect {
    /** Prosody's own JSON writer; slashes as they are. */
    DECEMBER_2023,
    /** lua-cjson: an empty list is an object, slashes are escaped, keys come in any order. */
    FEBRUARY_2026,
    /** As the one before, but an empty census is a list, and room names in queries are encoded once. */
    CURRENT;

    /** {@code /room}: one row per session. */
    String rows(String jid, List<Occupant> guests) {
        if (guests.isEmpty()) {
            return this == DECEMBER_2023 ? "[]" : "{}";
        }
        JsonArray rows = new JsonArray();
        for (int i = 0; i < guests.size(); i++) {
            rows.add(row(jid, guests.get(i), i));
        }
        return escaped(Json.write(rows));
    }

    private JsonObject row(String jid, Occupant guest, int position) {
        String[] pairs = {"email", guest.email(), "jid", jid + '/' + guest.session(), "display_name", guest.name()};
        int shift = this == DECEMBER_2023 ? 0 : 2 * ((position + 1) % 3);
        JsonObject row = new JsonObject();
        for (int i = 0; i < pairs.length; i += 2) {
            int at = (i + shift) % pairs.length;
            row.addProperty(pairs[at], pairs[at + 1]);
        }
        return row;
    }

    /** {@code /room-census}. */
    String census(List<JsonObject> rows) {
        if (rows.isEmpty()) {
            return this == CURRENT ? "[]" : "{\"room_census\":{}}";
        }
        return escaped(Json.write(Json.object("room_census", Json.array(rows))));
    }

    private String escaped(String json) {
        return this == DECEMBER_2023 ? json : json.replace("/", "\\/");
    }

    /** The room's name as it is stored, from the decoded parameter; letters keep their case. */
    String stored(String parameter) {
        if (this != CURRENT) {
            return parameter;
        }
        StringBuilder stored = new StringBuilder();
        for (int codePoint : parameter.codePoints().toArray()) {
            String character = Character.toString(codePoint);
            stored.append(
                    character.matches("[A-Za-z0-9._~-]")
                            ? character
                            : URLEncoder.encode(character, StandardCharsets.UTF_8)
                                    .toLowerCase(Locale.ROOT));
        }
        return stored.toString();
    }

    /** Whether, in token mode, a room that isn't there is told apart from one that is not for this token. */
    boolean tellsAbsentFromForbidden() {
        return this == DECEMBER_2023;
    }
}
