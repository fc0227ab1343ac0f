package dev.switchboard.sandbox.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;

/** Messages as the Web API returns them. */
final class MessageJson {
    private final Workspace workspace;

    MessageJson(Workspace workspace) {
        this.workspace = workspace;
    }

    JsonObject of(PostedMessage message, boolean withMetadata) {
        JsonObject json = Json.object(
                "type", "message",
                "user", message.author(),
                "ts", message.ts(),
                "team", workspace.id(),
                "text", message.text());
        if (message.fromApp()) {
            json.addProperty("bot_id", workspace.botId());
            json.addProperty("app_id", FakeSlack.APP_ID);
        }
        if (!message.blocks().isEmpty()) {
            json.add("blocks", decorated(message.blocks()));
        }
        if (!message.unfurls().isEmpty()) {
            json.add("attachments", attachments(message));
        }
        message.threadTs().ifPresent(thread -> json.addProperty("thread_ts", thread));
        message.metadata().filter(unused -> withMetadata).ifPresent(metadata -> json.add("metadata", metadata));
        if (message.edited()) {
            json.add("edited", Json.object("user", message.author(), "ts", message.ts()));
        }
        return json;
    }

    private JsonArray attachments(PostedMessage message) {
        JsonArray attachments = new JsonArray();
        message.unfurls()
                .forEach((url, unfurl) -> attachments.add(Json.object(
                        "from_url",
                        url,
                        "is_app_unfurl",
                        true,
                        "blocks",
                        decorated(Json.children(unfurl, "blocks").orElseGet(JsonArray::new)))));
        return attachments;
    }

    /** Blocks as Slack hands them out: every call block with the Call in it. */
    private JsonArray decorated(JsonArray blocks) {
        JsonArray copy = blocks.deepCopy();
        for (JsonElement element : copy) {
            JsonObject block = element.getAsJsonObject();
            Optional<Call> call = Json.text(block, "call_id").flatMap(workspace::findCall);
            call.ifPresent(found -> {
                block.addProperty("api_decoration_available", false);
                block.add("call", found.blockJson(FakeSlack.APP_ID));
            });
        }
        return copy;
    }
}
