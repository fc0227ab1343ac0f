package dev.switchboard.sandbox.meeting;

import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.Json;
import java.util.List;

/** What a tab in a room shows, for the page's script. */
final class Pictures {
    private Pictures() {}

    /** A room with that title, or none when it is empty, for the tab of that session. */
    static JsonObject of(String title, List<Occupant> people, String me) {
        List<JsonObject> tiles = people.stream()
                .map(occupant -> Json.object(
                        "name", occupant.name().isEmpty() ? "Somebody" : occupant.name(),
                        "email", occupant.email(),
                        "muted", occupant.muted(),
                        "me", occupant.session().equals(me)))
                .toList();
        return Json.object("title", title, "people", Json.array(tiles));
    }
}
