package dev.switchboard.sandbox.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** What people do, carried to the app, and what comes of it. */
final class Deeds {
    private final FakeSlack slack;
    private final Payloads payloads;
    private final ViewDeeds views;

    Deeds(FakeSlack slack) {
        this.slack = slack;
        this.payloads = new Payloads(slack);
        this.views = new ViewDeeds(slack, payloads);
    }

    Attempt command(Person person, Conversation where, String typed) {
        int space = typed.indexOf(' ');
        String command = space < 0 ? typed : typed.substring(0, space);
        String text = space < 0 ? "" : typed.substring(space + 1).strip();
        if (!slack.settings().commands().contains(command)) {
            tell(
                    person,
                    where,
                    command
                            + " is not a valid command. In Slack, all messages that start with the \"/\" character are"
                            + " interpreted as commands.");
            return Attempt.refused("not_a_command");
        }
        return send(person, where, command, "slash_commands", payloads.command(person, where, command, text), true);
    }

    Attempt callIcon(Person person, Conversation where, String type) {
        return send(person, where, "The Call", "slash_commands", payloads.callIcon(person, where, type), true);
    }

    Attempt click(Person person, PostedMessage message, Predicate<JsonObject> button) {
        Conversation where = person.workspace().conversation(message.channel());
        PostedMessage now = where.visibleTo(person).stream()
                .filter(shown -> shown.ts().equals(message.ts()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(person.name() + " sees no such message"));
        JsonObject element = now.elements().stream()
                .filter(button)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No such button on it: " + now.blocks()));
        return send(person, where, "The button", "interactive", payloads.click(person, now, element), false);
    }

    static boolean is(JsonObject element, String blockId, String actionId) {
        return Json.text(element, "block_id").equals(Optional.of(blockId))
                && Json.text(element, "action_id").equals(Optional.of(actionId));
    }

    static boolean named(JsonObject element, String button) {
        return Json.text(element, "action_id").equals(Optional.of(button))
                || Json.text(element, "value").equals(Optional.of(button))
                || Json.child(element, "text")
                        .flatMap(text -> Json.text(text, "text"))
                        .equals(Optional.of(button));
    }

    private Attempt send(
            Person person, Conversation where, String what, String type, JsonObject payload, boolean takesAnswer) {
        Attempt attempt = new Attempt(() -> slack.deliveries()
                .once(type, payload, takesAnswer, ignored())
                .orElseThrow(() -> new IllegalStateException("No connection is open")));
        Deliveries.Outcome outcome = new Deliveries.Outcome() {
            @Override
            public void acknowledged(Optional<JsonObject> answer) {
                answer.ifPresent(json -> answered(person, where, json));
                attempt.succeed(answer.flatMap(json -> Json.text(json, "text")));
            }

            @Override
            public void failed(String code) {
                tell(person, where, what + " failed with the error \"" + code + '"');
                attempt.fail(code);
            }
        };
        slack.deliveries().once(type, payload, takesAnswer, outcome).ifPresent(attempt::sent);
        return attempt;
    }

    /** What becomes of an envelope that came from nobody: the answer is shown to the first person there is. */
    Deliveries.Outcome told(Workspace workspace) {
        Person person = workspace.people().get(0);
        Conversation where = workspace.conversations().get(0);
        return new Deliveries.Outcome() {
            @Override
            public void acknowledged(Optional<JsonObject> answer) {
                answer.ifPresent(json -> answered(person, where, json));
            }

            @Override
            public void failed(String code) {}
        };
    }

    private void answered(Person person, Conversation where, JsonObject answer) {
        try {
            synchronized (person.workspace()) {
                new Reply(person, where).post(answer);
            }
        } catch (ApiError refused) {
            slack.journal().violation("answer of an acknowledgement refused: " + refused.code() + ' ' + answer);
        }
    }

    private static void tell(Person person, Conversation where, String text) {
        person.workspace().postAsSlackbot(where, person, text);
    }

    PostedMessage post(Person person, Conversation where, String text, Optional<String> threadTs) {
        String escaped = new TypedText(person.workspace()).escaped(text, false);
        PostedMessage message = person.workspace()
                .post(where, person, new PostedMessage.Content(escaped, new JsonArray(), threadTs, Optional.empty()));
        List<String> urls = registeredUrls(text);
        if (!urls.isEmpty()) {
            slack.deliveries().event(payloads.linkShared(person, message, urls));
        }
        return message;
    }

    Draft draft(Person person, String text) {
        Draft draft = new Draft(person.id() + '-' + UUID.randomUUID(), registeredUrls(text));
        person.workspace().keep(draft);
        if (!draft.urls().isEmpty()) {
            slack.deliveries().event(payloads.linkShared(person, draft));
        }
        return draft;
    }

    /** In modals and on the Home tab. */
    ViewDeeds views() {
        return views;
    }

    void openHome(Person person) {
        if (slack.settings().events().contains("app_home_opened")) {
            slack.deliveries().event(payloads.homeOpened(person));
        }
    }

    private List<String> registeredUrls(String text) {
        return TypedText.urls(text).stream()
                .filter(url ->
                        TypedText.domain(url, slack.settings().unfurlDomains()).isPresent())
                .toList();
    }

    void decline(Person person, Call call, Conversation where) {
        call.rejected(person.id());
        slack.deliveries().event(payloads.callRejected(person, call, where));
    }

    static Deliveries.Outcome ignored() {
        return new Deliveries.Outcome() {
            @Override
            public void acknowledged(Optional<JsonObject> answer) {}

            @Override
            public void failed(String code) {}
        };
    }
}
