package dev.switchboard.sandbox.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Json;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import dev.switchboard.sandbox.slack.Workspace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All that one page shows, as JSON: what its person sees, and nothing that is meant for somebody else. */
final class Views {
    /** Older messages are there, but not on the page. */
    private static final int MESSAGES = 200;

    private final Workspace workspace;
    private final WireLog wire;
    private final Trouble trouble;
    private final Marks marks;
    private final Drafts drafts;

    Views(Workspace workspace, WireLog wire, Trouble trouble, Marks marks, Drafts drafts) {
        this.workspace = workspace;
        this.wire = wire;
        this.trouble = trouble;
        this.marks = marks;
        this.drafts = drafts;
    }

    JsonObject of(Watched watched) {
        Person me = somebody(watched.as());
        List<Conversation> conversations = conversations(me);
        Conversation here = here(watched, me, conversations);
        List<PostedMessage> messages = last(here.visibleTo(me));
        if (!watched.in().equals("home") && !messages.isEmpty()) {
            marks.read(me.id(), here.id(), messages.get(messages.size() - 1).ts());
        }
        JsonObject view = Json.object(
                "workspace", workspace.domain(),
                "me", person(me),
                "people", Json.array(people().stream().map(Views::person).toList()),
                "bot", workspace.botUserId(),
                "channels",
                        Json.array(conversations.stream()
                                .map(conversation -> channel(conversation, me))
                                .toList()),
                "here", place(here, me),
                "messages", Json.array(messages.stream().map(Views::message).toList()),
                "calls", calls(messages, here, me),
                "modals", Json.array(me.modals()),
                "opened", Json.array(me.opened()),
                "trouble", trouble.json());
        if (watched.in().equals("home")) {
            view.add("home", me.home().orElseGet(JsonObject::new));
        }
        drafts.of(me, here).ifPresent(draft -> view.add("draft", unfurls(draft.unfurls())));
        if (watched.panel()) {
            view.add("wire", wire.entries());
            view.add("violations", wire.violations());
        }
        return view;
    }

    private Person somebody(String name) {
        return people().stream()
                .filter(person -> person.name().equals(name))
                .findFirst()
                .orElseGet(() -> people().get(0));
    }

    private List<Person> people() {
        return workspace.people().stream()
                .filter(person -> person.role() != Person.Role.DEACTIVATED)
                .toList();
    }

    private List<Conversation> conversations(Person me) {
        return workspace.conversations().stream()
                .filter(conversation -> conversation.openTo(me) && !conversation.archived())
                .sorted(Comparator.comparing(Conversation::kind))
                .toList();
    }

    private Conversation here(Watched watched, Person me, List<Conversation> conversations) {
        return conversations.stream()
                .filter(conversation -> conversation.id().equals(watched.in())
                        || label(conversation, me).equals(watched.in()))
                .findFirst()
                .orElseGet(() -> conversations.get(0));
    }

    private static List<PostedMessage> last(List<PostedMessage> messages) {
        return messages.subList(Math.max(0, messages.size() - MESSAGES), messages.size());
    }

    private static JsonObject person(Person person) {
        return Json.object(
                "id", person.id(),
                "name", person.name(),
                "display", person.displayName(),
                "role", person.role().name());
    }

    private JsonObject channel(Conversation conversation, Person me) {
        String read = marks.lastRead(me.id(), conversation.id());
        long unread = conversation.visibleTo(me).stream()
                .filter(message -> message.ts().compareTo(read) > 0)
                .filter(message -> !message.author().equals(me.id()))
                .count();
        JsonObject json = place(conversation, me);
        json.addProperty("unread", unread);
        return json;
    }

    private JsonObject place(Conversation conversation, Person me) {
        return Json.object(
                "id", conversation.id(),
                "label", label(conversation, me),
                "kind", conversation.kind().name(),
                "hasBot", conversation.hasBot(),
                "members", Json.array(conversation.members()));
    }

    /** The name of a channel; of direct messages the others' names. */
    private String label(Conversation conversation, Person me) {
        return switch (conversation.kind()) {
            case PUBLIC, PRIVATE -> conversation.name();
            case DIRECT, GROUP_DIRECT ->
                conversation.members().stream()
                        .filter(member -> !member.equals(me.id()))
                        .map(this::name)
                        .collect(Collectors.joining(", "));
        };
    }

    private String name(String user) {
        return user.equals(workspace.botUserId())
                ? "Switchboard"
                : workspace.person(user).displayName();
    }

    private static JsonObject message(PostedMessage message) {
        JsonObject json = Json.object(
                "ts", message.ts(),
                "author", message.author(),
                "fromApp", message.fromApp(),
                "text", message.text(),
                "blocks", message.blocks(),
                "onlyMe", message.ephemeral(),
                "unfurls", unfurls(message.unfurls()),
                "edited", message.edited());
        message.threadTs().ifPresent(thread -> json.addProperty("thread", thread));
        return json;
    }

    private static JsonArray unfurls(Map<String, JsonObject> unfurls) {
        List<JsonObject> list = new ArrayList<>();
        unfurls.forEach((url, unfurl) -> list.add(Json.object(
                "url", url, "blocks", Json.children(unfurl, "blocks").orElseGet(JsonArray::new))));
        return Json.array(list);
    }

    /** Every Call that is shown, by its id. */
    private JsonObject calls(List<PostedMessage> messages, Conversation here, Person me) {
        Set<String> shown = messages.stream()
                .flatMap(message -> message.callIds().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        drafts.of(me, here)
                .ifPresent(draft -> workspace.calls().stream()
                        .map(Call::id)
                        .filter(id -> draft.unfurls().toString().contains('"' + id + '"'))
                        .forEach(shown::add));
        JsonObject calls = new JsonObject();
        shown.forEach(id -> calls.add(id, CallView.json(workspace.call(id), here, me)));
        return calls;
    }
}
