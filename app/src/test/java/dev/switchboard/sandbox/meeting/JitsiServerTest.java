package dev.switchboard.sandbox.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers are those seen of jitsi-meet's Prosody modules, of three generations. */
class JitsiServerTest extends OnTheMeetingServer {
    private static final String STANDUP = "?subdomain=meet&room=standup&domain=127.0.0.1";

    private JitsiServer server;

    @BeforeEach
    void open() {
        server = JitsiServer.mount(slack);
    }

    private static String masked(String rows) {
        return rows.replaceAll("[0-9a-f]{8}\"", "8f3a2b1c\"");
    }

    @Test
    void an_absent_room_is_404_without_body_or_type_and_a_module_that_is_off_a_page() throws Exception {
        assertThat(gist("/room" + STANDUP)).isEqualTo("404 empty");
        assertThat(gist("/room-size" + STANDUP)).isEqualTo("404 empty");
        server.join("standup", "Ada", "");
        server.sizeModule(false);
        assertThat(gist("/room" + STANDUP)).isEqualTo("404 text/html");
        assertThat(gist("/room-size" + STANDUP)).isEqualTo("404 text/html");
        assertThat(gist("/sessions")).isEqualTo("404 text/html");
        assertThat(gist("/room-census")).startsWith("200");
        server.censusModule(false);
        assertThat(gist("/room-census")).isEqualTo("404 text/html");
        assertThat(gist("/end-meeting")).isEqualTo("404 text/html");
    }

    @Test
    void a_host_that_is_not_the_servers_gets_the_page() throws Exception {
        server.join("standup", "Ada", "");
        server.requireHost("localhost");
        assertThat(gist("/room" + STANDUP)).isEqualTo("404 text/html");
        server.requireHost("127.0.0.1");
        assertThat(gist("/room" + STANDUP)).startsWith("200");
    }

    @Test
    void a_request_without_query_is_400_and_without_domain_500() throws Exception {
        assertThat(gist("/room")).isEqualTo("400 empty");
        assertThat(gist("/room-size")).isEqualTo("400 empty");
        assertThat(gist("/room?room=standup")).startsWith("500 <!DOCTYPE html>"); // without a type
    }

    @Test
    void a_room_is_found_by_its_tenant_and_its_name_in_small_letters() throws Exception {
        server.join("Standup", "Ada", "");
        server.join("/acme/Standup", "Bo", "");
        server.join("/standup", "Cy", "");
        assertThat(body("/room" + STANDUP)).contains("Ada");
        assertThat(gist("/room" + STANDUP.replace("standup", "Standup"))).isEqualTo("404 empty");
        assertThat(body("/room?room=standup&domain=127.0.0.1")).contains("Cy");
        assertThat(body("/room?subdomain=acme&room=standup&domain=127.0.0.1")).contains("Bo");
        assertThat(gist("/room" + STANDUP.replace("127.0.0.1", "elsewhere.test")))
                .isEqualTo("404 empty");
    }

    @Test
    void each_generation_writes_the_same_row_in_its_way() throws Exception {
        server.join("standup", "Ada O'Brien", "ada@corp.test");
        server.dialect(JitsiDialect.DECEMBER_2023);
        assertThat(get("/room" + STANDUP).headers().firstValue("Content-Type")).isEmpty();
        assertThat(masked(body("/room" + STANDUP)))
                .isEqualTo("[{\"email\":\"ada@corp.test\",\"jid\":\"[meet]standup@conference.127.0.0.1/8f3a2b1c\","
                        + "\"display_name\":\"Ada O&#39;Brien\"}]");
        for (JitsiDialect dialect : new JitsiDialect[] {JitsiDialect.FEBRUARY_2026, JitsiDialect.CURRENT}) {
            server.dialect(dialect);
            assertThat(masked(body("/room" + STANDUP)))
                    .isEqualTo("[{\"jid\":\"[meet]standup@conference.127.0.0.1\\/8f3a2b1c\","
                            + "\"display_name\":\"Ada O&#39;Brien\",\"email\":\"ada@corp.test\"}]");
        }
    }

    @Test
    void an_empty_room_and_an_empty_census_are_written_in_two_ways() throws Exception {
        for (JitsiDialect dialect : JitsiDialect.values()) {
            server.dialect(dialect);
            assertThat(body("/room-census")).isEqualTo(dialect == JitsiDialect.CURRENT ? "[]" : "{\"room_census\":{}}");
        }
        server.hold("standup");
        assertThat(body("/room" + STANDUP)).isEqualTo("{}");
        server.dialect(JitsiDialect.DECEMBER_2023);
        assertThat(body("/room" + STANDUP)).isEqualTo("[]");
        server.letGo("standup");
        assertThat(gist("/room" + STANDUP)).isEqualTo("404 empty");
    }

    @Test
    void names_that_are_no_ascii_are_encoded_once_or_twice() throws Exception {
        server.join("caf%c3%a9", "Ada", "");
        String once = STANDUP.replace("standup", "caf%c3%a9");
        String twice = STANDUP.replace("standup", "caf%25c3%25a9");
        assertThat(gist("/room" + once)).startsWith("200");
        assertThat(gist("/room" + twice)).startsWith("404");
        server.dialect(JitsiDialect.FEBRUARY_2026);
        assertThat(gist("/room" + once)).startsWith("404");
        assertThat(gist("/room" + twice)).startsWith("200");
    }

    @Test
    void the_size_is_wrong_by_one_and_the_census_right() throws Exception {
        server.dialect(JitsiDialect.DECEMBER_2023);
        server.hold("standup");
        assertThat(body("/room-size" + STANDUP)).isEqualTo("{\"participants\":1}");
        server.join("standup", "Ada", "");
        assertThat(body("/room-size" + STANDUP)).isEqualTo("{\"participants\":1}");
        server.recorder("standup");
        assertThat(body("/room-size" + STANDUP)).isEqualTo("{\"participants\":2}");
        assertThat(body("/room" + STANDUP)).contains("\"email\":\"\"", "\"display_name\":\"\"");
        assertThat(body("/sessions")).isEqualTo("3");
        assertThat(body("/room-census"))
                .isEqualTo("{\"room_census\":[{\"room_name\":\"[meet]standup@conference.127.0.0.1\","
                        + "\"participants\":2,\"leaked\":false}]}");
        server.durationModule(true);
        assertThat(body("/room-census"))
                .contains("\"created_time\":" + clock.instant().toEpochMilli());
    }

    @Test
    void every_open_tab_is_one_row_and_the_last_to_leave_takes_the_room() throws Exception {
        WebSocket first = enter("room?room=Standup&as=ana", new Browser());
        Browser screen = new Browser();
        enter("room?room=standup&name=O%27Brien&email=ob%40corp.test&subject=Weekly%20%26%20cake", screen);
        assertThat(screen.hears("Brien")).contains("\"title\":\"Weekly & cake\"", "\"name\":\"O'Brien\"");
        assertThat(server.subject("standup")).contains("Weekly & cake");
        assertThat(body("/room" + STANDUP)).contains("ana@acme.example", "O&#39;Brien", "ob@corp.test");
        MeetingSession cy = server.join("standup", "Cy", "");
        screen.hears("Cy");
        String before = cy.id();
        cy.reload();
        assertThat(cy.id()).isNotEqualTo(before);
        cy.leave();
        first.abort();
        Awaitility.await().until(() -> body("/room" + STANDUP).split("jid", -1).length == 2);
    }

    @Test
    void the_last_reload_makes_another_room_and_the_last_leave_none() throws Exception {
        MeetingSession ada = server.join("standup", "Ada", "");
        ada.reload();
        assertThat(body("/room" + STANDUP).split("jid", -1)).hasSize(2);
        ada.leave();
        assertThat(gist("/room" + STANDUP)).isEqualTo("404 empty");
    }

    @Test
    void a_lost_connection_lingers_for_a_minute() throws Exception {
        server.join("standup", "Ada", "").drop();
        clock.tick(Duration.ofSeconds(59));
        assertThat(body("/room" + STANDUP)).contains("Ada");
        clock.tick(Duration.ofSeconds(1));
        assertThat(gist("/room" + STANDUP)).isEqualTo("404 empty");
    }

    @Test
    void a_link_says_who_one_is_and_what_the_room_is_called() throws Exception {
        server.follow(URI.create(server.address()
                + "/standup#config.subject=%22Weekly%22&userInfo.displayName=%22Ada%22&userInfo.email=%22a%40b.c%22"
                + "&config.prejoinConfig.enabled=false"));
        assertThat(body("/room" + STANDUP)).contains("\"Ada\"", "\"a@b.c\"");
        assertThat(server.subject("standup")).contains("Weekly");
    }

    @Test
    void a_server_that_is_down_answers_503_and_forgets_nobody() throws Exception {
        server.join("standup", "Ada", "");
        server.down(true);
        assertThat(get("/room" + STANDUP).statusCode()).isEqualTo(503);
        assertThat(get("/room-census").statusCode()).isEqualTo(503);
        server.down(false);
        assertThat(body("/room-census")).contains("standup");
    }

    @Test
    void trouble_comes_to_order() throws Exception {
        server.join("standup", "Ada", "");
        server.faults().next(2).on("/room").answer(429, Map.of("Retry-After", "7"), "", "");
        assertThat(get("/room-census").statusCode()).isEqualTo(200);
        assertThat(get("/room" + STANDUP).headers().firstValue("Retry-After")).contains("7");
        assertThat(get("/room" + STANDUP).statusCode()).isEqualTo(429);
        assertThat(get("/room" + STANDUP).statusCode()).isEqualTo(200);
        server.faults().every(1).cut();
        assertThatThrownBy(() -> get("/sessions")).isInstanceOf(IOException.class);
        assertThat(server.journal().requests("/room")).hasSize(3);
        assertThat(server.journal().requests("/room").get(0).query()).isEqualTo(STANDUP.substring(1));
        assertThat(server.journal().requests("/room").get(0).parameters()).containsEntry("subdomain", "meet");
        assertThat(server.journal().mostAtOnce()).isEqualTo(1);
    }

    @Test
    void a_page_elsewhere_enters_no_room() {
        assertThatThrownBy(() -> enter("room?room=standup&as=ana", new Browser(), "https://evil.example"))
                .hasMessageContaining("WebSocket");
    }
}
