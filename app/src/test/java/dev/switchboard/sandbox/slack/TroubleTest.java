package dev.switchboard.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TroubleTest extends OnTheWire {
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
            org.assertj.core.api.Assertions.assertThatThrownBy(TroubleTest.this::call)
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
}
