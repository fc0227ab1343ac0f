package dev.switchboard.meeting;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What somebody is called on a meeting server, made fit to be shown: anybody may have typed anything there. */
public final class DisplayName {
    private static final int MOST = 80;
    /** More than enough to fill a name. */
    private static final int LOOKED_AT = 2_000;

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");
    /** Unpaired surrogates, noncharacters, and the embeddings, overrides and isolates of Unicode's UAX #9. */
    private static final Pattern HARMFUL =
            Pattern.compile("[\\p{Cs}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}\\x{FFF9}-\\x{FFFF}\\x{FEFF}]");

    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    private DisplayName() {}

    /** The name on one line, 80 UTF-16 units at most; empty where nothing visible is left of it. */
    public static Optional<String> of(String raw) {
        String looked = raw.length() > LOOKED_AT ? raw.substring(0, LOOKED_AT) : raw;
        String safe = HARMFUL.matcher(SPACES.matcher(looked).replaceAll(" ")).replaceAll("");
        String name = cut(SPACES.matcher(safe).replaceAll(" ").strip());
        return name.codePoints().anyMatch(DisplayName::visible) ? Optional.of(name) : Optional.empty();
    }

    private static boolean visible(int codePoint) {
        int type = Character.getType(codePoint);
        return type != Character.FORMAT && type != Character.SPACE_SEPARATOR && type != Character.NON_SPACING_MARK;
    }

    private static String cut(String text) {
        if (text.length() <= MOST) {
            return text;
        }
        int end = 0;
        Matcher grapheme = GRAPHEME.matcher(text);
        while (grapheme.find() && grapheme.end() <= MOST) {
            end = grapheme.end();
        }
        if (end == 0) { // one endless grapheme: a letter under a hundred accents
            end = Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST;
        }
        return text.substring(0, end).strip();
    }
}
