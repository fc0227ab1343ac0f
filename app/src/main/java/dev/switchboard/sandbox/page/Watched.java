package dev.switchboard.sandbox.page;

import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.Json;

/**
 * What a page shows.
 *
 * @param as the name of the person in front of it
 * @param in the id or name of the conversation, or {@code home} for the app's Home tab
 * @param panel whether what goes over the wire is shown too
 */
record Watched(String as, String in, boolean panel) {
    static Watched read(JsonObject json) {
        return new Watched(
                Json.text(json, "as").orElse(""), Json.text(json, "in").orElse(""), Json.truth(json, "panel"));
    }
}
