package dev.switchboard.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MessagesTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Ticking clock = new Ticking();
    private FakeSlack slack;
    private Workspace acme;
    private WireApp app;
    private Person ana;
    private Person bo;
    private Conversation general;

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

    private String post(String channel, String... more) throws Exception {
        String[] arguments = new String[2 + more.length];
        arguments[0] = "channel";
        arguments[1] = channel;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return error(app.call("chat.postMessage", arguments));
    }

    private static String error(JsonObject answer) {
        return Json.text(answer, "error").orElse("none");
    }

    private String call() throws Exception {
        return app.call("calls.add", "external_unique_id", "u", "join_url", "https://meet.example.com/x")
                .getAsJsonObject("call")
                .get("id")
                .getAsString();
    }

    private static JsonObject card(String callId) {
        JsonObject message = Json.object("text", "A Call", "response_type", "in_channel");
        message.add("blocks", Json.parseArray(blocks(callId)).orElseThrow());
        return message;
    }

    private static String blocks(String callId) {
        return "[{\"type\":\"call\",\"call_id\":\"" + callId + "\"}]";
    }

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

    @Nested
    class Unfurls {
        private static final String URL = "https://meet.example.com/x?a=1&b=2";

        private JsonObject shared() {
            await().atMost(SOON)
                    .until(() -> !slack.journal().envelopes("events_api").isEmpty());
            return slack.journal().envelopes("events_api").get(0).payload().getAsJsonObject("event");
        }

        private String unfurls(String callId) {
            return "{\"" + URL + "\":{\"blocks\":" + blocks(callId) + "}}";
        }

        @BeforeEach
        void connect() throws Exception {
            app.connect();
        }

        @Test
        void a_shared_link_is_told_and_unfurled() throws Exception {
            PostedMessage message = ana.posts("see " + URL, acme.conversation("ana-bo"));
            JsonObject event = shared();
            assertThat(event.get("source").getAsString()).isEqualTo("conversations_history");
            assertThat(event.getAsJsonArray("links").toString()).contains(URL);
            String id = call();

            assertThat(error(app.call(
                            "chat.unfurl", "channel", message.channel(), "ts", message.ts(), "unfurls", unfurls(id))))
                    .isEqualTo("none");

            assertThat(acme.conversation("ana-bo").messages().get(0).callIds()).containsExactly(id);
            assertThat(acme.call(id).channels()).containsExactly(message.channel());
        }

        @Test
        void a_draft_is_unfurled_by_its_unfurl_id() throws Exception {
            Draft draft = ana.drafts(URL, general);
            JsonObject event = shared();
            assertThat(event.get("channel").getAsString()).isEqualTo("COMPOSER");

            assertThat(error(app.call(
                            "chat.unfurl",
                            "unfurl_id",
                            event.get("unfurl_id").getAsString(),
                            "source",
                            "composer",
                            "unfurls",
                            unfurls(call()))))
                    .isEqualTo("none");
            assertThat(draft.unfurls()).containsOnlyKeys(URL);
            assertThat(general.messages()).isEmpty();
        }

        @Test
        void what_was_not_shared_cannot_be_unfurled() throws Exception {
            PostedMessage message = ana.posts(URL, general);
            String[] place = {"channel", general.id(), "ts", message.ts(), "unfurls", ""};
            place[5] = "{\"https://meet.example.com/other\":{\"blocks\":" + blocks(call()) + "}}";
            assertThat(error(app.call("chat.unfurl", place))).isEqualTo("cannot_unfurl_url");
            place[5] = "{\"" + URL + "\":{\"type\":\"call\",\"call_id\":\"" + call() + "\"}}";
            assertThat(error(app.call("chat.unfurl", place))).isEqualTo("cannot_unfurl_url");
            place[5] = "{}";
            assertThat(error(app.call("chat.unfurl", place))).isEqualTo("missing_unfurls");
            place[5] = unfurls(call());
            place[3] = "1.000001";
            assertThat(error(app.call("chat.unfurl", place))).isEqualTo("cannot_find_message");
        }
    }

    @Test
    void the_rate_limit_says_when_to_come_back() throws Exception {
        slack.rateLimits(Duration.ofMinutes(1));
        for (int i = 0; i < 100; i++) {
            assertThat(error(app.call("users.info", "user", ana.id()))).isEqualTo("none");
        }
        clock.tick(Duration.ofSeconds(20));

        HttpResponse<String> refused = app.send("users.info", "user", ana.id());

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("40");
        clock.tick(Duration.ofSeconds(40));
        assertThat(error(app.call("users.info", "user", ana.id()))).isEqualTo("none");
    }

    @Nested
    class GoneWrong {
        @Test
        void a_method_fails_to_order_and_then_works() throws Exception {
            slack.faults().on("users.info").next(2).failWith("internal_error");
            assertThat(error(app.call("users.info", "user", ana.id()))).isEqualTo("internal_error");
            assertThat(error(app.call("users.info", "user", ana.id()))).isEqualTo("internal_error");
            assertThat(error(app.call("users.info", "user", ana.id()))).isEqualTo("none");
        }

        @Test
        void a_reply_gets_lost_after_the_effect() throws Exception {
            slack.faults().on("chat.postMessage").always().dropAfterEffect();
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> post(general.id(), "text", "x"))
                    .isInstanceOf(java.io.IOException.class);
            assertThat(general.messages()).isNotEmpty();
        }

        @Test
        void slack_asks_to_come_back_later() throws Exception {
            slack.faults().on("users.info").rateLimit(Duration.ofSeconds(7));
            HttpResponse<String> answer = app.send("users.info", "user", ana.id());
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        }

        @Test
        void a_response_url_is_out_of_order_and_no_use_is_spent() throws Exception {
            app.connect();
            ana.types("/call", general).await(SOON);
            String url = slack.journal()
                    .envelopes()
                    .get(0)
                    .payload()
                    .get("response_url")
                    .getAsString();
            slack.faults().on(Faults.RESPONSE_URL).next(5).http(503);

            for (int i = 0; i < 5; i++) {
                assertThat(app.post(url, Json.object("text", "x")).statusCode()).isEqualTo(503);
            }
            assertThat(app.post(url, Json.object("text", "x")).statusCode()).isEqualTo(200);
            assertThat(slack.journal().calls(Faults.RESPONSE_URL)).hasSize(6);
        }

        @Test
        void a_request_is_cut_before_its_effect_and_still_in_the_journal() throws Exception {
            slack.faults().on("calls.add").always().dropBeforeEffect();
            org.assertj.core.api.Assertions.assertThatThrownBy(MessagesTest.this::call)
                    .isInstanceOf(java.io.IOException.class);
            assertThat(acme.calls()).isEmpty();
            assertThat(slack.journal().calls("calls.add")).isNotEmpty();
        }

        @Test
        void an_answer_comes_late() throws Exception {
            slack.faults().on("users.info").delay(Duration.ofMillis(150));
            long before = System.nanoTime();
            assertThat(error(app.call("users.info", "user", ana.id()))).isEqualTo("none");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(140));
        }

        @Test
        void a_request_is_held_at_a_gate() throws Exception {
            Gate gate = slack.faults().on("chat.postMessage").holdAfterEffect();
            var answer = java.util.concurrent.CompletableFuture.supplyAsync(() -> {
                try {
                    return post(general.id(), "text", "x");
                } catch (Exception failure) {
                    return failure.toString();
                }
            });

            gate.awaitReached(SOON);
            assertThat(general.messages()).hasSize(1);
            assertThat(answer).isNotDone();
            gate.open();
            assertThat(answer).succeedsWithin(SOON).isEqualTo("none");
        }
    }

    @Test
    void a_web_page_is_kept_out() throws Exception {
        HttpResponse<String> answer = app.get(slack.apiUrl() + "api.test", Map.of("Origin", "https://evil.example"));
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    /** Time that passes when told to. */
    private static final class Ticking extends Clock {
        private volatile Instant now = Instant.parse("2026-11-21T09:00:00Z");

        void tick(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
