package dev.switchboard.sandbox.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people do in modals and on the Home tab: docs.slack.dev/surfaces/modals, docs.slack.dev/reference/interaction-payloads.
 */
final class ViewDeeds {
    private final FakeSlack slack;
    private final Payloads payloads;

    ViewDeeds(FakeSlack slack, Payloads payloads) {
        this.slack = slack;
        this.payloads = payloads;
    }

    Attempt click(Person person, String viewId, String blockId, String actionId) {
        JsonObject view = view(person, viewId);
        JsonObject element = elements(view)
                .filter(candidate -> Deeds.is(candidate, blockId, actionId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No button \"" + actionId + "\" on it"));
        return send(payloads.viewClick(person, view, element), false, ignored -> {});
    }

    /** Sends the modal; it closes unless the answer says otherwise. */
    Attempt submit(Person person, String viewId, JsonObject values) {
        JsonObject filled = view(person, viewId).deepCopy();
        filled.add("state", Json.object("values", values));
        return send(payloads.view("view_submission", person, filled), true, answer -> answered(person, viewId, answer));
    }

    /** Closes the modal; the app hears of it if it asked to. */
    void close(Person person, String viewId) {
        JsonObject view = view(person, viewId);
        person.dismiss(viewId);
        if (Json.truth(view, "notify_on_close")) {
            JsonObject payload = payloads.view("view_closed", person, view);
            payload.addProperty("is_cleared", false);
            var unused = send(payload, false, ignored -> {});
        }
    }

    private static void answered(Person person, String viewId, JsonObject answer) {
        switch (Json.text(answer, "response_action").orElse("")) {
            case "errors" ->
                person.complain(viewId, Json.child(answer, "errors").orElseGet(JsonObject::new));
            case "update" -> {
                JsonObject next = Json.child(answer, "view").orElseGet(JsonObject::new);
                ViewsMethods.complete(person.workspace(), next, "modal");
                person.dismiss(viewId);
                person.show(next);
            }
            case "push" -> {
                JsonObject next = Json.child(answer, "view").orElseGet(JsonObject::new);
                ViewsMethods.complete(person.workspace(), next, "modal");
                person.show(next);
            }
            case "clear" ->
                person.modals().forEach(modal -> person.dismiss(modal.get("id").getAsString()));
            default -> person.dismiss(viewId);
        }
    }

    private interface Answered {
        void take(JsonObject answer);
    }

    private Attempt send(JsonObject payload, boolean takesAnswer, Answered answered) {
        Attempt attempt = new Attempt(() -> slack.deliveries()
                .once("interactive", payload, takesAnswer, Deeds.ignored())
                .orElseThrow(() -> new IllegalStateException("No connection is open")));
        Deliveries.Outcome outcome = new Deliveries.Outcome() {
            @Override
            public void acknowledged(Optional<JsonObject> answer) {
                try {
                    answered.take(answer.orElseGet(JsonObject::new));
                    attempt.succeed(Optional.empty());
                } catch (ApiError refused) {
                    slack.journal().violation("answer to a view refused: " + refused.code() + ' ' + answer);
                    attempt.fail(refused.code());
                }
            }

            @Override
            public void failed(String code) {
                attempt.fail(code);
            }
        };
        slack.deliveries().once("interactive", payload, takesAnswer, outcome).ifPresent(attempt::sent);
        return attempt;
    }

    private static JsonObject view(Person person, String viewId) {
        return Stream.concat(person.modals().stream(), person.home().stream())
                .filter(view -> Json.text(view, "id").equals(Optional.of(viewId)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(person.name() + " sees no such view"));
    }

    private static Stream<JsonObject> elements(JsonObject view) {
        return PostedMessage.elements(Json.children(view, "blocks").orElseGet(JsonArray::new));
    }
}
