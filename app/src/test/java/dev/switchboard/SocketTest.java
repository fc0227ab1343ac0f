package dev.switchboard;

import static dev.switchboard.Office.cards;
import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Faults;
import dev.switchboard.sandbox.slack.Gate;
import dev.switchboard.sandbox.slack.PostedMessage;
import dev.switchboard.sandbox.slack.SentEnvelope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Socket Mode connection: whatever comes over it, and whatever befalls it, the bot goes on. */
@Timeout(90)
class SocketTest {
    private static final String OPEN = "apps.connections.open";

    @RegisterExtension
    private final Office office = new Office()
            .slack(options -> options.refreshGrace(Duration.ofMillis(300)).pingEvery(Duration.ofMillis(500)));

    @Nested
    class Garbage {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "[]",
                    "null",
                    "42",
                    "\"hello\"",
                    "{}",
                    "{\"type\":\"hello\"}",
                    "{\"type\":null}",
                    "{\"type\":{\"a\":1}}",
                    "{\"type\":\"party\"}",
                    "{\"envelope_id\":{}}",
                    "{\"type\":\"slash_commands\",\"payload\":{}}",
                    "\u0000\uFFFF",
                    "<html></html>"
                })
        void that_is_no_envelope_is_passed_over(String text) {
            office.slack().send(text);

            goesOn();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"command\":\"/call\"}",
                    "{\"command\":\"/call\",\"text\":null,\"team_id\":\"\",\"user_id\":\"\",\"channel_id\":\"\"}",
                    "{\"command\":\"/call\",\"team_id\":\"T1\",\"user_id\":\"U1\"}",
                    "{\"command\":\"/call\",\"team_id\":\"T1\",\"channel_id\":\"C1\"}",
                    "{\"command\":{\"a\":1},\"text\":[1]}",
                    "{\"command\":\"/other\",\"team_id\":\"T1\",\"user_id\":\"U1\",\"channel_id\":\"C1\"}",
                    "{\"type\":\"video\",\"response_url\":\"not a url\",\"channel_id\":\"C1\"}",
                    "{\"type\":\"video\",\"response_url\":\"http://127.0.0.1:1/\",\"channel_id\":\"C1\"}",
                    "{\"type\":\"block_actions\",\"actions\":[]}",
                    "{\"type\":\"block_actions\",\"actions\":[{\"action_id\":\"decline_call\"}]}",
                    "{\"type\":\"block_actions\",\"actions\":[{\"action_id\":\"choose_call\",\"value\":\"x|y\"}],"
                            + "\"user\":{\"id\":\"U1\",\"team_id\":\"T1\"},\"channel\":{\"id\":\"C1\"}}",
                    "{\"type\":\"view_submission\"}",
                    "{\"type\":\"event_callback\"}",
                    "{\"type\":\"event_callback\",\"event\":{}}",
                    "{\"type\":\"event_callback\",\"event\":{\"type\":\"link_shared\"},\"team_id\":\"T1\"}",
                    "{\"type\":\"event_callback\",\"event\":{\"type\":\"call_rejected\"},\"team_id\":\"T1\"}",
                    "{\"type\":\"event_callback\",\"event\":{\"type\":\"team_join\",\"user\":{}},\"team_id\":\"T1\"}",
                    "{\"type\":\"event_callback\",\"event\":\"link_shared\"}"
                })
        void in_an_envelope_is_acknowledged_whatever_its_type(String payload) {
            JsonObject json = JsonParser.parseString(payload).getAsJsonObject();
            List<SentEnvelope> sent = new ArrayList<>();
            for (String type : List.of("slash_commands", "events_api", "interactive", "party", "")) {
                sent.add(office.slack().sendEnvelope(type, json).orElseThrow());
            }
            eventually(() -> sent.stream().allMatch(SentEnvelope::acknowledged));

            assertThat(office.acme().calls()).isEmpty();
            assertThat(office.slack().violations()).isEmpty();
            goesOn();
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"text\"", "[]", "42", "null", "true", "[[[[]]]]"})
        void a_payload_that_is_no_object_is_acknowledged(String payload) {
            String envelope = "{\"envelope_id\":\"e-%s\",\"type\":\"%s\",\"accepts_response_payload\":true,"
                    + "\"payload\":" + payload + "}";
            for (String type : List.of("slash_commands", "events_api", "interactive", "party")) {
                office.slack().send(envelope.formatted(type, type));
            }
            // FakeSlack did not send these as envelopes of its own, so it notes each acknowledgement as a surprise.
            eventually(() -> office.slack().violations().size() == 4);

            assertThat(office.slack().violations()).allMatch(line -> line.contains("unknown envelope: e-"));
            goesOn();
        }

        @Test
        void nested_without_end_is_survived() {
            office.slack().send("[".repeat(200_000));
            office.slack().send("{\"envelope_id\":\"deep\",\"payload\":" + "{\"a\":".repeat(100_000));

            goesOn();
        }

        @Test
        void larger_than_anything_of_slacks_it_costs_the_connection_and_nothing_else() {
            office.slack().send("{\"envelope_id\":\"large\",\"payload\":\"" + "x".repeat(6_000_000) + "\"}");

            goesOn();
        }

        @Test
        void an_envelope_too_deep_to_read_is_acknowledged() {
            JsonElement deep = new JsonArray();
            for (int i = 0; i < 1_000; i++) {
                JsonArray outer = new JsonArray();
                outer.add(deep);
                deep = outer;
            }
            JsonObject payload = new JsonObject();
            payload.add("deep", deep);
            SentEnvelope sent =
                    office.slack().sendEnvelope("events_api", payload).orElseThrow();

            eventually(sent::acknowledged);
            goesOn();
        }

        @Test
        void an_unknown_envelope_is_logged_without_its_content() {
            try (LogLines log = LogLines.listen()) {
                JsonObject payload = new JsonObject();
                payload.addProperty("secret", "hush-hush");
                payload.add("more", new JsonArray());
                SentEnvelope sent =
                        office.slack().sendEnvelope("party", payload).orElseThrow();
                eventually(sent::acknowledged);
                eventually(office.slack().sendEnvelope("party", payload).orElseThrow()::acknowledged);

                assertThat(log.lines().stream().filter(line -> line.contains("unknown kind party")))
                        .hasSize(1);
                assertThat(log.lines()).noneMatch(line -> line.contains("hush-hush"));
            }
        }
    }

    @Nested
    class Cut {
        @Test
        void it_comes_back_and_events_are_not_lost() {
            office.slack().connections().drop();
            PostedMessage message = office.ana().posts("https://meet.example.com/standup", office.general());
            eventually(() -> office.bot().connected());
            eventually(() -> !office.now(message).callIds().isEmpty());

            goesOn();
        }

        @Test
        void a_command_under_way_is_done_once() {
            Gate gate = office.faults().on("calls.info").holdBeforeEffect();
            office.startCall(office.ana(), "/call Sync", office.general());
            Attempt info = office.ana().types("/call info", office.general());
            office.ana().types("/call rename Retro", office.general());
            eventually(gate::reached);
            office.slack().connections().drop();
            gate.open();
            eventually(() -> office.callIn(office.general())
                    .title()
                    .filter("Retro"::equals)
                    .isPresent());
            assertThat(info.latency()).isNotNull();

            goesOn();
        }

        @Test
        void many_times_over_it_still_comes_back() {
            for (int i = 0; i < 5; i++) {
                int opened = office.slack().connections().opened();
                office.slack().connections().drop();
                eventually(() -> office.slack().connections().opened() > opened
                        && office.bot().connected());
            }

            goesOn();
            assertThat(office.slack().connections().open()).isEqualTo(1);
        }

        @Test
        void silently_it_is_noticed_and_replaced() {
            office.slack().connections().hang();
            int opened = office.slack().connections().opened();
            eventually(() -> office.slack().connections().opened() > opened);

            goesOn();
        }
    }

    @Nested
    class Refreshed {
        @Test
        void under_a_stream_of_commands_it_loses_none() {
            List<Attempt> attempts = new ArrayList<>();
            int opened = office.slack().connections().opened();
            office.slack().connections().refresh();
            while (office.slack().connections().opened() == opened
                    || office.slack().connections().open() > 1
                    || attempts.size() < 50) {
                attempts.add(office.ana().types("/call Sync " + attempts.size(), office.general()));
                int last = attempts.size() - 1;
                eventually(() -> attempts.get(last).acknowledged()
                        || attempts.get(last).error().isPresent());
            }
            office.atRest();

            assertThat(attempts).allMatch(Attempt::acknowledged);
            assertThat(cards(office.general())).hasSize(attempts.size());
            assertThat(office.acme().calls()).hasSize(attempts.size());
        }

        @Test
        void several_times_at_once_it_ends_up_with_one_connection() {
            office.slack().connections().refresh();
            office.slack().connections().refresh();
            eventually(() -> office.slack().connections().opened() >= 2
                    && office.slack().connections().open() == 1);

            goesOn();
        }
    }

    @Nested
    class Refused {
        @ParameterizedTest
        @ValueSource(strings = {"link_disabled", "too_many_websockets"})
        void it_is_not_asked_for_again_and_again(String reason) {
            int before = office.requests(OPEN).size();
            office.types(office.ana(), "/call Sync", office.general());
            office.atRest();
            office.faults().on("chat.postMessage").rateLimit(Duration.ofSeconds(3));
            office.types(office.ana(), "/call Later", office.general());
            office.slack().connections().disconnect(reason);
            eventually(() -> office.slack().connections().open() == 0);
            eventually(() -> cards(office.general()).size() == 2); // seconds later

            assertThat(office.requests(OPEN).size() - before).isLessThanOrEqualTo(1);
        }
    }

    @Nested
    class Unreachable {
        @Test
        void for_a_while_it_comes_back_by_itself() {
            office.faults().on(OPEN).next(2).http(500);
            office.faults().on(OPEN).failWith("internal_error");
            office.faults().on(OPEN).dropBeforeEffect();
            office.faults().on(OPEN).dropAfterEffect();
            office.faults().on(OPEN).page(502);
            office.types(office.ana(), "/call help", office.general()); // so that the connection has proved itself
            office.slack().connections().drop();

            goesOn();
        }

        @Test
        void by_the_socket_itself_it_comes_back_by_itself() {
            office.faults().on(Faults.WEBSOCKET).http(503);
            office.faults().on(Faults.WEBSOCKET).http(403);
            office.faults().on(Faults.WEBSOCKET).dropBeforeEffect();
            office.slack().connections().drop();

            goesOn();
        }

        @Test
        void when_told_to_wait_it_waits() {
            office.faults().on(OPEN).rateLimit(Duration.ofSeconds(2));
            int before = office.requests(OPEN).size();
            office.slack().connections().drop();
            goesOn();

            var requests =
                    office.requests(OPEN).subList(before, office.requests(OPEN).size());
            assertThat(requests.get(0).status()).isEqualTo(429);
            assertThat(requests.get(1).time())
                    .isAfterOrEqualTo(requests.get(0).time().plusSeconds(2));
        }
    }

    @Nested
    class Delivered_again {
        @Test
        void a_command_makes_one_call() {
            Attempt attempt = office.types(office.ana(), "/call @bo Sync", office.general());
            SentEnvelope again = attempt.redeliver();
            office.atRest();

            assertThat(again.acknowledged()).isTrue();
            assertThat(office.acme().calls()).hasSize(1);
            assertThat(cards(office.general())).hasSize(1);
            assertThat(office.rings(office.bo())).hasSize(1);
        }
    }

    @Nested
    class While_slack_is_slow {
        @Test
        void commands_are_acknowledged_all_the_same() {
            for (String method : List.of(
                    "calls.add", "calls.update", "calls.end", "calls.info", "chat.postMessage", "chat.unfurl")) {
                office.faults().on(method).always().delay(Duration.ofSeconds(2));
            }
            List<Attempt> attempts = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                attempts.add(office.ana().types("/call Sync " + i, office.general()));
                attempts.add(office.bo().types("/call list", office.general()));
            }
            eventually(() -> attempts.stream()
                    .allMatch(
                            attempt -> attempt.acknowledged() || attempt.error().isPresent()));
            office.faults().clear();

            assertThat(attempts).allMatch(Attempt::acknowledged);
            eventually(() -> cards(office.general()).size() == 40);
        }
    }

    /** The bot still does what is asked of it. */
    private void goesOn() {
        eventually(
                () -> office.bot().connected() && office.slack().connections().open() > 0);
        eventually(() -> office.ana()
                .types("/call help", office.general())
                .await(Office.PATIENCE)
                .acknowledged());
        office.types(office.ana(), "/call Going on", office.general());
        eventually(() -> office.acme().calls().stream()
                .anyMatch(call -> call.title().filter("Going on"::equals).isPresent()));
    }
}
