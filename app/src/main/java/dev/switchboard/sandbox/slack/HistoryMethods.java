package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code conversations.history} and {@code .replies}; ephemeral messages are in neither. */
final class HistoryMethods {
    private HistoryMethods() {}

    static List<ApiMethod> methods() {
        return List.of(
                new ApiMethod("conversations.history", List.of(), Tier.TIER_3, HistoryMethods::history),
                new ApiMethod("conversations.replies", List.of(), Tier.TIER_3, HistoryMethods::replies));
    }

    private static JsonObject history(Workspace workspace, ApiRequest request) {
        Conversation where = readable(workspace, request);
        List<PostedMessage> messages = new ArrayList<>(where.messages().stream()
                .filter(message -> message.threadTs().isEmpty())
                .filter(within(request))
                .toList());
        Collections.reverse(messages);
        return page(workspace, request, messages);
    }

    private static JsonObject replies(Workspace workspace, ApiRequest request) {
        Conversation where = readable(workspace, request);
        String parent = request.required("ts");
        if (where.message(parent).isEmpty()) {
            throw ApiError.of("thread_not_found");
        }
        List<PostedMessage> messages = where.messages().stream()
                .filter(message ->
                        message.ts().equals(parent) || message.threadTs().equals(Optional.of(parent)))
                .filter(message ->
                        message.ts().equals(parent) || within(request).test(message))
                .toList();
        return page(workspace, request, messages);
    }

    private static Conversation readable(Workspace workspace, ApiRequest request) {
        Conversation where = Reach.visible(workspace, request.required("channel"));
        Reach.scoped(workspace, where, "history");
        return Reach.asMember(workspace, where.id());
    }

    private static JsonObject page(Workspace workspace, ApiRequest request, List<PostedMessage> messages) {
        Page<PostedMessage> page = Page.of(request, messages, PostedMessage::ts);
        MessageJson json = new MessageJson(workspace);
        boolean withMetadata = request.flag("include_all_metadata");
        return Json.object(
                "messages",
                Json.array(page.items().stream()
                        .map(message -> json.of(message, withMetadata))
                        .toList()),
                "has_more",
                page.cursor().isPresent(),
                "response_metadata",
                page.metadata());
    }

    private static Predicate<PostedMessage> within(ApiRequest request) {
        BigDecimal oldest = ts(request, "oldest").orElse(BigDecimal.ZERO);
        Optional<BigDecimal> latest = ts(request, "latest");
        int least = request.flag("inclusive") ? 0 : 1;
        return message -> {
            BigDecimal ts = new BigDecimal(message.ts());
            return ts.compareTo(oldest) >= least
                    && latest.map(limit -> limit.compareTo(ts) >= least).orElse(true);
        };
    }

    private static Optional<BigDecimal> ts(ApiRequest request, String name) {
        try {
            return request.optional(name).map(BigDecimal::new);
        } catch (NumberFormatException notATimestamp) {
            throw ApiError.of("invalid_ts_" + name);
        }
    }
}
