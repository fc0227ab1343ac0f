package dev.switchboard.sandbox.meeting;

import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A JSON Web Token (RFC 7519), taken apart and not yet believed. */
record Jwt(JsonObject header, JsonObject claims, String signed, String signature) {
    static Optional<Jwt> parse(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            Optional<JsonObject> header = json(parts[0]);
            Optional<JsonObject> claims = json(parts[1]);
            return header.isPresent() && claims.isPresent()
                    ? Optional.of(new Jwt(header.get(), claims.get(), parts[0] + '.' + parts[1], parts[2]))
                    : Optional.empty();
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private static Optional<JsonObject> json(String part) {
        return Json.parseObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }

    boolean signedWith(String secret) {
        return algorithm().equals("HS256") && MessageDigest.isEqual(hmac(secret), signatureBytes());
    }

    /** None when it is no base64: no signature is that short. */
    private byte[] signatureBytes() {
        try {
            return Base64.getUrlDecoder().decode(signature);
        } catch (IllegalArgumentException noBase64) {
            return new byte[0];
        }
    }

    private byte[] hmac(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** RS256; the key is the one of that id. */
    boolean signedWith(String keyId, PublicKey key) {
        if (!algorithm().equals("RS256") || !Json.text(header, "kid").equals(Optional.of(keyId))) {
            return false;
        }
        try {
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(key);
            check.update(signed.getBytes(StandardCharsets.US_ASCII));
            return check.verify(signatureBytes());
        } catch (GeneralSecurityException notOfThatKey) {
            return false;
        }
    }

    private String algorithm() {
        return Json.text(header, "alg").orElse("");
    }

    /** Whether it holds at that time; a token that doesn't say when it expires never does. */
    boolean holdsAt(Instant now) {
        boolean expired =
                claim("exp").filter(exp -> now.getEpochSecond() >= seconds(exp)).isPresent();
        boolean early =
                claim("nbf").filter(nbf -> now.getEpochSecond() < seconds(nbf)).isPresent();
        return !expired && !early;
    }

    private static long seconds(String number) {
        try {
            return (long) Double.parseDouble(number);
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    Optional<String> claim(String name) {
        return Json.text(claims, name);
    }

    /** What the token says of the person: {@code context.user}. */
    Optional<String> user(String name) {
        return Json.child(claims, "context")
                .flatMap(context -> Json.child(context, "user"))
                .flatMap(user -> Json.text(user, name))
                .filter(value -> !value.isBlank());
    }
}
