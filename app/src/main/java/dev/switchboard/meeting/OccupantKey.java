package dev.switchboard.meeting;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What tells the people of a room apart: the same through reloads, and opaque, for it goes to Slack as the id of people
 * whom Slack doesn't know.
 */
public final class OccupantKey {
    private static final int BYTES = 8;

    private OccupantKey() {}

    /** Of whoever has that e-mail address, in capitals or not. */
    public static String ofEmail(String email) {
        return "m-" + hash(email.toLowerCase(Locale.ROOT));
    }

    /**
     * Of somebody of whom only the name is known.
     *
     * @param ordinal 1 for the first of that name in the room, 2 for the second
     */
    public static String ofName(String name, int ordinal) {
        return "n-" + hash(name + '\0' + ordinal);
    }

    /** Of somebody to whom the server gave an id of its own. */
    public static String ofId(String id) {
        return "i-" + hash(id);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
