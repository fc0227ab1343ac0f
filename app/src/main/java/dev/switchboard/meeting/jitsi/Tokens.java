package dev.switchboard.meeting.jitsi;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.switchboard.call.MeetingProvider.Joiner;
import dev.switchboard.settings.JitsiSettings;
import dev.switchboard.settings.RsaKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens that Jitsi's server asks for (resources/prosody-plugins/token/util.lib.lua; lib-jitsi-meet, doc/tokens.md).
 * Secrets all of them.
 */
final class Tokens {
    private static final Duration FOR_PEOPLE = Duration.ofHours(1);
    private static final Duration FOR_POLLS = Duration.ofMinutes(10);
    private static final Duration FOR_ENDS = Duration.ofMinutes(5);
    /** How far the server's clock may be behind ours. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    /** Nimbus wants 256 bits; HMAC fills up a shorter key with zeros by itself (RFC 2104), so these change nothing. */
    private static final int SHORTEST_SECRET = 32;

    /** Who signs where no app is configured. */
    private static final String NO_APP = "jitsi";

    private final JitsiSettings settings;
    private final Clock clock;
    private Optional<Cached> forPolls = Optional.empty();

    private record Cached(String token, Instant expires) {}

    Tokens(JitsiSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether rooms ask for tokens. */
    boolean inUse() {
        return settings.app().isPresent();
    }

    /** Lets one person into one room, for an hour. */
    String forPerson(JitsiRoom room, Joiner who) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("id", who.user().value());
        user.put("name", who.name());
        who.email().ifPresent(email -> user.put("email", email));
        who.avatar().map(URI::toString).ifPresent(avatar -> user.put("avatar", avatar));
        // Texts: Prosody's mod_presence_identity fails on anything else. Which of the two claims is read depends on the
        // server's module (mod_token_affiliation reads both).
        user.put("moderator", who.moderator() ? "true" : "false");
        user.put("affiliation", who.moderator() ? "owner" : "member");
        Instant now = clock.instant();
        return byApp(claims(now, now.plus(FOR_PEOPLE))
                .subject(room.tenant().orElse(settings.xmppDomain()))
                .claim("room", room.name())
                .claim("context", Map.of("user", user)));
    }

    /** Lets us ask about any room; empty where rooms ask for no tokens. */
    synchronized Optional<String> forPolls() {
        if (!inUse()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (forPolls.filter(cached -> now.plus(SKEW).isBefore(cached.expires())).isEmpty()) {
            Instant expires = now.plus(FOR_POLLS);
            String token = byApp(claims(now, expires).subject("*").claim("room", "*"));
            forPolls = Optional.of(new Cached(token, expires));
        }
        return forPolls.map(Cached::token);
    }

    /** Lets us close a room; empty where there is no key for that. */
    Optional<String> forEnding(JitsiRoom room) {
        Instant now = clock.instant();
        return settings.systemKey()
                .map(key -> signed(
                        key,
                        claims(now, now.plus(FOR_ENDS))
                                .subject("*")
                                .claim("room", room.name())
                                .build()));
    }

    private JWTClaimsSet.Builder claims(Instant now, Instant expires) {
        return new JWTClaimsSet.Builder()
                .issuer(settings.app().map(JitsiSettings.App::id).orElse(NO_APP))
                .audience(settings.audience())
                .notBeforeTime(Date.from(now.minus(SKEW)))
                .expirationTime(Date.from(expires));
    }

    private String byApp(JWTClaimsSet.Builder claims) {
        JitsiSettings.App app = settings.app().orElseThrow();
        return app.key()
                .map(key -> signed(key, claims.build()))
                .orElseGet(() -> signed(new JWSHeader.Builder(JWSAlgorithm.HS256), secret(app), claims.build()));
    }

    private static String signed(RsaKey key, JWTClaimsSet claims) {
        return signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.id()), new RSASSASigner(key.key()), claims);
    }

    private static String signed(JWSHeader.Builder header, JWSSigner signer, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(header.type(JOSEObjectType.JWT).build(), claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("a key that was checked at start can't sign", e);
        }
    }

    private static JWSSigner secret(JitsiSettings.App app) {
        byte[] secret = app.secret().orElseThrow().reveal().getBytes(StandardCharsets.UTF_8);
        try {
            return new MACSigner(Arrays.copyOf(secret, Math.max(secret.length, SHORTEST_SECRET)));
        } catch (JOSEException e) {
            throw new IllegalStateException("a secret of 256 bits or more is too short", e);
        }
    }
}
