package dev.switchboard.sandbox.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What Slack accepts as blocks: docs.slack.dev/reference/block-kit/blocks, the limits that matter here. */
final class BlockRules {
    /** Where the blocks are to stand. */
    enum Place {
        MESSAGE,
        /** Call blocks are refused: no source says that Slack takes them, so nobody may rely on it. */
        EPHEMERAL,
        VIEW
    }

    private static final Set<String> TYPES = Set.of(
            "actions",
            "call",
            "context",
            "divider",
            "header",
            "image",
            "input",
            "rich_text",
            "section",
            "video",
            "markdown");

    private final Workspace workspace;
    private final Place place;
    private final Set<String> blockIds = new HashSet<>();

    BlockRules(Workspace workspace, Place place) {
        this.workspace = workspace;
        this.place = place;
    }

    /** Checks a message; Slack numbers blocks without {@code block_id}, which is done here in place. */
    void checkMessage(String text, JsonArray blocks) {
        if (text.isBlank() && blocks.isEmpty()) {
            throw ApiError.of("no_text");
        }
        check(blocks);
    }

    void check(JsonArray blocks) {
        if (blocks.size() > (place == Place.VIEW ? 100 : 50)) {
            throw invalid("no more than 50 items allowed", "/blocks");
        }
        for (int i = 0; i < blocks.size(); i++) {
            String path = "/blocks/" + i;
            if (!blocks.get(i).isJsonObject()) {
                throw invalid("must be an object", path);
            }
            JsonObject block = blocks.get(i).getAsJsonObject();
            check(block, path);
            if (!block.has("block_id")) {
                block.addProperty("block_id", "b" + (i + 1));
            }
            if (!blockIds.add(block.get("block_id").getAsString())) {
                throw invalid("duplicate block_id", path);
            }
        }
    }

    private void check(JsonObject block, String path) {
        String type = Json.text(block, "type").orElse("");
        if (!TYPES.contains(type)) {
            throw invalid("unsupported type: " + type, path);
        }
        switch (type) {
            case "call" -> checkCall(block, path);
            case "section" -> checkSection(block, path);
            case "header" -> textObject(Json.child(block, "text"), path, 150);
            case "context" -> checkElements(block, path, 10);
            case "actions" -> checkElements(block, path, 25);
            default -> {}
        }
    }

    private void checkCall(JsonObject block, String path) {
        Optional<Call> call = Json.text(block, "call_id").flatMap(workspace::findCall);
        if (call.isEmpty()) {
            throw invalid("invalid call_id", path + "/call_id");
        }
        if (place != Place.MESSAGE) {
            throw invalid("unsupported type: call", path);
        }
    }

    private static void checkSection(JsonObject block, String path) {
        Optional<JsonObject> text = Json.child(block, "text");
        Optional<JsonArray> fields = Json.children(block, "fields");
        if (text.isEmpty() && fields.isEmpty()) {
            throw invalid("missing required field: text", path);
        }
        if (text.isPresent()) {
            textObject(text, path, 3000);
        }
        for (JsonElement field : fields.orElseGet(JsonArray::new)) {
            textObject(Optional.of(field.getAsJsonObject()), path + "/fields", 2000);
        }
        Json.child(block, "accessory").ifPresent(accessory -> checkElement(accessory, path + "/accessory"));
    }

    private static void checkElements(JsonObject block, String path, int most) {
        JsonArray elements = Json.children(block, "elements").orElseGet(JsonArray::new);
        if (elements.isEmpty() || elements.size() > most) {
            throw invalid("must hold 1 to " + most + " elements", path + "/elements");
        }
        Set<String> actionIds = new HashSet<>();
        for (JsonElement element : elements) {
            JsonObject object = element.getAsJsonObject();
            checkElement(object, path + "/elements");
            if (Json.text(object, "action_id").filter(id -> !actionIds.add(id)).isPresent()) {
                throw invalid("duplicate action_id", path + "/elements");
            }
        }
    }

    private static void checkElement(JsonObject element, String path) {
        switch (Json.text(element, "type").orElse("")) {
            case "button" -> checkButton(element, path);
            case "mrkdwn", "plain_text" -> textObject(Optional.of(element), path, 3000);
            case "" -> throw invalid("missing required field: type", path);
            default -> {}
        }
    }

    private static void checkButton(JsonObject button, String path) {
        Optional<JsonObject> text = Json.child(button, "text");
        textObject(text, path + "/text", 75);
        if (text.flatMap(words -> Json.text(words, "type"))
                .filter("plain_text"::equals)
                .isEmpty()) {
            throw invalid("button text must be plain_text", path + "/text");
        }
        atMost(button, "value", 2000, path);
        atMost(button, "action_id", 255, path);
        atMost(button, "url", 3000, path);
        if (Json.text(button, "style")
                .filter(style -> !Set.of("primary", "danger").contains(style))
                .isPresent()) {
            throw invalid("invalid style", path + "/style");
        }
    }

    private static void atMost(JsonObject object, String name, int most, String path) {
        if (Json.text(object, name).orElse("").length() > most) {
            throw invalid("must be at most " + most + " characters: " + name, path);
        }
    }

    private static void textObject(Optional<JsonObject> text, String path, int most) {
        String type = text.flatMap(object -> Json.text(object, "type")).orElse("");
        String words = text.flatMap(object -> Json.text(object, "text")).orElse("");
        if (!Set.of("mrkdwn", "plain_text").contains(type)) {
            throw invalid("text needs a type", path);
        }
        if (words.isEmpty() || words.length() > most) {
            throw invalid("text must have 1 to " + most + " characters", path);
        }
    }

    private static ApiError invalid(String what, String path) {
        return ApiError.of("invalid_blocks", what + " [json-pointer:" + path + "]");
    }
}
