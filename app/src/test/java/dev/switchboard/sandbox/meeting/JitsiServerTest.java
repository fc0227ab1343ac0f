package dev.switchboard.sandbox.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.sandbox.slack.FakeSlack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers are those seen of jitsi-meet's Prosody modules. */
class JitsiServerTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private FakeSlack slack;
    private JitsiServer server;

    @BeforeEach
    void start() throws Exception {
        slack = FakeSlack.start();
        server = JitsiServer.mount(slack);
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(slack.address() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String body(String path) throws Exception {
        return get(path).body();
    }

    private WebSocket enter(String query, String origin) {
        return http.newWebSocketBuilder()
                .header("Origin", origin)
                .buildAsync(
                        URI.create(slack.address().replace("http:", "ws:") + "/live/room?" + query),
                        new WebSocket.Listener() {})
                .join();
    }

    private WebSocket enter(String query) {
        return enter(query, slack.address());
    }

    @Test
    void an_absent_room_is_404_without_body_or_type() throws Exception {
        HttpResponse<String> answer = get("/room?subdomain=meet&room=standup&domain=127.0.0.1");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
        assertThat(body("/room-census")).isEqualTo("[]");
    }

    @Test
    void a_query_without_room_is_400_and_without_domain_500() throws Exception {
        assertThat(get("/room").statusCode()).isEqualTo(400);
        assertThat(get("/room?room=standup").statusCode()).isEqualTo(500);
    }

    @Test
    void every_open_tab_is_one_row_and_a_closed_one_is_gone_at_once() throws Exception {
        server.dialect(JitsiDialect.DECEMBER_2023);
        WebSocket first = enter("room=Standup&as=ana");
        enter("room=standup&as=ana");
        enter("room=standup&as=" + "a%20stranger");
        Awaitility.await()
                .until(
                        () -> body("/room-census")
                                .equals(
                                        "{\"room_census\":[{\"room_name\":\"[meet]standup@conference.127.0.0.1\",\"participants\":3,\"leaked\":false}]}"));
        assertThat(body("/room?subdomain=meet&room=standup&domain=127.0.0.1"))
                .matches(
                        "\\[(\\{\"email\":\"ana@acme\\.example\",\"jid\":\"\\[meet]standup@conference\\.127\\.0\\.0\\.1/[0-9a-f]{8}\",\"display_name\":\"Ana\"},?){2}"
                                + "\\{\"email\":\"\",\"jid\":\"[^\"]*\",\"display_name\":\"a stranger\"}]");
        assertThat(get("/room?subdomain=meet&room=standup&domain=elsewhere.test")
                        .statusCode())
                .isEqualTo(404);

        first.abort();
        Awaitility.await()
                .until(() -> body("/room?subdomain=meet&room=standup&domain=127.0.0.1")
                                .split("jid", -1)
                                .length
                        == 3);
    }

    @Test
    void a_server_that_is_down_answers_503_and_forgets_nobody() throws Exception {
        enter("room=standup&as=ana");
        Awaitility.await().until(() -> body("/room-census").contains("standup"));
        server.down(true);
        assertThat(get("/room?subdomain=meet&room=standup&domain=127.0.0.1").statusCode())
                .isEqualTo(503);
        assertThat(get("/room-census").statusCode()).isEqualTo(503);
        server.down(false);
        assertThat(body("/room-census")).contains("standup");
    }

    @Test
    void a_page_elsewhere_enters_no_room() {
        assertThatThrownBy(() -> enter("room=standup&as=ana", "https://evil.example"))
                .hasMessageContaining("WebSocket");
    }
}
