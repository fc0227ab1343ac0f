package dev.switchboard.meeting.jitsi.prosody;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.switchboard.TickingClock;
import dev.switchboard.meeting.jitsi.prosody.Prosody.Options;
import dev.switchboard.sandbox.meeting.JitsiDialect;
import dev.switchboard.sandbox.meeting.JitsiServer;
import dev.switchboard.sandbox.meeting.MeetingSession;
import dev.switchboard.sandbox.slack.FakeSlack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sandbox's Jitsi answers as a real Prosody does, at every stage of a Call. */
class StandInOnProsodyIT {
    private static final List<String> QUESTIONS = List.of(
            "/room?room=standup&domain=DOMAIN",
            "/room?room=Standup&domain=DOMAIN",
            "/room?room=standup&domain=elsewhere.test",
            "/room?room=standup&domain=DOMAIN&subdomain=",
            "/room?room=standup&domain=DOMAIN&subdomain=acme",
            "/room?room=caf%c3%a9&domain=DOMAIN",
            "/room?room=caf%25c3%25a9&domain=DOMAIN",
            "/room?room=standup",
            "/room",
            "/room-size?room=standup&domain=DOMAIN",
            "/room-size",
            "/room-census",
            "/end-meeting");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path home;

    private FakeSlack slack;
    private JitsiServer standIn;

    @BeforeAll
    static void need() {
        Prosody.require();
    }

    @BeforeEach
    void mount() throws IOException {
        slack = FakeSlack.start(FakeSlack.options().clock(new TickingClock()));
        standIn = JitsiServer.mount(slack);
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    @ParameterizedTest
    @EnumSource(JitsiDialect.class)
    void at_every_stage_of_a_call_the_answers_are_the_same(JitsiDialect dialect) throws Exception {
        standIn.dialect(dialect);
        Options options = Options.usual()
                .generation(dialect.name().toLowerCase(Locale.ROOT))
                .underAnyHost();
        try (Site site = Site.with(home, options)) {
            compare(site, "before anybody came");
            Tab focus = site.focus("standup");
            standIn.hold("/standup");
            compare(site, "with the focus alone");
            Tab ada = site.tab("standup", "8f3a2b1c", "Ada O'Neil & <Söhne>", "ada@corp.test");
            MeetingSession adaThere = standIn.join("/standup", "Ada O'Neil & <Söhne>", "ada@corp.test");
            compare(site, "with one guest");
            Tab recorder = site.tab("standup", "8f3a2b1d", "", "");
            MeetingSession recorderThere = standIn.recorder("/standup");
            ada.leave();
            adaThere.leave();
            compare(site, "with a recorder");
            recorder.leave();
            recorderThere.leave();
            focus.leave();
            standIn.letGo("/standup");
            compare(site, "after all left");
            site.focus("caf%c3%a9");
            site.tab("caf%c3%a9", "8f3a2b1e", "Bo", "");
            standIn.join("/caf%c3%a9", "Bo", "");
            compare(site, "with a room beyond ASCII");
        }
    }

    @Test
    void without_the_modules_the_answers_are_the_same() throws Exception {
        standIn.sizeModule(false);
        standIn.censusModule(false);
        try (Site site =
                Site.with(home, Options.usual().withoutSize().withoutCensus().underAnyHost())) {
            compare(site, "without the modules");
        }
    }

    private void compare(Site site, String stage) throws Exception {
        assertThat(answers(URI.create(standIn.apiUrl()), standIn.xmppDomain()))
                .as(stage)
                .isEqualTo(answers(site.prosody().api(), Prosody.DOMAIN));
    }

    private String answers(URI api, String domain) throws Exception {
        StringBuilder answers = new StringBuilder();
        for (String question : QUESTIONS) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(api + question.replace("DOMAIN", domain)))
                    .build();
            answers.append(question)
                    .append("\n  ")
                    .append(gist(http.send(request, HttpResponse.BodyHandlers.ofString()), domain))
                    .append('\n');
        }
        return answers.toString();
    }

    /** What a client can rest on: the status, the type, whether pages of others may read it, and the JSON in some order. */
    private static String gist(HttpResponse<String> answer, String domain) {
        String type = answer.headers().firstValue("Content-Type").orElse("no type");
        String body = answer.body().startsWith("<!DOCTYPE html>")
                ? "a page"
                : answer.body().replace(domain, "DOMAIN").replaceAll("[0-9a-f]{8}\"", "SESSION\"");
        boolean json = body.startsWith("{") || body.startsWith("[");
        String origin =
                answer.headers().firstValue("Access-Control-Allow-Origin").orElse("no origin");
        return String.join(
                ", ",
                String.valueOf(answer.statusCode()),
                type,
                origin,
                json ? ordered(JsonParser.parseString(body)) : body,
                body.contains("\\/") ? "slashes escaped" : "");
    }

    /** With members and rows in one order, for Lua has none. */
    private static String ordered(JsonElement json) {
        if (json.isJsonArray()) {
            return json.getAsJsonArray().asList().stream()
                    .map(StandInOnProsodyIT::ordered)
                    .sorted()
                    .toList()
                    .toString();
        }
        return json.isJsonObject()
                ? json.getAsJsonObject().entrySet().stream()
                        .map(member -> member.getKey() + '=' + ordered(member.getValue()))
                        .sorted()
                        .collect(Collectors.joining(", ", "{", "}"))
                : json.toString();
    }
}
