package dev.switchboard.slack.text;

import dev.switchboard.call.UserId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Slack's escaping of text (https://docs.slack.dev/messaging/formatting-message-text): {@code & < >} are entities, and
 * what stands between angle brackets is a mention or a link.
 */
public final class SlackText {
    private static final Pattern ENTITY = Pattern.compile("<([^<>]{1,3000})>");
    /** A person in the text, as a pattern whose first group is their id. */
    static final String MENTION = "<@([UW][A-Z0-9_]{1,62})(?:\\|[^<>]*)?>";

    private static final Pattern USER = Pattern.compile(MENTION);
    private static final String WEB = "https?://[^\\s\\p{Z}|<>]{1,2000}";
    /** As Slack wraps it or as it was typed. */
    private static final Pattern LINK = Pattern.compile(
            "<(" + WEB + ")(?:\\|[^<>]*)?>|(?<![\\p{L}\\p{N}<|])(" + WEB + ")", Pattern.CASE_INSENSITIVE);
    /** What is typed right after a link and belongs to the sentence. */
    private static final Pattern LAST_MARKS = Pattern.compile("(?<![.,;:!?)\\]\"'])[.,;:!?)\\]\"']+$");

    private static final String OPENING = "([\"'";
    private static final String CLOSING = ")]\"'";
    private static final String MARKS = ".,;:!?";
    /** What of a link is not for everybody: a query or a fragment may hold one person's token. */
    private static final Pattern TYPED_PRIVATELY =
            Pattern.compile("(?<!<)(https?://[^\\s\\p{Z}|<>?#]++)[?#][^\\s\\p{Z}|<>]+", Pattern.CASE_INSENSITIVE);

    private SlackText() {}

    /** Text that Slack shows letter for letter, whatever is in it. */
    public static String escape(String plain) {
        return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The people whom a text mentions: {@code <@U123|ana>} or {@code <@U123>}, whatever they stand next to. */
    static List<UserId> users(String text) {
        return USER.matcher(text)
                .results()
                .map(mention -> new UserId(mention.group(1)))
                .distinct()
                .toList();
    }

    /**
     * A web link in a text.
     *
     * @param start where it begins, with the bracket around it if there is one
     * @param end where what follows it begins, after the sentence's marks
     */
    record Link(URI uri, int start, int end) {}

    /** The web links of a text. */
    static List<Link> links(String text) {
        return LINK.matcher(text).results().flatMap(found -> link(text, found)).toList();
    }

    private static Stream<Link> link(String text, MatchResult found) {
        boolean wrapped = found.group(1) != null;
        String address =
                wrapped ? found.group(1) : LAST_MARKS.matcher(found.group()).replaceFirst("");
        int start = found.start();
        int end = wrapped ? found.end() : start + address.length();
        int bracket = start == 0 ? -1 : OPENING.indexOf(text.charAt(start - 1));
        if (bracket >= 0 && end < text.length() && text.charAt(end) == CLOSING.charAt(bracket)) {
            start--;
            end++;
        }
        while (end < text.length() && MARKS.indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        int from = start;
        int to = end;
        return uri(unescape(address)).map(uri -> new Link(uri, from, to)).stream();
    }

    /** A web link, if it is one. */
    public static Optional<URI> uri(String text) {
        try {
            URI uri = new URI(text);
            boolean web = uri.getScheme() != null
                    && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?")
                    && uri.getHost() != null;
            return web ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * What a person sees of text that Slack escaped: {@code <@U1|ana>} as {@code @ana}, and entities as what they mean;
     * of links only what is for everybody.
     */
    static String plain(String escaped) {
        Matcher matcher = ENTITY.matcher(TYPED_PRIVATELY.matcher(escaped).replaceAll("$1"));
        return unescape(matcher.replaceAll(match -> Matcher.quoteReplacement(seen(match.group(1)))));
    }

    private static String seen(String entity) {
        int bar = entity.indexOf('|');
        String target = bar < 0 ? entity : entity.substring(0, bar);
        String label = bar < 0 ? "" : entity.substring(bar + 1);
        char kind = target.isEmpty() ? ' ' : target.charAt(0);
        return switch (kind) {
            case '@' -> "@" + (label.isEmpty() ? target.substring(1) : label);
            case '#' -> "#" + (label.isEmpty() ? target.substring(1) : label);
            case '!' -> label.isEmpty() ? "@" + target.substring(1) : label.startsWith("@") ? label : "@" + label;
            default -> shown(label.isEmpty() ? target : label);
        };
    }

    /** Slack's label of a link is the address as it was typed. */
    private static String shown(String address) {
        return address.contains("/") && !address.contains(" ") ? address.replaceFirst("[?#].*$", "") : address;
    }

    private static String unescape(String escaped) {
        return escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
