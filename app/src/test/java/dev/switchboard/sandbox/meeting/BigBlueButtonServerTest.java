package dev.switchboard.sandbox.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules are those of docs.bigbluebutton.org/development/api. */
class BigBlueButtonServerTest extends OnTheMeetingServer {
    private static final String STANDUP = "name=Standup&meetingID=m-1";

    private BigBlueButtonServer server;

    @BeforeEach
    void open() {
        server = BigBlueButtonServer.mount(slack);
    }

    private String signed(String call, String query, String algorithm) throws Exception {
        byte[] hash = MessageDigest.getInstance(algorithm)
                .digest((call + query + server.secret()).getBytes(StandardCharsets.UTF_8));
        return "/bigbluebutton/api/" + call + '?' + query + (query.isEmpty() ? "" : "&") + "checksum="
                + HexFormat.of().formatHex(hash);
    }

    private String ask(String call, String query) throws Exception {
        return body(signed(call, query, "SHA-256"));
    }

    private String info() throws Exception {
        return ask("getMeetingInfo", "meetingID=m-1");
    }

    private static String element(String xml, String name) {
        Matcher matcher = Pattern.compile('<' + name + ">([^<]*)<").matcher(xml);
        return matcher.find() ? matcher.group(1) : "none";
    }

    private static int attendees(String xml) {
        return xml.split("<attendee>", -1).length - 1;
    }

    @Test
    void a_checksum_is_taken_in_four_lengths_over_the_query_as_it_was_sent() throws Exception {
        String query = "name=Test+Meeting%20%C3%A9&meetingID=abc123";
        for (String algorithm : new String[] {"SHA-1", "SHA-256", "SHA-384", "SHA-512"}) {
            assertThat(body(signed("create", query, algorithm))).contains("SUCCESS");
        }
        String right = signed("create", query, "SHA-256");
        assertThat(body(right.substring(0, right.length() - 64)
                        + right.substring(right.length() - 64).toUpperCase(Locale.ROOT)))
                .contains("SUCCESS");
        assertThat(body(right.replace("+", "%20"))).contains("<messageKey>checksumError</messageKey>");
        assertThat(body(right.replace("abc123", "abc124"))).contains("checksumError");
        assertThat(body("/bigbluebutton/api/create?" + query)).contains("checksumError");
        server.supportedChecksumAlgorithms("sha256", "sha512");
        assertThat(body(signed("create", query, "SHA-1"))).contains("checksumError");
        assertThat(body(signed("create", query, "SHA-512"))).contains("SUCCESS");
        assertThat(body(signed("explode", query, "SHA-512"))).contains("unsupportedRequest");
        assertThat(body("/bigbluebutton/api")).contains("<version>2.0</version>");
    }

    @Test
    void the_vector_of_the_documentation_holds() {
        assertThat(
                        BbbSignature.hash(
                                "SHA-1",
                                "createname=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444639259d4-9dd8-4b25-bf01-95f9567eaf4b"))
                .isEqualTo("1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17");
    }

    @Test
    void creating_twice_is_one_meeting_unless_the_passwords_differ() throws Exception {
        String first = ask("create", STANDUP + "&attendeePW=aa&moderatorPW=bb");
        assertThat(element(first, "createTime"))
                .isEqualTo(String.valueOf(clock.instant().toEpochMilli()));
        clock.tick(Duration.ofSeconds(5));
        String again = ask("create", STANDUP + "&attendeePW=aa&moderatorPW=bb");
        assertThat(element(again, "messageKey")).isEqualTo("duplicateWarning");
        assertThat(element(again, "internalMeetingID")).isEqualTo(element(first, "internalMeetingID"));
        assertThat(element(ask("create", STANDUP), "messageKey")).isEqualTo("idNotUnique");
    }

    @Test
    void create_takes_a_form_and_knows_how_long_names_are() throws Exception {
        String path = signed("create", STANDUP, "SHA-256");
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(slack.address() + "/bigbluebutton/api/create"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(path.substring(path.indexOf('?') + 1)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("SUCCESS");
        assertThat(ask("create", "name=x&meetingID=m-2")).contains("FAILED", "between 2 and 64");
        assertThat(ask("create", "name=" + "x".repeat(65) + "&meetingID=m-2")).contains("FAILED");
        assertThat(ask("create", "name=xx&meetingID=a,b")).contains("FAILED");
        assertThat(ask("create", "name=xx")).contains("missingParamMeetingID");
        server.errorsAsList(true);
        assertThat(ask("create", "name=xx"))
                .contains("FAILED", "<errors><error key=\"missingParamMeetingID\"")
                .doesNotContain("messageKey");
    }

    @Test
    void a_meeting_that_nobody_joins_or_everybody_left_is_gone_after_its_minutes() throws Exception {
        ask("create", STANDUP);
        assertThat(info()).contains("<running>false</running>", "<hasUserJoined>false</hasUserJoined>");
        clock.tick(Duration.ofMinutes(5));
        assertThat(info()).contains("<messageKey>notFound</messageKey>");
        assertThat(ask("isMeetingRunning", "meetingID=m-1")).contains("SUCCESS", "<running>false</running>");

        ask("create", STANDUP + "&meetingExpireIfNoUserJoinedInMinutes=60");
        clock.tick(Duration.ofMinutes(59));
        MeetingSession ana = server.join("m-1", "Ana", "");
        assertThat(info()).contains("<running>true</running>", "<participantCount>1</participantCount>", "<userID>w_");
        ana.leave();
        assertThat(info()).contains("<running>false</running>", "<hasUserJoined>true</hasUserJoined>");
        clock.tick(Duration.ofMinutes(1));
        assertThat(info()).contains("notFound");
    }

    @Test
    void a_lost_connection_lingers_for_a_minute() throws Exception {
        ask("create", STANDUP);
        server.join("m-1", "Ana", "U1").drop();
        clock.tick(Duration.ofSeconds(59));
        assertThat(attendees(info())).isEqualTo(1);
        clock.tick(Duration.ofSeconds(1));
        assertThat(attendees(info())).isZero();
        clock.tick(Duration.ofMinutes(1));
        assertThat(info()).contains("notFound");
    }

    @Test
    void the_fourth_session_of_one_user_id_puts_the_oldest_out() throws Exception {
        ask("create", STANDUP);
        MeetingSession first = server.join("m-1", "Ana", "U1");
        for (int i = 0; i < 3; i++) {
            server.join("m-1", "Ana", "U1");
        }
        assertThat(attendees(info())).isEqualTo(3);
        assertThatThrownBy(first::reload).isInstanceOf(IllegalStateException.class);
        server.join("m-1", "Bo", "").reload();
        assertThat(attendees(info())).isEqualTo(4);
    }

    @Test
    void a_join_link_leads_to_a_page_that_is_in_while_it_is_open() throws Exception {
        String created = ask("create", STANDUP);
        String name = "Ada & <Bo> \"O'Brien\" 🚀";
        HttpResponse<String> answer = get(signed(
                "join",
                "fullName=" + URLEncoder.encode(name, StandardCharsets.UTF_8)
                        + "&meetingID=m-1&role=MODERATOR&userID=U1" + "&createTime=" + element(created, "createTime"),
                "SHA-256"));
        assertThat(answer.statusCode()).isEqualTo(302);
        String client = answer.headers().firstValue("Location").orElseThrow();
        assertThat(client).startsWith(slack.address() + "/html5client/?sessionToken=");
        assertThat(attendees(info())).isZero();

        Browser browser = new Browser();
        String live = "bigbluebutton?sessionToken=" + client.substring(client.indexOf('=') + 1);
        WebSocket tab = enter(live, browser);
        assertThat(browser.hears("people")).contains("\"me\":true");
        WebSocket sameAgain = enter(live, new Browser());
        assertThat(attendees(info())).isEqualTo(1);
        assertThat(info())
                .contains(
                        "<userID>U1</userID>", "Ada &amp; &lt;Bo&gt; &quot;O'Brien&quot; 🚀", "<role>MODERATOR</role>");
        tab.abort();
        sameAgain.abort();
        Awaitility.await().until(() -> attendees(info()) == 0);
    }

    @Test
    void a_wrong_join_is_told_in_xml_or_on_a_page() throws Exception {
        ask("create", STANDUP);
        assertThat(ask("join", "redirect=false&meetingID=m-1&role=VIEWER")).contains("missingParamFullName");
        assertThat(ask("join", "redirect=false&meetingID=m-9&role=VIEWER&fullName=Ana"))
                .contains("invalidMeetingIdentifier");
        assertThat(ask("join", "redirect=false&meetingID=m-1&password=zz&fullName=Ana"))
                .contains("invalidPassword");
        assertThat(ask("join", "redirect=false&meetingID=m-1&role=VIEWER&fullName=Ana&createTime=5"))
                .contains("mismatchCreateTimeParam");
        assertThat(ask("join", "redirect=false&meetingID=m-1&role=VIEWER&fullName=Ana"))
                .contains("<guestStatus>ALLOW</guestStatus>", "<user_id>w_", "sessionToken=");
        HttpResponse<String> page = get(signed("join", "meetingID=m-1&role=VIEWER", "SHA-256"));
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location").orElseThrow()).contains("/html5client/?error=You+must");
        assertThatThrownBy(() -> server.follow(URI.create(server.address() + "/api/join?meetingID=m-1&checksum=00")))
                .hasMessageContaining("checksumError");
    }

    @Test
    void a_guest_waits_for_a_moderator_where_the_meeting_says_so() throws Exception {
        ask("create", STANDUP + "&guestPolicy=ASK_MODERATOR");
        MeetingSession ana = server.follow(URI.create(
                slack.address() + signed("join", "fullName=Ana&meetingID=m-1&role=MODERATOR&userID=U1", "SHA-256")));
        server.follow(URI.create(
                slack.address() + signed("join", "fullName=Guest&meetingID=m-1&role=VIEWER&guest=true", "SHA-256")));
        Browser screen = new Browser();
        WebSocket anasTab = enter("bigbluebutton?sessionToken=" + ana.id(), screen);
        assertThat(screen.hears("guests")).contains("\"guests\":1");
        assertThat(attendees(info())).isEqualTo(1);
        anasTab.sendText("{\"admit\":true}", true).join();
        Awaitility.await().until(() -> attendees(info()) == 2);
    }

    @Test
    void an_end_takes_its_time_and_puts_everybody_out() throws Exception {
        ask("create", STANDUP);
        MeetingSession ana = server.join("m-1", "Ana", "U1");
        Browser screen = new Browser();
        enter("bigbluebutton?sessionToken=" + ana.id(), screen);
        screen.hears("people");
        assertThat(ask("end", "meetingID=m-1")).contains("sentEndMeetingRequest");
        screen.hears("\"out\":\"The meeting was ended");
        assertThat(info()).contains("<hasBeenForciblyEnded>true</hasBeenForciblyEnded>");
        assertThat(ask("join", "redirect=false&meetingID=m-1&role=VIEWER&fullName=Ana"))
                .contains("meetingForciblyEnded");
        clock.tick(Duration.ofMillis(1500));
        assertThat(info()).contains("notFound");
        assertThat(ask("end", "meetingID=m-1")).contains("FAILED", "notFound");
    }

    @Test
    void all_meetings_are_listed_unless_that_is_switched_off() throws Exception {
        assertThat(ask("getMeetings", "")).contains("<meetings/>", "noMeetings");
        ask("create", STANDUP + "&meta_Origin=Slack");
        server.joinGreenlight("abc-def-ghi-jkl", "Cy");
        String all = ask("getMeetings", "");
        assertThat(all)
                .contains(
                        "<meetingID>m-1</meetingID>",
                        "<origin>Slack</origin>",
                        "<bbb-context-id>abc-def-ghi-jkl</bbb-context-id>",
                        "<userID>gl-guest-");
        server.getMeetings(false);
        assertThat(ask("getMeetings", "")).contains("SUCCESS", "noMeetings");
    }

    @Test
    void recordings_are_there_when_they_are_ready_and_were_asked_for() throws Exception {
        ask("create", STANDUP + "&record=true");
        ask("create", "name=Other&meetingID=m-2");
        assertThat(ask("getRecordings", "meetingID=m-1")).contains("noRecordings");
        server.addRecording("m-1", "https://bbb.example.com/playback/1", Duration.ofMinutes(42));
        assertThat(ask("getRecordings", "meetingID=m-1,m-2"))
                .contains("<url>https://bbb.example.com/playback/1</url>", "<length>42</length>");
        assertThat(ask("getRecordings", "meetingID=m-1&state=processing")).contains("noRecordings");
        assertThatThrownBy(() -> server.addRecording("m-2", "https://x", Duration.ZERO))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void trouble_comes_to_order_and_all_is_written_down_without_secrets() throws Exception {
        ask("create", STANDUP + "&moderatorPW=hush");
        assertThat(server.journal().requests("/create").get(0).toString())
                .isEqualTo("GET /bigbluebutton/api/create?" + STANDUP + "&moderatorPW=***&checksum=***");
        server.faults().every(2).on("/getMeetingInfo").badGateway();
        assertThat(info()).contains("SUCCESS");
        assertThat(info()).contains("502 Bad Gateway");
        assertThat(info()).contains("SUCCESS");
        server.faults().clear();
        server.faults().next(1).brokenXml();
        server.faults().next(1).externalEntity();
        assertThat(info()).endsWith("<attendee>");
        assertThat(info()).contains("SYSTEM \"" + server.address() + "/xxe\"");
        server.down(true);
        assertThat(get(signed("getMeetingInfo", "meetingID=m-1", "SHA-256")).statusCode())
                .isEqualTo(503);
        server.down(false);
        assertThat(info()).contains("SUCCESS");
        assertThat(server.journal().requests("/getMeetingInfo")).hasSize(7);
    }

    @Test
    void the_most_requests_at_once_are_counted() throws Exception {
        ask("create", STANDUP);
        server.faults().next(3).delay(Duration.ofMillis(300));
        String path = slack.address() + signed("getMeetingInfo", "meetingID=m-1", "SHA-256");
        var answers = Stream.generate(() -> http.sendAsync(
                        HttpRequest.newBuilder(URI.create(path)).build(), HttpResponse.BodyHandlers.ofString()))
                .limit(3)
                .toList();
        for (var answer : answers) {
            assertThat(answer.join().body()).contains("SUCCESS");
        }
        assertThat(server.journal().mostAtOnce()).isEqualTo(3);
    }
}
