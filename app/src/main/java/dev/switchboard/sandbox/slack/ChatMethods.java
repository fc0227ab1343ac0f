package dev.switchboard.sandbox.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;

/** {@code chat.*} but for unfurls: docs.slack.dev/reference/methods/chat.postMessage and its neighbours. */
final class ChatMethods {
    private static final List<String> WRITE = List.of("chat:write");
    private static final int LONGEST_TEXT = 40_000;

    private ChatMethods() {}

    static List<ApiMethod> methods() {
        return List.of(
                new ApiMethod("chat.postMessage", WRITE, Tier.POSTING, ChatMethods::postMessage),
                new ApiMethod("chat.postEphemeral", WRITE, Tier.TIER_4, ChatMethods::postEphemeral),
                new ApiMethod("chat.update", WRITE, Tier.TIER_3, ChatMethods::update),
                new ApiMethod("chat.delete", WRITE, Tier.TIER_3, ChatMethods::delete));
    }

    private static JsonObject postMessage(Workspace workspace, ApiRequest request) {
        Conversation where = Reach.forPosting(workspace, request.required("channel"));
        Optional<String> thread = request.optional("thread_ts");
        if (thread.isPresent() && thread.flatMap(where::message).isEmpty()) {
            throw ApiError.of("thread_not_found");
        }
        PostedMessage.Content content = content(workspace, request, BlockRules.Place.MESSAGE);
        PostedMessage message = workspace.postAsApp(where, Optional.empty(), content);
        return Json.object(
                "channel", where.id(), "ts", message.ts(), "message", new MessageJson(workspace).of(message, true));
    }

    private static PostedMessage.Content content(Workspace workspace, ApiRequest request, BlockRules.Place place) {
        String text = request.optional("text").orElse("");
        JsonArray blocks = request.array("blocks", "invalid_blocks_format").orElseGet(JsonArray::new);
        if (text.length() > LONGEST_TEXT) {
            throw ApiError.of("msg_too_long");
        }
        new BlockRules(workspace, place).checkMessage(text, blocks);
        return new PostedMessage.Content(text, blocks, request.optional("thread_ts"), metadata(request));
    }

    private static Optional<JsonObject> metadata(ApiRequest request) {
        Optional<JsonObject> metadata = request.object("metadata", "invalid_metadata_format");
        if (metadata.isPresent()
                && (Json.text(metadata.get(), "event_type").isEmpty()
                        || Json.child(metadata.get(), "event_payload").isEmpty())) {
            throw ApiError.of("invalid_metadata_format");
        }
        return metadata;
    }

    private static JsonObject postEphemeral(Workspace workspace, ApiRequest request) {
        Conversation where = Reach.asMember(workspace, request.required("channel"));
        String user = request.required("user");
        if (workspace.personById(user).isEmpty() || !where.has(user)) {
            throw ApiError.of("user_not_in_channel");
        }
        PostedMessage.Content content = content(workspace, request, BlockRules.Place.EPHEMERAL);
        PostedMessage message = workspace.postAsApp(where, Optional.of(user), content);
        return Json.object("message_ts", message.ts());
    }

    private static JsonObject update(Workspace workspace, ApiRequest request) {
        Conversation where = Reach.visible(workspace, request.required("channel"));
        PostedMessage before = own(where, request.required("ts"), "cant_update_message");
        PostedMessage.Content content = content(workspace, request, BlockRules.Place.MESSAGE);
        PostedMessage after = where.put(before.with(content));
        workspace.showCalls(after);
        return Json.object(
                "channel",
                where.id(),
                "ts",
                after.ts(),
                "text",
                after.text(),
                "message",
                new MessageJson(workspace).of(after, true));
    }

    private static JsonObject delete(Workspace workspace, ApiRequest request) {
        Conversation where = Reach.visible(workspace, request.required("channel"));
        PostedMessage message = own(where, request.required("ts"), "cant_delete_message");
        where.delete(message.ts());
        return Json.object("channel", where.id(), "ts", message.ts());
    }

    private static PostedMessage own(Conversation where, String ts, String otherwise) {
        PostedMessage message = where.message(ts)
                .filter(found -> !found.ephemeral())
                .orElseThrow(() -> ApiError.of("message_not_found"));
        if (!message.fromApp()) {
            throw ApiError.of(otherwise);
        }
        if (where.archived()) {
            throw ApiError.of("is_archived");
        }
        return message;
    }
}
