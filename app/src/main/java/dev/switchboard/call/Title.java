package dev.switchboard.call;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Call is about, as plain text that is harmless wherever Slack shows it: no line breaks, no control or
 * direction-overriding characters, no angle brackets (Slack reads {@code <!channel>} and {@code <url|label>} between
 * them, https://docs.slack.dev/messaging/formatting-message-text), at most {@value #MOST} UTF-16 units.
 *
 * @param text never blank
 */
public record Title(String text) {
    /** The longest title in UTF-16 units, the ellipsis of a cut one included. */
    public static final int MOST = 150;

    /** More than enough to fill a title; the rest of a megabyte is not even looked at. */
    private static final int LOOKED_AT = 4_000;

    private static final String ELLIPSIS = "…";
    private static final Pattern GRAPHEME = Pattern.compile("\\X");
    /** Controls, unpaired surrogates, noncharacters, and the embeddings, overrides and isolates of Unicode's UAX #9. */
    private static final Pattern HARMFUL =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}\\x{FFF9}-\\x{FFFF}\\x{FEFF}]");

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern NOT_IN_SLUG = Pattern.compile("[^a-z0-9]+");
    private static final int SLUG_MOST = 24;

    /** Makes a title of what a person typed; empty where nothing visible is left of it. */
    public static Optional<Title> of(String typed) {
        String looked = typed.length() > LOOKED_AT ? typed.substring(0, LOOKED_AT) : typed;
        String spaced = SPACES.matcher(looked).replaceAll(" ");
        String safe = HARMFUL.matcher(spaced).replaceAll("").replace('<', '‹').replace('>', '›');
        String text = cut(SPACES.matcher(safe).replaceAll(" ").strip());
        return text.codePoints().anyMatch(Title::visible) ? Optional.of(new Title(text)) : Optional.empty();
    }

    /** The title as the readable part of a room's name: {@code [a-z0-9-]}, at most 24 characters; may be empty. */
    public String slug() {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        String plain = folded.replaceAll("\\p{M}+", "");
        String slug = NOT_IN_SLUG.matcher(plain).replaceAll("-");
        String shortened = slug.length() > SLUG_MOST ? slug.substring(0, SLUG_MOST) : slug;
        return shortened.replaceAll("^-+|-+$", "");
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean visible(int codePoint) {
        int type = Character.getType(codePoint);
        return type != Character.FORMAT && type != Character.SPACE_SEPARATOR && type != Character.NON_SPACING_MARK;
    }

    private static String cut(String text) {
        if (text.length() <= MOST) {
            return text;
        }
        int room = MOST - ELLIPSIS.length();
        int end = 0;
        Matcher grapheme = GRAPHEME.matcher(text);
        while (grapheme.find() && grapheme.end() <= room) {
            end = grapheme.end();
        }
        if (end == 0) { // one endless grapheme: a letter under a thousand accents
            end = Character.isHighSurrogate(text.charAt(room - 1)) ? room - 1 : room;
        }
        return text.substring(0, end).stripTrailing() + ELLIPSIS;
    }
}
