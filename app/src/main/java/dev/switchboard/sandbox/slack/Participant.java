package dev.switchboard.sandbox.slack;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;

/** Somebody in a Call, exactly as the app named them: "the users parameter" of docs.slack.dev/apis/calls. */
public record Participant(
        Optional<String> slackId,
        Optional<String> externalId,
        Optional<String> displayName,
        Optional<String> avatarUrl) {

    static Participant read(JsonElement element) {
        if (!element.isJsonObject()) {
            throw ApiError.invalidArguments("users must hold objects");
        }
        JsonObject user = element.getAsJsonObject();
        Participant participant = new Participant(
                word(user, "slack_id"),
                word(user, "external_id"),
                word(user, "display_name"),
                word(user, "avatar_url"));
        if (participant.slackId.isEmpty() && participant.externalId.isEmpty()) {
            throw ApiError.invalidArguments("a user needs slack_id or external_id");
        }
        return participant;
    }

    private static Optional<String> word(JsonObject user, String name) {
        return Json.text(user, name).filter(text -> !text.isBlank());
    }

    /** Whether both mean one person: by Slack id if both have one, else by external id. */
    boolean sameAs(Participant other) {
        if (slackId.isPresent() && other.slackId.isPresent()) {
            return slackId.equals(other.slackId);
        }
        return externalId.isPresent() && externalId.equals(other.externalId);
    }

    /**
     * Whether naming {@code asked} takes this one off the card. Somebody known by an external id goes only when the
     * display name and the picture are the same as on add: a field report (slash-z#41), not documented.
     */
    boolean removedBy(Participant asked) {
        if (slackId.isPresent() && slackId.equals(asked.slackId)) {
            return true;
        }
        return sameAs(asked) && displayName.equals(asked.displayName) && avatarUrl.equals(asked.avatarUrl);
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        slackId.ifPresent(value -> json.addProperty("slack_id", value));
        externalId.ifPresent(value -> json.addProperty("external_id", value));
        displayName.ifPresent(value -> json.addProperty("display_name", value));
        avatarUrl.ifPresent(value -> json.addProperty("avatar_url", value));
        return json;
    }
}
