package dev.switchboard.sandbox.meeting;

import dev.switchboard.sandbox.slack.Json;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which tokens a Jitsi lets in: mod_auth_token, mod_token_verification and token/util.lib.lua of jitsi-meet. */
public final class JitsiTokens {
    private final String appId;
    private final Predicate<Jwt> signature;

    private JitsiTokens(String appId, Predicate<Jwt> signature) {
        this.appId = appId;
        this.signature = signature;
    }

    /** Signed with a shared secret; {@code iss} has to be the app's id. */
    public static JitsiTokens hs256(String appId, String secret) {
        return new JitsiTokens(appId, token -> token.signedWith(secret));
    }

    /** Signed with a private key; {@code iss} has to be the app's id and {@code kid} the key's. */
    public static JitsiTokens rs256(String appId, String keyId, PublicKey key) {
        return new JitsiTokens(appId, token -> token.signedWith(keyId, key));
    }

    enum Verdict {
        GOOD,
        /** Not for this room, this domain or this tenant. */
        ELSEWHERE,
        /** The server's own code breaks: there is no {@code sub}. */
        BREAKS
    }

    /** The token, if it is well signed, of our issuer, for somebody, for some room, and holds now. */
    Optional<Jwt> genuine(String token, Instant now) {
        return Jwt.parse(token)
                .filter(signature)
                .filter(jwt -> jwt.claim("iss").equals(Optional.of(appId)))
                .filter(jwt -> jwt.claims().has("aud"))
                .filter(jwt -> jwt.claim("room").isPresent())
                .filter(jwt -> jwt.holdsAt(now));
    }

    /**
     * Whether a genuine token opens that room.
     *
     * @param node {@code room} or {@code [tenant]room}
     * @param domain the XMPP domain, which {@code sub} has to be for rooms without a tenant
     */
    static Verdict verdict(Jwt token, String node, String domain) {
        Optional<String> sub = token.claim("sub");
        if (sub.isEmpty()) {
            return Verdict.BREAKS;
        }
        int end = node.startsWith("[") ? node.indexOf(']') : -1;
        String room = node.substring(end + 1);
        String home = end < 0 ? domain : node.substring(1, end);
        String claimed = sub.get().toLowerCase(Locale.ROOT);
        boolean here = claimed.equals("*") || claimed.equals(home);
        return here && opens(token, room) ? Verdict.GOOD : Verdict.ELSEWHERE;
    }

    private static boolean opens(Jwt token, String room) {
        String claimed = token.claim("room").orElse("").toLowerCase(Locale.ROOT);
        boolean pattern = Json.child(token.claims(), "context")
                .flatMap(context -> Json.child(context, "room"))
                .filter(context -> Json.truth(context, "regex"))
                .isPresent();
        try {
            return claimed.equals("*")
                    || claimed.equals(room)
                    || (pattern && Pattern.compile(claimed).matcher(room).matches());
        } catch (PatternSyntaxException crooked) {
            return false;
        }
    }
}
