package dev.switchboard.settings;

import java.util.regex.Pattern;

/** Makes what an operator wrote fit to be shown: on one line, not too long, and without what may be a secret. */
final class Quoted {
    private static final int LONGEST = 200;
    private static final Pattern SLACK_TOKEN = Pattern.compile("(?i)(xox|xapp-|xwfp-)\\S*");

    private Quoted() {}

    /** Any value that isn't a secret, in quotes; a Slack token that strayed into it is masked. */
    static String value(String value) {
        String line = SLACK_TOKEN.matcher(oneLine(value)).replaceAll("***");
        if (line.codePointCount(0, line.length()) > LONGEST) {
            line = line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "...";
        }
        return '"' + line + '"';
    }

    /** A URL, in quotes. */
    static String url(String url) {
        // Where user and password end is unsure while the URL may be malformed: with an @ in it, only the scheme is
        // shown.
        if (url.indexOf('@') < 0) {
            return value(url);
        }
        int authority = url.indexOf("://");
        return value((authority < 0 ? "" : url.substring(0, authority + 3)) + "***");
    }

    /** The text with everything that could break or disturb a line of a terminal replaced by a question mark. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().map(Quoted::printable).forEach(line::appendCodePoint);
        return line.toString();
    }

    private static int printable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> '?';
            default -> codePoint;
        };
    }
}
