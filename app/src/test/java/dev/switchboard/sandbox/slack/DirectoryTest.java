package dev.switchboard.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DirectoryTest {
    private FakeSlack slack;
    private Workspace acme;
    private WireApp app;

    @BeforeEach
    void start() throws Exception {
        slack = FakeSlack.start();
        acme = slack.workspace();
        app = new WireApp(slack);
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    private static String error(JsonObject answer) {
        return Json.text(answer, "error").orElse("none");
    }

    private JsonObject user(String name) throws Exception {
        return app.call("users.info", "user", acme.person(name).id()).getAsJsonObject("user");
    }

    @Test
    void people_are_what_they_are() throws Exception {
        assertThat(user("dee").get("is_admin").getAsBoolean()).isTrue();
        assertThat(user("gus").get("is_restricted").getAsBoolean()).isTrue();
        assertThat(user("ex").get("deleted").getAsBoolean()).isTrue();
        assertThat(user("ana").toString()).contains("ana@acme.example");
        assertThat(error(app.call("users.info", "user", "U404"))).isEqualTo("user_not_found");
    }

    @Test
    void addresses_have_their_own_scope() throws Exception {
        assertThat(error(app.call("users.lookupByEmail", "email", "bo@acme.example")))
                .isEqualTo("none");
        acme.bot().withdraw("users:read.email");
        assertThat(user("ana").toString()).doesNotContain("ana@acme.example");
        assertThat(error(app.call("users.lookupByEmail", "email", "bo@acme.example")))
                .isEqualTo("missing_scope");
    }

    @Test
    void a_direct_message_is_opened_once() throws Exception {
        String first = app.call("conversations.open", "users", acme.person("cy").id())
                .getAsJsonObject("channel")
                .get("id")
                .getAsString();
        assertThat(first).isEqualTo(acme.botMessagesOf(acme.person("cy")).id()).startsWith("D");
        assertThat(error(app.call(
                        "conversations.open", "users", acme.person("ex").id())))
                .isEqualTo("user_disabled");
    }

    @Test
    void members_come_in_pages() throws Exception {
        String general = acme.conversation("general").id();
        JsonObject first = app.call("conversations.members", "channel", general, "limit", "4");
        String cursor =
                first.getAsJsonObject("response_metadata").get("next_cursor").getAsString();
        JsonObject second = app.call("conversations.members", "channel", general, "limit", "4", "cursor", cursor);

        assertThat(first.getAsJsonArray("members")).hasSize(4);
        assertThat(second.getAsJsonArray("members")).hasSize(2);
        assertThat(second.getAsJsonObject("response_metadata")
                        .get("next_cursor")
                        .getAsString())
                .isEmpty();
    }

    @Test
    void each_kind_of_conversation_has_its_scope() throws Exception {
        acme.bot().withdraw("groups:read");
        assertThat(error(app.call(
                        "conversations.info",
                        "channel",
                        acme.conversation("project").id())))
                .isEqualTo("missing_scope");
        assertThat(error(app.call(
                        "conversations.info",
                        "channel",
                        acme.conversation("general").id())))
                .isEqualTo("none");
    }

    @Test
    void a_trigger_opens_one_modal() throws Exception {
        app.connect();
        Person ana = acme.person("ana");
        ana.types("/call", acme.conversation("general")).await(Duration.ofSeconds(5));
        String trigger =
                slack.journal().envelopes().get(0).payload().get("trigger_id").getAsString();
        String view = "{\"type\":\"modal\",\"title\":{\"type\":\"plain_text\",\"text\":\"Calls\"},\"blocks\":[]}";

        assertThat(error(app.call("views.open", "trigger_id", trigger, "view", view)))
                .isEqualTo("none");
        assertThat(error(app.call("views.open", "trigger_id", trigger, "view", view)))
                .isEqualTo("invalid_trigger_id");
        assertThat(ana.modals()).hasSize(1);
    }

    @Test
    void json_bodies_are_read_too() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(slack.apiUrl() + "calls.add"))
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Authorization", "Bearer " + slack.botToken())
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                "{\"external_unique_id\":\"u\",\"join_url\":\"https://a.b/c\",\"users\":[{\"external_id\":\"7\"}]}"))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.body()).startsWith("{\"ok\":true");
        assertThat(acme.calls()).hasSize(1);
    }

    @Test
    void messages_may_come_in_a_short_burst_only() throws Exception {
        slack.rateLimits(Duration.ofMinutes(1));
        String general = acme.conversation("general").id();
        for (int i = 0; i < 4; i++) {
            assertThat(error(app.call("chat.postMessage", "channel", general, "text", "x")))
                    .isEqualTo("none");
        }
        assertThat(app.send("chat.postMessage", "channel", general, "text", "x").statusCode())
                .isEqualTo(429);
        assertThat(error(app.call(
                        "chat.postMessage",
                        "channel",
                        acme.conversation("project").id(),
                        "text",
                        "x")))
                .isEqualTo("none");
    }

    @Test
    void the_journal_keeps_no_token() throws Exception {
        app.call("users.info", "user", "U404", "token", slack.botToken());

        assertThat(slack.journal().calls("users.info").get(0).toString()).doesNotContain("xoxb-");
        assertThat(slack.journal().calls("users.info").get(0).error()).contains("user_not_found");
    }
}
