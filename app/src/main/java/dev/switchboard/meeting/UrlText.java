package dev.switchboard.meeting;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Text in URLs, as browsers write and read it. */
public final class UrlText {
    private static final String KEPT = "-_.!~*'()";

    private UrlText() {}

    /** As {@code encodeURIComponent} of ECMAScript: letters, digits and {@code -_.!~*'()} stay, the rest is {@code %XX}. */
    public static String encoded(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || KEPT.indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return encoded.toString();
    }

    /** With every {@code %XX} decoded, and {@code +} left as it is; empty where that isn't UTF-8. */
    public static Optional<String> decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        try {
            int at = 0;
            while (at < text.length()) {
                if (text.charAt(at) == '%') {
                    bytes.write(Integer.parseInt(text, at + 1, at + 3, 16));
                    at += 3;
                } else {
                    int codePoint = text.codePointAt(at);
                    bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
                    at += Character.charCount(codePoint);
                }
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
