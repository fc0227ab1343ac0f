package dev.switchboard.meeting.bigbluebutton;

import dev.switchboard.settings.BigBlueButtonSettings;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * URLs of the API with their checksum: the hash of the call's name, the query as it is sent, and the secret. The server
 * tells by its length which hash it is.
 */
final class SignedUrls {
    private static final String CHECKSUM = "checksum=";

    /** The hashes that servers know by their length; other programs' links may still have the oldest. */
    private static final Map<Integer, String> BY_LENGTH =
            Map.of(40, "SHA-1", 64, "SHA-256", 96, "SHA-384", 128, "SHA-512");

    private final BigBlueButtonSettings settings;

    SignedUrls(BigBlueButtonSettings settings) {
        this.settings = settings;
    }

    /**
     * The URL of a call.
     *
     * @param parameters in the order in which they are to be sent, not encoded yet
     */
    URI of(String call, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        String sum = checksum(call, query);
        return URI.create(settings.apiUrl() + "/" + call + "?" + (query.isEmpty() ? "" : query + "&") + CHECKSUM + sum);
    }

    /** Whether whoever made the query of that call had the server's secret, whichever hash they took. */
    boolean isSigned(String call, String rawQuery) {
        int at = rawQuery.lastIndexOf("&" + CHECKSUM);
        if (at < 0) {
            return false;
        }
        String sum = rawQuery.substring(at + 1 + CHECKSUM.length()).toLowerCase(Locale.ROOT);
        String algorithm =
                BY_LENGTH.getOrDefault(sum.length(), settings.checksum().algorithm());
        return MessageDigest.isEqual(
                sum.getBytes(StandardCharsets.UTF_8),
                checksum(algorithm, call, rawQuery.substring(0, at)).getBytes(StandardCharsets.UTF_8));
    }

    /** The checksum of a call, in lower-case hexadecimal. */
    String checksum(String call, String rawQuery) {
        return checksum(settings.checksum().algorithm(), call, rawQuery);
    }

    private String checksum(String algorithm, String call, String rawQuery) {
        try {
            byte[] sum = MessageDigest.getInstance(algorithm)
                    .digest((call + rawQuery + settings.secret().reveal()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
