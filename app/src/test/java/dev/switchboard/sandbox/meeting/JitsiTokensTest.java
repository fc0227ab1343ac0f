package dev.switchboard.sandbox.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who a Jitsi with tokens lets in, asks and ends for: section "Token mode" of what was seen of Prosody. */
class JitsiTokensTest extends OnTheMeetingServer {
    private static final String SECRET = "a-secret-of-the-app-and-the-server";

    private JitsiServer server;

    @BeforeEach
    void open() {
        server = JitsiServer.mount(slack);
        server.requireTokens(JitsiTokens.hs256("my-app", SECRET));
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private JsonObject claims() {
        return Json.object(
                "iss",
                "my-app",
                "aud",
                "jitsi",
                "sub",
                "meet",
                "room",
                "standup",
                "exp",
                clock.instant().getEpochSecond() + 60,
                "context",
                Json.object("user", Json.object("name", "Ada", "email", "ada@corp.test")));
    }

    private static String hs256(JsonObject claims) throws Exception {
        String signed = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + '.' + base64(Json.write(claims));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return signed + '.' + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private static String rs256(JsonObject claims, String keyId, KeyPair keys) throws Exception {
        String signed = base64("{\"alg\":\"RS256\",\"kid\":\"" + keyId + "\"}") + '.' + base64(Json.write(claims));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.UTF_8));
        return signed + '.' + base64(signature.sign());
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private String room(String token) throws Exception {
        String query = "?subdomain=meet&room=standup&domain=127.0.0.1";
        return gist("/room" + query + (token.isEmpty() ? "" : "&token=" + token))
                .replaceFirst("^200 .*", "200");
    }

    private String with(String claim, String value) throws Exception {
        JsonObject claims = claims();
        if (value.isEmpty()) {
            claims.remove(claim);
        } else {
            claims.addProperty(claim, value);
        }
        return room(hs256(claims));
    }

    private String with(String claim, long value) throws Exception {
        JsonObject claims = claims();
        claims.addProperty(claim, value);
        return room(hs256(claims));
    }

    @Test
    void only_a_good_token_for_the_room_is_answered() throws Exception {
        server.join("standup", "Ada", "");
        assertThat(room(hs256(claims()))).isEqualTo("200");
        assertThat(room("")).isEqualTo("403 empty");
        assertThat(room("rubbish")).isEqualTo("403 empty");
        assertThat(room(hs256(claims()) + "AA")).isEqualTo("403 empty");
        assertThat(with("iss", "other")).isEqualTo("403 empty");
        assertThat(with("aud", "")).isEqualTo("403 empty");
        assertThat(with("room", "retro")).isEqualTo("403 empty");
        assertThat(with("sub", "elsewhere")).isEqualTo("403 empty");
        assertThat(with("exp", clock.instant().getEpochSecond())).isEqualTo("403 empty");
        assertThat(with("nbf", clock.instant().getEpochSecond() + 1)).isEqualTo("403 empty");
        assertThat(with("room", "*")).isEqualTo("200");
        assertThat(with("room", "StandUp")).isEqualTo("200");
        assertThat(with("sub", "*")).isEqualTo("200");
        assertThat(with("exp", "")).isEqualTo("200");
        assertThat(with("sub", "")).startsWith("500 <!DOCTYPE html>");
    }

    @Test
    void only_the_oldest_generation_tells_an_absent_room_from_a_forbidden_one() throws Exception {
        assertThat(with("room", "*")).isEqualTo("403 empty");
        server.dialect(JitsiDialect.DECEMBER_2023);
        assertThat(with("room", "*")).isEqualTo("404 empty");
        assertThat(room("rubbish")).isEqualTo("403 empty");
    }

    @Test
    void a_room_without_tenant_wants_the_xmpp_domain_as_sub() throws Exception {
        server.join("/standup", "Ada", "");
        String query = "/room?room=standup&domain=127.0.0.1&token=";
        assertThat(gist(query + hs256(claims()))).isEqualTo("403 empty");
        JsonObject claims = claims();
        claims.addProperty("sub", "127.0.0.1");
        assertThat(gist(query + hs256(claims))).startsWith("200");
    }

    @Test
    void a_token_may_be_signed_with_a_key() throws Exception {
        KeyPair keys = keys();
        server.requireTokens(JitsiTokens.rs256("my-app", "key-1", keys.getPublic()));
        server.join("standup", "Ada", "");
        assertThat(room(rs256(claims(), "key-1", keys))).isEqualTo("200");
        assertThat(room(rs256(claims(), "key-2", keys))).isEqualTo("403 empty");
        assertThat(room(rs256(claims(), "key-1", keys()))).isEqualTo("403 empty");
        assertThat(room(hs256(claims()))).isEqualTo("403 empty");
    }

    @Test
    void a_personal_link_says_who_comes_and_a_bad_one_leads_nowhere() throws Exception {
        URI link = URI.create(server.address() + "/standup#jwt=" + hs256(claims()));
        server.follow(link);
        assertThat(body("/room?subdomain=meet&room=standup&domain=127.0.0.1&token=" + hs256(claims())))
                .contains("\"Ada\"", "\"ada@corp.test\"");
        assertThatThrownBy(() -> server.follow(URI.create(server.address() + "/retro#jwt=" + hs256(claims()))))
                .hasMessage("Your link is for another room.");
        assertThatThrownBy(() -> server.follow(URI.create(server.address() + "/standup")))
                .hasMessageContaining("a link of their own");
        Browser screen = new Browser();
        enter("room?room=standup&jwt=" + hs256(claims()), screen);
        screen.hears("Ada");
        clock.tick(Duration.ofMinutes(2));
        Browser late = new Browser();
        enter("room?room=standup&jwt=" + hs256(claims()).replace('.', '-'), late);
        late.hears("\"out\":\"Your link is not good");
        assertThatThrownBy(() -> server.follow(link)).hasMessageContaining("not good, or no longer");
    }

    @Test
    void a_meeting_is_ended_with_a_system_token_alone() throws Exception {
        KeyPair keys = keys();
        server.systemKey("my-app", "sys-1", keys.getPublic());
        Browser screen = new Browser();
        enter("room?room=standup&jwt=" + hs256(claims()), screen);
        screen.hears("Ada");
        String path = "/end-meeting?conference=%5Bmeet%5Dstandup@conference.127.0.0.1";
        String token = rs256(claims(), "sys-1", keys);
        JsonObject roomless = claims();
        roomless.remove("room");
        assertThat(post(path, "rubbish")).isEqualTo("401 empty");
        assertThat(post(path, hs256(claims()))).isEqualTo("401 empty");
        assertThat(post(path, rs256(roomless, "sys-1", keys))).isEqualTo("401 empty");
        assertThat(post("/end-meeting", token)).isEqualTo("400 empty");
        assertThat(post(path.replace("standup", "retro"), token)).isEqualTo("404 empty");
        assertThat(gist(path)).isEqualTo("405 text/html");
        assertThat(post(path, token)).isEqualTo("200 empty");
        screen.hears("\"out\":\"The meeting was ended");
        assertThat(post(path, token)).isEqualTo("404 empty");
    }

    private String post(String path, String token) throws Exception {
        return gist(http.send(
                HttpRequest.newBuilder(URI.create(slack.address() + path))
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString()));
    }
}
