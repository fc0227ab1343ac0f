package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code conversations.info}, {@code .members} and {@code .open}. */
final class ConversationsMethods {
    private ConversationsMethods() {}

    static List<ApiMethod> methods() {
        return List.of(
                new ApiMethod("conversations.info", List.of(), Tier.TIER_3, ConversationsMethods::info),
                new ApiMethod("conversations.members", List.of(), Tier.TIER_4, ConversationsMethods::members),
                new ApiMethod("conversations.open", List.of("im:write"), Tier.TIER_3, ConversationsMethods::open));
    }

    private static JsonObject info(Workspace workspace, ApiRequest request) {
        Conversation conversation = Reach.visible(workspace, request.required("channel"));
        return Json.object("channel", json(Reach.scoped(workspace, conversation, "read")));
    }

    private static JsonObject json(Conversation conversation) {
        JsonObject json = Json.object(
                "id",
                conversation.id(),
                "is_channel",
                conversation.kind() == Conversation.Kind.PUBLIC,
                "is_group",
                conversation.kind() == Conversation.Kind.PRIVATE,
                "is_im",
                conversation.kind() == Conversation.Kind.DIRECT,
                "is_mpim",
                conversation.kind() == Conversation.Kind.GROUP_DIRECT,
                "is_private",
                conversation.kind() != Conversation.Kind.PUBLIC,
                "is_archived",
                conversation.archived(),
                "is_general",
                conversation.name().equals("general"),
                "is_member",
                conversation.hasBot(),
                "is_ext_shared",
                false,
                "num_members",
                conversation.members().size(),
                "context_team_id",
                conversation.workspace().id());
        if (conversation.kind() == Conversation.Kind.DIRECT) {
            conversation.members().stream()
                    .filter(member -> !member.equals(conversation.workspace().botUserId()))
                    .findFirst()
                    .ifPresent(other -> json.addProperty("user", other));
        } else {
            json.addProperty("name", conversation.name());
        }
        return json;
    }

    private static JsonObject members(Workspace workspace, ApiRequest request) {
        Conversation conversation = Reach.visible(workspace, request.required("channel"));
        Reach.scoped(workspace, conversation, "read");
        Page<String> page = Page.of(request, new ArrayList<>(conversation.members()), member -> member);
        return Json.object("members", Json.array(page.items()), "response_metadata", page.metadata());
    }

    private static JsonObject open(Workspace workspace, ApiRequest request) {
        Optional<String> channel = request.optional("channel");
        Conversation conversation = channel.isPresent()
                ? Reach.asMember(workspace, channel.get())
                : workspace.directMessageOf(withBot(workspace, request));
        return Json.object("channel", Json.object("id", conversation.id()));
    }

    private static List<String> withBot(Workspace workspace, ApiRequest request) {
        String users = request.optional("users").orElseThrow(() -> ApiError.of("users_list_not_supplied"));
        List<String> members = new ArrayList<>();
        for (String id : users.split(",", -1)) {
            Person person = workspace.personById(id.strip()).orElseThrow(() -> ApiError.of("user_not_found"));
            if (person.role() == Person.Role.DEACTIVATED) {
                throw ApiError.of("user_disabled");
            }
            members.add(person.id());
        }
        members.add(workspace.botUserId());
        if (members.size() > 2) {
            workspace.bot().check(List.of("mpim:write"));
        }
        return members;
    }
}
