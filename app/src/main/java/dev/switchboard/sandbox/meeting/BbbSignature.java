package dev.switchboard.sandbox.meeting;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The signature of a request: docs.bigbluebutton.org/development/api, "Usage". The checksum is over the query as it was
 * sent, and its length says with which hash it was made.
 */
final class BbbSignature {
    private static final Map<Integer, String> BY_LENGTH =
            Map.of(40, "SHA-1", 64, "SHA-256", 96, "SHA-384", 128, "SHA-512");

    private BbbSignature() {}

    /** Whether it is good; {@code supported} is {@code sha1}, {@code sha256}, {@code sha384}, {@code sha512} or some of them. */
    static boolean good(String call, String query, String secret, Set<String> supported) {
        Optional<String> checksum =
                Optional.ofNullable(Ask.parameters(query).get("checksum")).map(hex -> hex.toLowerCase(Locale.ROOT));
        Optional<String> algorithm = checksum.map(hex -> BY_LENGTH.getOrDefault(hex.length(), "none"))
                .filter(name -> supported.contains(name.replace("-", "").toLowerCase(Locale.ROOT)));
        return algorithm.isPresent()
                && checksum.equals(Optional.of(hash(algorithm.get(), call + unsigned(query) + secret)));
    }

    private static String unsigned(String query) {
        return Arrays.stream(query.split("&", -1))
                .filter(pair -> !pair.startsWith("checksum="))
                .collect(Collectors.joining("&"));
    }

    static String hash(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
