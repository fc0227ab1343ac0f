package dev.switchboard.sandbox.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;

/** The payloads Slack puts into envelopes. */
final class Payloads {
    private static final String VERIFICATION_TOKEN = "sandbox-verification-token";

    private final FakeSlack slack;

    Payloads(FakeSlack slack) {
        this.slack = slack;
    }

    JsonObject command(Person person, Conversation where, String command, String text) {
        JsonObject payload = who(person, where);
        payload.addProperty("command", command);
        payload.addProperty("text", new TypedText(person.workspace()).escaped(text, true));
        payload.addProperty("api_app_id", FakeSlack.APP_ID);
        payload.addProperty("is_enterprise_install", "false");
        payload.addProperty("response_url", slack.responseUrls().forCommand(person, where));
        payload.addProperty("trigger_id", slack.triggers().issue(person));
        return payload;
    }

    /** As in docs.slack.dev/apis/calls, "Responding to a Call initiation". */
    JsonObject callIcon(Person person, Conversation where, String type) {
        JsonObject payload = who(person, where);
        payload.addProperty("type", type);
        if (type.equals("audio")) {
            payload.addProperty("phone_number", "+1-202-555-0145");
        }
        payload.addProperty("response_url", slack.responseUrls().forCallIcon(person, where));
        return payload;
    }

    private JsonObject who(Person person, Conversation where) {
        return Json.object(
                "token", VERIFICATION_TOKEN,
                "team_id", person.workspace().id(),
                "team_domain", person.workspace().domain(),
                "channel_id", where.id(),
                "channel_name", channelName(where),
                "user_id", person.id(),
                "user_name", person.name());
    }

    private static String channelName(Conversation where) {
        return switch (where.kind()) {
            case PUBLIC -> where.name();
            case PRIVATE -> "privategroup";
            case DIRECT -> "directmessage";
            case GROUP_DIRECT -> "mpdm-" + where.name().replace("-", "--") + "-1";
        };
    }

    JsonObject click(Person person, PostedMessage message, JsonObject element) {
        Workspace workspace = person.workspace();
        Conversation where = workspace.conversation(message.channel());
        JsonObject action = element.deepCopy();
        action.addProperty("action_ts", slack.timestamps().next());
        JsonArray actions = new JsonArray();
        actions.add(action);
        JsonObject payload = Json.object(
                "type", "block_actions",
                "api_app_id", FakeSlack.APP_ID,
                "token", VERIFICATION_TOKEN,
                "team", Json.object("id", workspace.id(), "domain", workspace.domain()),
                "user",
                        Json.object(
                                "id", person.id(),
                                "username", person.name(),
                                "name", person.name(),
                                "team_id", workspace.id()),
                "channel", Json.object("id", where.id(), "name", channelName(where)),
                "container",
                        Json.object(
                                "type", "message",
                                "message_ts", message.ts(),
                                "channel_id", message.channel(),
                                "is_ephemeral", message.ephemeral()),
                "trigger_id", slack.triggers().issue(person),
                "response_url", slack.responseUrls().forAction(person, where, message.ts()),
                "actions", actions);
        if (!message.ephemeral()) {
            payload.add("message", new MessageJson(workspace).of(message, false));
        }
        message.threadTs()
                .ifPresent(thread -> payload.getAsJsonObject("container").addProperty("thread_ts", thread));
        return payload;
    }

    JsonObject viewClick(Person person, JsonObject view, JsonObject element) {
        JsonObject action = element.deepCopy();
        action.addProperty("action_ts", slack.timestamps().next());
        JsonArray actions = new JsonArray();
        actions.add(action);
        JsonObject payload = view("block_actions", person, view);
        payload.add("container", Json.object("type", "view", "view_id", view.get("id")));
        payload.add("actions", actions);
        return payload;
    }

    /** What people do with a whole view: {@code view_submission}, {@code view_closed}. */
    JsonObject view(String type, Person person, JsonObject view) {
        Workspace workspace = person.workspace();
        return Json.object(
                "type",
                type,
                "api_app_id",
                FakeSlack.APP_ID,
                "token",
                VERIFICATION_TOKEN,
                "team",
                Json.object("id", workspace.id(), "domain", workspace.domain()),
                "user",
                Json.object(
                        "id", person.id(),
                        "username", person.name(),
                        "name", person.name(),
                        "team_id", workspace.id()),
                "trigger_id",
                slack.triggers().issue(person),
                "view",
                view);
    }

    JsonObject homeOpened(Person person) {
        JsonObject event = Json.object(
                "type", "app_home_opened",
                "user", person.id(),
                "channel", person.workspace().botMessagesOf(person).id(),
                "tab", "home",
                "event_ts", slack.timestamps().next());
        person.home().ifPresent(view -> event.add("view", view));
        return event(person.workspace(), event);
    }

    JsonObject callRejected(Person person, Call call, Conversation where) {
        return event(
                person.workspace(),
                Json.object(
                        "type", "call_rejected",
                        "call_id", call.id(),
                        "user_id", person.id(),
                        "channel_id", where.id(),
                        "external_unique_id", call.externalUniqueId()));
    }

    JsonObject linkShared(Person person, PostedMessage message, List<String> urls) {
        JsonObject event = linkShared(person, urls, message.channel(), message.ts());
        event.addProperty("source", "conversations_history");
        event.addProperty("unfurl_id", unfurlId(message));
        event.addProperty(
                "is_bot_user_member",
                person.workspace().conversation(message.channel()).hasBot());
        message.threadTs().ifPresent(thread -> event.addProperty("thread_ts", thread));
        return event(person.workspace(), event);
    }

    static String unfurlId(PostedMessage message) {
        return message.channel() + '.' + message.ts() + ".sandbox";
    }

    JsonObject linkShared(Person person, Draft draft) {
        JsonObject event = linkShared(person, draft.urls(), "COMPOSER", draft.unfurlId());
        event.addProperty("source", "composer");
        event.addProperty("unfurl_id", draft.unfurlId());
        event.addProperty("is_bot_user_member", true);
        return event(person.workspace(), event);
    }

    private JsonObject linkShared(Person person, List<String> urls, String channel, String messageTs) {
        JsonArray links = new JsonArray();
        for (String url : urls) {
            Optional<String> domain = TypedText.domain(url, slack.settings().unfurlDomains());
            links.add(Json.object("url", url, "domain", domain.orElse("")));
        }
        return Json.object(
                "type",
                "link_shared",
                "user",
                person.id(),
                "channel",
                channel,
                "message_ts",
                messageTs,
                "links",
                links,
                "event_ts",
                slack.timestamps().next());
    }

    private JsonObject event(Workspace workspace, JsonObject event) {
        JsonArray authorizations = new JsonArray();
        authorizations.add(Json.object(
                "team_id",
                workspace.id(),
                "user_id",
                workspace.botUserId(),
                "is_bot",
                true,
                "is_enterprise_install",
                false));
        return Json.object(
                "token",
                VERIFICATION_TOKEN,
                "team_id",
                workspace.id(),
                "context_team_id",
                workspace.id(),
                "api_app_id",
                FakeSlack.APP_ID,
                "event",
                event,
                "type",
                "event_callback",
                "event_id",
                workspace.freshId("Ev0EVENT"),
                "event_time",
                slack.settings().clock().instant().getEpochSecond(),
                "authorizations",
                authorizations,
                "is_ext_shared_channel",
                false,
                "event_context",
                workspace.freshId("EC0CONTEXT"));
    }
}
