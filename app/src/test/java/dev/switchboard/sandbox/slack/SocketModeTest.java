package dev.switchboard.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@org.junit.jupiter.api.Timeout(20)
class SocketModeTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private FakeSlack slack;
    private WireApp app;
    private Person ana;
    private Person bo;
    private Conversation general;

    @BeforeEach
    void start() throws Exception {
        slack = FakeSlack.start(FakeSlack.options()
                .acknowledgeWithin(Duration.ofMillis(200))
                .redeliverAfter(Duration.ZERO, Duration.ofMillis(20), Duration.ofMillis(20))
                .refreshGrace(Duration.ofMillis(50)));
        app = new WireApp(slack);
        ana = slack.workspace().person("ana");
        bo = slack.workspace().person("bo");
        general = slack.workspace().conversation("general");
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    @Test
    void a_connection_is_greeted_with_hello() throws Exception {
        WireApp.Socket socket = app.connect();

        await().untilAsserted(() -> assertThat(socket.ofType("hello")).hasSize(1));
        assertThat(slack.connections().open()).isEqualTo(1);
    }

    @Test
    void a_ticket_opens_one_connection_only() throws Exception {
        String url = app.open();
        java.net.http.HttpClient http = java.net.http.HttpClient.newHttpClient();
        WireApp.Socket first = new WireApp.Socket(envelope -> Optional.empty());
        http.newWebSocketBuilder().buildAsync(java.net.URI.create(url), first).join();

        assertThat(http.newWebSocketBuilder()
                        .buildAsync(java.net.URI.create(url), new WireApp.Socket(envelope -> Optional.empty())))
                .failsWithin(SOON);
    }

    @Test
    void a_command_is_escaped_and_its_acknowledgement_measured() throws Exception {
        WireApp.Socket socket = app.connect();

        Attempt attempt = ana.types("/call @bo R&D in #general see https://meet.example.com/x?a=1&b=2", general);

        assertThat(attempt.await(SOON).acknowledged()).isTrue();
        assertThat(attempt.latency()).isPresent();
        JsonObject payload = socket.ofType("slash_commands").get(0).getAsJsonObject("payload");
        assertThat(payload.get("command").getAsString()).isEqualTo("/call");
        assertThat(payload.get("text").getAsString())
                .isEqualTo("<@%s|bo> R&amp;D in <#%s|general> see <https://meet.example.com/x?a=1&amp;b=2>"
                        .formatted(bo.id(), general.id()));
        assertThat(payload.get("team_id").getAsString())
                .isEqualTo(slack.workspace().id());
    }

    @Test
    void the_answer_in_an_acknowledgement_is_shown_to_the_person_alone() throws Exception {
        app.connect(envelope ->
                Optional.of(WireApp.ack(envelope, Json.object("text", "Hello")).toString()));

        ana.types("/call", general).await(SOON);

        assertThat(general.visibleTo(ana)).extracting(PostedMessage::text).containsExactly("Hello");
        assertThat(general.visibleTo(bo)).isEmpty();
    }

    @Test
    void an_answer_in_channel_is_shown_to_all() throws Exception {
        JsonObject answer = Json.object("text", "Hello", "response_type", "in_channel");
        app.connect(envelope -> Optional.of(WireApp.ack(envelope, answer).toString()));

        ana.types("/call", general).await(SOON);

        assertThat(general.visibleTo(bo)).extracting(PostedMessage::text).containsExactly("Hello");
    }

    @Test
    void a_command_not_acknowledged_in_time_shows_an_error() throws Exception {
        WireApp.Socket socket = app.connect(envelope -> Optional.empty());

        Attempt attempt = ana.types("/call", general).await(SOON);

        assertThat(attempt.error()).contains("operation_timeout");
        assertThat(general.visibleTo(ana))
                .extracting(PostedMessage::text)
                .containsExactly("/call failed with the error \"operation_timeout\"");
        socket.say(WireApp.ack(socket.ofType("slash_commands").get(0)).toString());
        await().until(() -> slack.journal().envelopes().get(0).late());
        assertThat(attempt.acknowledged()).isFalse();
    }

    @Test
    void a_command_without_a_connection_fails_at_once() throws Exception {
        Attempt attempt = ana.types("/call", general).await(SOON);

        assertThat(attempt.error()).contains("dispatch_failed");
    }

    @Test
    void a_command_nobody_registered_never_reaches_the_app() throws Exception {
        app.connect();

        assertThat(ana.types("/dance", general).error()).contains("not_a_command");
        assertThat(slack.journal().envelopes()).isEmpty();
    }

    @Test
    void an_event_not_acknowledged_comes_three_times_more() throws Exception {
        WireApp.Socket socket = app.connect(envelope -> Optional.empty());

        ana.posts("see https://meet.example.com/x", general);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(socket.ofType("events_api"))
                        .extracting(envelope -> envelope.get("retry_attempt").getAsInt())
                        .containsExactly(0, 1, 2, 3));
        assertThat(socket.ofType("events_api"))
                .extracting(envelope -> envelope.getAsJsonObject("payload").get("event_id"))
                .containsOnly(socket.ofType("events_api")
                        .get(0)
                        .getAsJsonObject("payload")
                        .get("event_id"));
    }

    @Test
    void each_envelope_goes_to_one_connection_in_turn() throws Exception {
        WireApp.Socket one = app.connect();
        WireApp.Socket two = app.connect();

        for (int i = 0; i < 10; i++) {
            ana.types("/call", general).await(SOON);
        }

        assertThat(one.ofType("slash_commands")).hasSize(5);
        assertThat(two.ofType("slash_commands")).hasSize(5);
    }

    @Test
    void an_eleventh_connection_is_turned_away() throws Exception {
        for (int i = 0; i < 10; i++) {
            app.connect();
        }
        WireApp.Socket eleventh = app.connect();

        await().untilAsserted(() -> assertThat(eleventh.closed).containsExactly("1000 too_many_websockets"));
        assertThat(slack.connections().open()).isEqualTo(10);
    }

    @Test
    void a_refresh_warns_asks_and_closes() throws Exception {
        WireApp.Socket socket = app.connect();

        slack.connections().refresh();

        await().untilAsserted(() -> assertThat(socket.closed).hasSize(1));
        assertThat(socket.ofType("disconnect"))
                .extracting(message -> message.get("reason").getAsString())
                .containsExactly("warning", "refresh_requested");
        await().until(() -> slack.connections().open() == 0);
    }

    @Test
    void a_dropped_connection_is_gone_on_both_sides() throws Exception {
        WireApp.Socket socket = app.connect();
        await().until(() -> slack.connections().open() == 1);

        slack.connections().drop();

        await().until(() -> slack.connections().open() == 0);
        await().untilAsserted(() -> assertThat(socket.closed).isNotEmpty());
    }

    @Test
    void a_hung_connection_takes_an_envelope_and_never_answers() throws Exception {
        WireApp.Socket socket = app.connect();
        await().untilAsserted(() -> assertThat(socket.ofType("hello")).hasSize(1));

        slack.connections().hang();

        assertThat(ana.types("/call", general).await(SOON).error()).contains("operation_timeout");
        assertThat(slack.connections().open()).isEqualTo(1);
    }

    @Test
    void what_a_right_app_does_not_send_is_recorded() throws Exception {
        WireApp.Socket socket = app.connect();
        socket.say("hello?");
        socket.say("{\"envelope_id\":\"never-sent\"}");
        ana.types("/call", general).await(SOON);
        socket.say(WireApp.ack(socket.ofType("slash_commands").get(0)).toString());

        await().untilAsserted(() -> assertThat(slack.violations()).hasSize(3));
    }

    @Test
    void garbage_can_be_sent() throws Exception {
        WireApp.Socket socket = app.connect();
        await().untilAsserted(() -> assertThat(socket.ofType("hello")).hasSize(1));

        slack.send("not JSON at all");
        slack.sendEnvelope("surprise", Json.object("a", List.of(1, 2)));

        await().untilAsserted(() -> assertThat(socket.received).hasSize(3));
    }

    @Test
    void a_large_payload_arrives_whole() throws Exception {
        WireApp.Socket socket = app.connect();

        slack.sendEnvelope("surprise", Json.object("a", "x".repeat(200_000)));

        await().untilAsserted(() -> assertThat(socket.ofType("surprise")).hasSize(1));
    }

    @Test
    void the_upgrade_can_be_refused() throws Exception {
        slack.faults().on(Faults.WEBSOCKET).http(503);

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> app.connect())
                .hasStackTraceContaining("WebSocketHandshakeException");
        assertThat(slack.connections().open()).isZero();
    }
}
