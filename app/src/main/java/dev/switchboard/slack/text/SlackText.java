package dev.switchboard.slack.text;

import dev.switchboard.call.UserId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Slack's escaping of text (https://docs.slack.dev/messaging/formatting-message-text): {@code & < >} are entities, and
 * what stands between angle brackets is a mention or a link.
 */
public final class SlackText {
    private static final Pattern ENTITY = Pattern.compile("<([^<>]{1,3000})>");
    private static final Pattern USER = Pattern.compile("<@([UW][A-Z0-9_]{1,62})(?:\\|[^<>]*)?>");
    private static final Pattern LINK =
            Pattern.compile("<?(https?://[^\\s|<>]{1,2000})(?:\\|[^<>]*)?>?", Pattern.CASE_INSENSITIVE);

    private SlackText() {}

    /** Text that Slack shows letter for letter, whatever is in it. */
    public static String escape(String plain) {
        return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The person that a word mentions: {@code <@U123|ana>} or {@code <@U123>}. */
    static Optional<UserId> user(String word) {
        Matcher matcher = USER.matcher(word);
        return matcher.matches() ? Optional.of(new UserId(matcher.group(1))) : Optional.empty();
    }

    /** The web link that a word is, as Slack wraps it or as it was typed. */
    static Optional<URI> link(String word) {
        Matcher matcher = LINK.matcher(word);
        return matcher.matches() ? uri(unescape(matcher.group(1))) : Optional.empty();
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

    /** What a person sees of text that Slack escaped: {@code <@U1|ana>} as {@code @ana}, and entities as what they mean. */
    static String plain(String escaped) {
        Matcher matcher = ENTITY.matcher(escaped);
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
            default -> label.isEmpty() ? target : label;
        };
    }

    private static String unescape(String escaped) {
        return escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
