package dev.switchboard.meeting.jitsi;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.switchboard.TickingClock;
import dev.switchboard.call.MeetingProvider.Joiner;
import dev.switchboard.call.Room;
import dev.switchboard.call.Title;
import dev.switchboard.call.UserId;
import dev.switchboard.meeting.MeetingHttp;
import dev.switchboard.settings.JitsiSettings;
import dev.switchboard.settings.Proxies;
import dev.switchboard.settings.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JitsiLinksTest {
    private static final String SECRET = "a secret of more than 256 bits, so that the verifier takes it";

    private final TickingClock clock = new TickingClock();
    private final JitsiProvider root = provider("https://Meet.example.com/{room}", Optional.empty());
    private final JitsiProvider acme = provider("https://meet.example.com/Acme/{room}", Optional.empty());

    private JitsiProvider provider(String template, Optional<JitsiSettings.App> app) {
        return new JitsiProvider(
                template,
                Optional.of("jitsi-meet://meet.example.com/{room}"),
                new JitsiSettings(
                        URI.create("http://127.0.0.1:1"),
                        "meet.example.com",
                        Optional.empty(),
                        app,
                        "jitsi",
                        Optional.empty()),
                new MeetingHttp(Proxies.none(), clock),
                clock);
    }

    @ParameterizedTest
    @CsvSource({
        "https://meet.example.com/Standup,standup",
        "http://MEET.example.com:80/standup?lang=de#jwt=secret,standup",
        "HTTPS://meet.example.com:443/STANDUP#config.subject=%22x%22,standup",
        "https://meet.example.com/acme/Standup,acme/standup",
        "https://meet.example.com/Team+Sync(1),teamsync1",
        "https://meet.example.com/Caf%C3%A9,caf%c3%a9",
        "https://meet.example.com/Cafe%CC%81,caf%c3%a9",
        "https://meet.example.com/Café,caf%c3%a9",
        "https://meet.example.com/v1.0,v1.0",
        "https://meet.example.com/room%20one,room%20one",
    })
    void a_link_leads_to_the_room_that_the_server_knows(String link, String key) {
        Optional<Room> room = root.recognise(URI.create(link));
        assertThat(room.map(Room::key)).contains(key);
        assertThat(room)
                .hasValueSatisfying(
                        found -> assertThat(root.recognise(found.joinUrl()).map(Room::key))
                                .contains(key));
        assertThat(room.map(Room::joinUrl).toString()).doesNotContain("secret", "#", "?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://meet.example.com",
                "https://meet.example.com/",
                "https://meet.example.com/a/b/c",
                "https://meet.example.com//room",
                "https://meet.example.com/acme/",
                "https://meet.example.com/..",
                "https://meet.example.com/Static/close.html",
                "https://meet.example.com/static",
                "https://meet.example.com/libs/app.bundle.min.js",
                "https://meet.example.com/acme/external_api.js",
                "https://meet.example.com/http-bind",
                "https://meet.example.com/acme/xmpp-websocket",
                "https://meet.example.com/_api/room",
                "https://meet.example.com/.well-known/x",
                "https://meet.example.com/config.js",
                "https://meet.example.com/%FF",
                "https://meet.example.com:8443/room",
                "https://xmeet.example.com/room",
                "https://meet.example.com@evil.example/room",
                "https://user@meet.example.com/room",
                "ftp://meet.example.com/room",
                "mailto:room@meet.example.com",
                "/room",
            })
    void other_links_are_passed_over(String link) {
        assertThat(root.recognise(URI.create(link))).isEmpty();
    }

    @Test
    void a_base_with_a_path_is_a_tenant_and_others_are_recognised() {
        assertThat(acme.room("standup", Optional.empty()).key()).isEqualTo("acme/standup");
        assertThat(acme.room("standup", Optional.empty()).joinUrl())
                .hasToString("https://meet.example.com/Acme/standup");
        assertThat(acme.recognise(URI.create("https://meet.example.com/acme/standup")))
                .contains(acme.room("standup", Optional.empty()));
        Room other = acme.recognise(URI.create("https://meet.example.com/other/standup"))
                .orElseThrow();
        assertThat(other.key()).isEqualTo("other/standup");
        assertThat(other.joinUrl()).hasToString("https://meet.example.com/other/standup");
        assertThat(other.desktopUrl()).isEmpty();
    }

    @Test
    void the_title_is_in_the_fragment_as_json() {
        Room room = root.room("standup", Title.of("Fish & \"Chips\" é"));
        assertThat(room.joinUrl())
                .hasToString(
                        "https://Meet.example.com/standup#config.subject=%22Fish%20%26%20%5C%22Chips%5C%22%20%C3%A9%22");
        assertThat(room.desktopUrl()).contains(URI.create("jitsi-meet://meet.example.com/standup"));
    }

    @Test
    void without_tokens_name_and_address_are_filled_in() {
        Room room = root.room("standup", Optional.empty());
        assertThat(root.personalLink(room, Title.of("Sync"), ada(false)).value())
                .contains(URI.create("https://Meet.example.com/standup#userInfo.displayName=%22Ada%22"
                        + "&userInfo.email=%22a%40b.c%22&config.subject=%22Sync%22"));
    }

    @Test
    void a_token_is_for_one_person_one_room_and_an_hour() throws Exception {
        JitsiProvider provider = provider(
                "https://meet.example.com/Acme/{room}",
                Optional.of(new JitsiSettings.App("switchboard", Optional.of(new Secret(SECRET)), Optional.empty())));
        URI link = provider.personalLink(provider.room("standup", Optional.empty()), Optional.empty(), ada(true))
                .value()
                .orElseThrow();
        SignedJWT token = SignedJWT.parse(link.getRawFragment().substring("jwt=".length()));

        assertThat(token.verify(new MACVerifier(SECRET))).isTrue();
        var claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("switchboard");
        assertThat(claims.getAudience()).containsExactly("jitsi");
        assertThat(claims.getSubject()).isEqualTo("acme");
        assertThat(claims.getClaim("room")).isEqualTo("standup");
        assertThat(claims.getExpirationTime())
                .isEqualTo(Date.from(clock.instant().plus(Duration.ofHours(1))));
        assertThat(claims.getNotBeforeTime())
                .isEqualTo(Date.from(clock.instant().minus(Duration.ofMinutes(1))));
        assertThat(claims.getJSONObjectClaim("context"))
                .containsEntry(
                        "user",
                        Map.of(
                                "id", "UADA00",
                                "name", "Ada",
                                "email", "a@b.c",
                                "moderator", "true",
                                "affiliation", "owner"));
        assertThat(Arrays.asList(link.toString().split("#", -1)).get(0))
                .isEqualTo("https://meet.example.com/Acme/standup");
    }

    private static Joiner ada(boolean moderator) {
        return new Joiner(new UserId("UADA00"), "Ada", Optional.of("a@b.c"), Optional.empty(), moderator);
    }
}
