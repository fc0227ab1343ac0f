package dev.switchboard.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MessagesTest extends OnTheWire {
    @Nested
    class Tokens {
        @Test
        void are_checked() throws Exception {
            assertThat(error(app.with("").call("auth.test"))).isEqualTo("not_authed");
            assertThat(error(app.with("xoxb-unknown").call("auth.test"))).isEqualTo("invalid_auth");
            assertThat(error(app.with(slack.appToken()).call("users.info", "user", ana.id())))
                    .isEqualTo("not_allowed_token_type");
            assertThat(error(app.with(slack.botToken()).call("apps.connections.open")))
                    .isEqualTo("not_allowed_token_type");
            assertThat(error(app.call("calls.dance"))).isEqualTo("unknown_method");
        }

        @Test
        void can_be_revoked_and_restored() throws Exception {
            acme.bot().revoke();
            assertThat(error(app.call("auth.test"))).isEqualTo("token_revoked");
            acme.bot().deactivate();
            assertThat(error(app.call("auth.test"))).isEqualTo("account_inactive");
            acme.bot().restore();
            assertThat(app.call("auth.test").get("user_id").getAsString()).isEqualTo(acme.botUserId());
        }

        @Test
        void need_the_scope_of_the_method() throws Exception {
            acme.bot().withdraw("chat:write");

            JsonObject answer = app.call("chat.postMessage", "channel", general.id(), "text", "x");

            assertThat(error(answer)).isEqualTo("missing_scope");
            assertThat(answer.get("needed").getAsString()).isEqualTo("chat:write");
            assertThat(answer.get("provided").getAsString()).contains("calls:write");
        }

        @Test
        void of_one_workspace_know_nothing_of_the_other() throws Exception {
            app.with(slack.workspace("globex").botToken());
            assertThat(post(general.id(), "text", "x")).isEqualTo("channel_not_found");
        }
    }

    @Nested
    class Membership {
        @Test
        void a_private_channel_without_the_bot_does_not_exist() throws Exception {
            assertThat(post(acme.conversation("secret").id(), "text", "x")).isEqualTo("channel_not_found");
            assertThat(post(acme.conversation("ana-bo").id(), "text", "x")).isEqualTo("channel_not_found");
            assertThat(error(app.call(
                            "conversations.info",
                            "channel",
                            acme.conversation("secret").id())))
                    .isEqualTo("channel_not_found");
            assertThat(post(acme.conversation("project").id(), "text", "x")).isEqualTo("none");
        }

        @Test
        void a_public_channel_takes_messages_with_chat_write_public() throws Exception {
            String random = acme.conversation("random").id();
            assertThat(post(random, "text", "x")).isEqualTo("none");
            assertThat(error(app.call("conversations.history", "channel", random)))
                    .isEqualTo("not_in_channel");
            acme.bot().withdraw("chat:write.public");
            assertThat(post(random, "text", "x")).isEqualTo("not_in_channel");
        }

        @Test
        void an_archived_channel_takes_nothing() throws Exception {
            assertThat(post(acme.conversation("attic").id(), "text", "x")).isEqualTo("is_archived");
        }

        @Test
        void a_public_channel_may_be_named() throws Exception {
            assertThat(post("#general", "text", "x")).isEqualTo("none");
            assertThat(post("project", "text", "x")).isEqualTo("channel_not_found");
        }

        @Test
        void a_person_as_channel_means_the_direct_message() throws Exception {
            assertThat(post(bo.id(), "text", "x")).isEqualTo("none");
            assertThat(acme.botMessagesOf(bo).messages()).hasSize(1);
        }
    }

    @Nested
    class Blocks {
        @Test
        void a_message_needs_text_or_blocks() throws Exception {
            assertThat(post(general.id())).isEqualTo("no_text");
            assertThat(post(general.id(), "text", "x".repeat(40_001))).isEqualTo("msg_too_long");
        }

        @Test
        void a_call_block_names_a_call_of_this_workspace() throws Exception {
            assertThat(post(general.id(), "blocks", blocks("R404"))).isEqualTo("invalid_blocks");
            String id = call();
            assertThat(post(general.id(), "blocks", blocks(id))).isEqualTo("none");
            assertThat(general.messages().get(0).callIds()).containsExactly(id);
            app.with(slack.workspace("globex").botToken());
            assertThat(post(slack.workspace("globex").conversation("general").id(), "blocks", blocks(id)))
                    .isEqualTo("invalid_blocks");
        }

        @Test
        void a_call_block_for_one_person_only_is_refused() throws Exception {
            assertThat(error(app.call(
                            "chat.postEphemeral", "channel", general.id(), "user", ana.id(), "blocks", blocks(call()))))
                    .isEqualTo("invalid_blocks");
        }

        @Test
        void a_long_button_is_refused() throws Exception {
            String button = "[{\"type\":\"actions\",\"elements\":[{\"type\":\"button\",\"action_id\":\"a\","
                    + "\"text\":{\"type\":\"plain_text\",\"text\":\"%s\"}}]}]";
            assertThat(post(general.id(), "blocks", button.formatted("x".repeat(76))))
                    .isEqualTo("invalid_blocks");
            assertThat(post(general.id(), "blocks", button.formatted("x".repeat(75))))
                    .isEqualTo("none");
        }
    }

    @Test
    void history_shows_metadata_when_asked_and_the_call_in_its_block() throws Exception {
        String id = call();
        String metadata = "{\"event_type\":\"call_posted\",\"event_payload\":{\"id\":\"u\"}}";
        post(general.id(), "text", "x", "blocks", blocks(id), "metadata", metadata);
        app.call("chat.postEphemeral", "channel", general.id(), "user", ana.id(), "text", "only you");

        JsonObject history = app.call("conversations.history", "channel", general.id(), "include_all_metadata", "1");

        assertThat(history.getAsJsonArray("messages")).hasSize(1);
        assertThat(history.toString()).contains("call_posted", "active_participants");
        assertThat(app.call("conversations.history", "channel", general.id()).toString())
                .doesNotContain("call_posted");
    }

    @Nested
    class ResponseUrl {
        private String url(Conversation where) {
            ana.types("/call", where);
            return slack.journal()
                    .envelopes("slash_commands")
                    .get(0)
                    .payload()
                    .get("response_url")
                    .getAsString();
        }

        @BeforeEach
        void connect() throws Exception {
            app.connect();
        }

        @Test
        void posts_a_card_where_the_bot_is_not() throws Exception {
            Conversation secret = acme.conversation("secret");
            String id = call();

            HttpResponse<String> answer = app.post(url(secret), card(id));

            assertThat(answer.body()).isEqualTo("ok");
            assertThat(secret.messages().get(0).callIds()).containsExactly(id);
            assertThat(acme.call(id).channels()).containsExactly(secret.id());
        }

        @Test
        void is_good_for_five_uses() throws Exception {
            String url = url(general);
            for (int i = 0; i < 5; i++) {
                assertThat(app.post(url, Json.object("text", "x")).statusCode()).isEqualTo(200);
            }
            HttpResponse<String> sixth = app.post(url, Json.object("text", "x"));
            assertThat(sixth.statusCode()).isEqualTo(404);
            assertThat(sixth.body()).contains("used_url");
        }

        @Test
        void is_good_for_thirty_minutes() throws Exception {
            String url = url(general);
            clock.tick(Duration.ofMinutes(31));
            HttpResponse<String> late = app.post(url, Json.object("text", "x"));
            assertThat(late.statusCode()).isEqualTo(404);
            assertThat(late.body()).contains("expired_url");
        }

        @Test
        void takes_no_call_block_for_one_person() throws Exception {
            JsonObject card = card(call());
            card.addProperty("response_type", "ephemeral");
            assertThat(app.post(url(general), card).body()).contains("invalid_blocks");
        }

        @Test
        void of_the_call_icon_opens_the_meeting() throws Exception {
            ana.startsFromCallIcon(general, "video");
            JsonObject payload =
                    slack.journal().envelopes("slash_commands").get(0).payload();
            assertThat(payload.has("command")).isFalse();

            app.post(
                    payload.get("response_url").getAsString(),
                    Json.object("response_type", "call", "call_initiation_url", "https://meet.example.com/x"));

            assertThat(ana.opened()).containsExactly("https://meet.example.com/x");
        }
    }

    @Test
    void a_click_reaches_the_app_and_its_response_url_replaces_the_message() throws Exception {
        app.connect();
        String button =
                "[{\"type\":\"actions\",\"elements\":[{\"type\":\"button\",\"action_id\":\"end\",\"value\":\"u\","
                        + "\"text\":{\"type\":\"plain_text\",\"text\":\"End\"}}]}]";
        post(general.id(), "text", "x", "blocks", button);

        bo.clicks(general.messages().get(0), "End").await(SOON);

        JsonObject payload = slack.journal().envelopes("interactive").get(0).payload();
        assertThat(payload.getAsJsonArray("actions").toString()).contains("\"value\":\"u\"", "action_ts", "block_id");
        JsonObject answer = Json.object("text", "Ended", "replace_original", true);
        app.post(payload.get("response_url").getAsString(), answer);
        assertThat(general.messages()).extracting(PostedMessage::text).containsExactly("Ended");
    }
}
