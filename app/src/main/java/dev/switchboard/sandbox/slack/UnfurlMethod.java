package dev.switchboard.sandbox.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** chat.unfurl: docs.slack.dev/reference/methods/chat.unfurl. */
final class UnfurlMethod {
    private UnfurlMethod() {}

    static List<ApiMethod> methods() {
        return List.of(new ApiMethod("chat.unfurl", List.of("links:write"), Tier.TIER_3, UnfurlMethod::unfurl));
    }

    private static JsonObject unfurl(Workspace workspace, ApiRequest request) {
        JsonObject unfurls = request.object("unfurls", "cannot_parse_attachment")
                .filter(object -> object.size() > 0)
                .orElseThrow(() -> ApiError.of("missing_unfurls"));
        Optional<String> unfurlId = request.optional("unfurl_id");
        Optional<Draft> draft = unfurlId.flatMap(workspace::draft);
        if (unfurlId.isPresent() && request.optional("source").isEmpty()) {
            throw ApiError.of("missing_source");
        }
        if (draft.isPresent()) {
            requireSource(request, "composer");
            draft.get().unfurl(checked(workspace, unfurls, draft.get().urls()));
            return new JsonObject();
        }
        PostedMessage message = unfurlId.isPresent() ? byUnfurlId(workspace, request) : byTs(workspace, request);
        Map<String, JsonObject> checked = checked(workspace, unfurls, urls(message));
        Conversation where = workspace.conversation(message.channel());
        workspace.showCalls(where.put(message.with(checked)));
        return new JsonObject();
    }

    private static void requireSource(ApiRequest request, String source) {
        if (!request.optional("source").equals(Optional.of(source))) {
            throw ApiError.of("invalid_source");
        }
    }

    private static PostedMessage byUnfurlId(Workspace workspace, ApiRequest request) {
        String unfurlId = request.required("unfurl_id");
        int dot = unfurlId.indexOf('.');
        int lastDot = unfurlId.lastIndexOf('.');
        if (dot < 0 || lastDot == dot) {
            throw ApiError.of("invalid_unfurl_id");
        }
        requireSource(request, "conversations_history");
        return workspace
                .conversationById(unfurlId.substring(0, dot))
                .flatMap(conversation -> conversation.message(unfurlId.substring(dot + 1, lastDot)))
                .filter(message -> Payloads.unfurlId(message).equals(unfurlId))
                .orElseThrow(() -> ApiError.of("invalid_unfurl_id"));
    }

    private static PostedMessage byTs(Workspace workspace, ApiRequest request) {
        String channel = request.optional("channel").orElseThrow(() -> ApiError.of("missing_channel"));
        String ts = request.optional("ts").orElseThrow(() -> ApiError.of("missing_ts"));
        return workspace
                .conversationById(channel)
                .flatMap(conversation -> conversation.message(ts))
                .filter(message -> !message.ephemeral())
                .orElseThrow(() -> ApiError.of("cannot_find_message"));
    }

    /** The URLs of a message as they were shared: the text holds them escaped. */
    private static List<String> urls(PostedMessage message) {
        return TypedText.urls(message.text()).stream()
                .map(url -> url.replace("&amp;", "&"))
                .toList();
    }

    private static Map<String, JsonObject> checked(Workspace workspace, JsonObject unfurls, List<String> shared) {
        Map<String, JsonObject> checked = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> entry : unfurls.entrySet()) {
            String url = entry.getKey();
            boolean registered = TypedText.domain(
                            url, workspace.slack().settings().unfurlDomains())
                    .isPresent();
            if (!registered || !shared.contains(url)) {
                throw ApiError.of("cannot_unfurl_url");
            }
            JsonArray blocks = Optional.of(entry.getValue())
                    .filter(JsonElement::isJsonObject)
                    .flatMap(value -> Json.children(value.getAsJsonObject(), "blocks"))
                    .filter(array -> !array.isEmpty())
                    .orElseThrow(() -> ApiError.of("cannot_unfurl_url"));
            new BlockRules(workspace, BlockRules.Place.MESSAGE).check(blocks);
            checked.put(url, entry.getValue().getAsJsonObject());
        }
        return checked;
    }
}
