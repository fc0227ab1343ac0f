package dev.switchboard;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.Workspace;
import java.util.UUID;

/** Payloads as Slack writes them, for what no person of the sandbox would type. */
final class Payloads {
    private Payloads() {}

    /** An event of the Events API. */
    static JsonObject event(Workspace workspace, String eventId, JsonObject event) {
        JsonObject payload = new JsonObject();
        payload.addProperty("type", "event_callback");
        payload.addProperty("team_id", workspace.id());
        payload.addProperty("event_id", eventId);
        payload.addProperty("event_time", 1_700_000_000);
        payload.add("event", event);
        return payload;
    }

    /** A press of a button that stands in a message which all there see. */
    static JsonObject press(Person person, Conversation where, String action, String value) {
        JsonObject payload = new JsonObject();
        payload.addProperty("type", "block_actions");
        payload.add("team", withId(person.workspace().id()));
        payload.add("user", withId(person.id()));
        payload.add("channel", withId(where.id()));
        payload.addProperty("trigger_id", "13345224609.738474920." + UUID.randomUUID());
        JsonObject pressed = new JsonObject();
        pressed.addProperty("type", "button");
        pressed.addProperty("action_id", action);
        pressed.addProperty("block_id", "any");
        pressed.addProperty("value", value);
        JsonArray actions = new JsonArray();
        actions.add(pressed);
        payload.add("actions", actions);
        return payload;
    }

    private static JsonObject withId(String id) {
        JsonObject named = new JsonObject();
        named.addProperty("id", id);
        return named;
    }

    /** A slash command whose text is exactly that, as Slack would have escaped it. */
    static JsonObject command(Person person, Conversation where, String escaped) {
        JsonObject payload = new JsonObject();
        payload.addProperty("command", "/call");
        payload.addProperty("text", escaped);
        payload.addProperty("team_id", person.workspace().id());
        payload.addProperty("channel_id", where.id());
        payload.addProperty("channel_name", where.name());
        payload.addProperty("user_id", person.id());
        payload.addProperty("user_name", person.name());
        payload.addProperty("trigger_id", "13345224609.738474920." + UUID.randomUUID());
        return payload;
    }
}
