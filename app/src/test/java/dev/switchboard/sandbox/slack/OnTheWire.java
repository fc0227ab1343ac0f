package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import dev.switchboard.TickingClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests that speak to a fake Slack over the wire, as an app would. */
abstract class OnTheWire {
    static final Duration SOON = Duration.ofSeconds(5);

    final TickingClock clock = new TickingClock();
    FakeSlack slack;
    Workspace acme;
    WireApp app;
    Person ana;
    Person bo;
    Conversation general;

    @BeforeEach
    void start() throws Exception {
        slack = FakeSlack.start(FakeSlack.options().clock(clock).workspaces("acme", "globex"));
        acme = slack.workspace();
        app = new WireApp(slack);
        ana = acme.person("ana");
        bo = acme.person("bo");
        general = acme.conversation("general");
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    String post(String channel, String... more) throws Exception {
        String[] arguments = new String[2 + more.length];
        arguments[0] = "channel";
        arguments[1] = channel;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return error(app.call("chat.postMessage", arguments));
    }

    static String error(JsonObject answer) {
        return Json.text(answer, "error").orElse("none");
    }

    String call() throws Exception {
        return app.call("calls.add", "external_unique_id", "u", "join_url", "https://meet.example.com/x")
                .getAsJsonObject("call")
                .get("id")
                .getAsString();
    }

    static JsonObject card(String callId) {
        JsonObject message = Json.object("text", "A Call", "response_type", "in_channel");
        message.add("blocks", Json.parseArray(blocks(callId)).orElseThrow());
        return message;
    }

    static String blocks(String callId) {
        return "[{\"type\":\"call\",\"call_id\":\"" + callId + "\"}]";
    }
}
