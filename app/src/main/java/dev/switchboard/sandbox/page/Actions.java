package dev.switchboard.sandbox.page;

import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Json;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import dev.switchboard.sandbox.slack.Workspace;
import java.time.Duration;

/** What can be done from the page: what people do in Slack, and the switches of trouble. */
final class Actions {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Workspace workspace;
    private final Trouble trouble;
    private final Drafts drafts;

    Actions(Workspace workspace, Trouble trouble, Drafts drafts) {
        this.workspace = workspace;
        this.trouble = trouble;
        this.drafts = drafts;
    }

    /**
     * Does one thing, named by {@code do}.
     *
     * @throws IllegalArgumentException when it can't be done; so does IllegalStateException
     */
    void perform(JsonObject order) {
        String what = required(order, "do");
        if (what.equals("switch")) {
            trouble.turn(required(order, "name"), Json.truth(order, "on"));
            return;
        }
        Person person = workspace.person(required(order, "as"));
        switch (what) {
            case "send" -> send(person, where(order), required(order, "text"));
            case "draft" ->
                drafts.type(person, where(order), Json.text(order, "text").orElse(""));
            case "decline" -> person.declines(workspace.call(required(order, "call")), where(order));
            case "click" -> person.clicks(message(order), required(order, "block"), required(order, "button"));
            case "openHome" -> person.opensHome();
            case "viewClick" ->
                settle(person.clicksIn(required(order, "view"), required(order, "block"), required(order, "button")));
            case "viewSubmit" ->
                settle(person.submits(
                        required(order, "view"), Json.child(order, "values").orElseGet(JsonObject::new)));
            case "viewClose" -> person.closes(required(order, "view"));
            case "callIcon" -> person.startsFromCallIcon(where(order), "video");
            default -> throw new IllegalArgumentException("Nobody can do this: " + what);
        }
    }

    /** Slack shows no message when something fails in a view, so the page has to say it. */
    private static void settle(Attempt attempt) {
        try {
            attempt.await(PATIENCE).error().ifPresent(code -> {
                throw new IllegalStateException("The app didn't answer as it should: " + code);
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Person person, Conversation where, String typed) {
        String text = typed.strip();
        drafts.drop(person, where);
        if (text.startsWith("/")) {
            person.types(text, where);
        } else if (!text.isEmpty()) {
            person.posts(text, where);
        }
    }

    private Conversation where(JsonObject order) {
        return workspace.conversation(required(order, "in"));
    }

    private PostedMessage message(JsonObject order) {
        return where(order)
                .message(required(order, "ts"))
                .orElseThrow(() -> new IllegalArgumentException("That message is gone"));
    }

    private static String required(JsonObject order, String name) {
        return Json.text(order, name).orElseThrow(() -> new IllegalArgumentException("Needs " + name));
    }
}
