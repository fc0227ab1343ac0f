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

    /** Whether whoever made the query of that call had our secret. */
    boolean isOurs(String call, String rawQuery) {
        int at = rawQuery.lastIndexOf("&" + CHECKSUM);
        return at >= 0
                && MessageDigest.isEqual(
                        rawQuery.substring(at + 1 + CHECKSUM.length())
                                .toLowerCase(Locale.ROOT)
                                .getBytes(StandardCharsets.UTF_8),
                        checksum(call, rawQuery.substring(0, at)).getBytes(StandardCharsets.UTF_8));
    }

    /** The checksum of a call, in lower-case hexadecimal. */
    String checksum(String call, String rawQuery) {
        try {
            byte[] sum = MessageDigest.getInstance(settings.checksum().algorithm())
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
