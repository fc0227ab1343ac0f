package dev.switchboard.sandbox.slack;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text as a person types it, and as Slack hands it on: docs.slack.dev/messaging/formatting-message-text. */
final class TypedText {
    private static final Pattern MARKED =
            Pattern.compile("https?://[^\\s<>|]+|(?<=^|[\\s(])([@#])([A-Za-z0-9._-]*[A-Za-z0-9_])");
    private static final Pattern URL = Pattern.compile("https?://[^\\s<>|]+");

    private final Workspace workspace;

    TypedText(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Mentions become {@code <@U1|ana>} (messages: {@code <@U1>}), links {@code <https://...>}; &amp;, &lt; and &gt; are entities. */
    String escaped(String typed, boolean withNames) {
        Matcher matcher = MARKED.matcher(typed);
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            out.append(entities(typed.substring(from, matcher.start())));
            String marker = matcher.group(1);
            if (marker == null) {
                out.append('<').append(entities(matcher.group())).append('>');
            } else {
                out.append(mention(marker, matcher.group(2), withNames).orElse(matcher.group()));
            }
            from = matcher.end();
        }
        return out.append(entities(typed.substring(from))).toString();
    }

    private Optional<String> mention(String marker, String name, boolean withNames) {
        Optional<String> id = marker.equals("@")
                ? workspace.findPerson(name).map(Person::id)
                : workspace.findConversation(name).map(Conversation::id);
        return id.map(value -> '<' + marker + value + (withNames ? '|' + name : "") + '>');
    }

    private static String entities(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static List<String> urls(String typed) {
        return URL.matcher(typed)
                .results()
                .map(result -> result.group())
                .distinct()
                .toList();
    }

    /** The registered domain a URL belongs to, its subdomains included. */
    static Optional<String> domain(String url, List<String> registered) {
        try {
            String host = Optional.ofNullable(new URI(url).getHost()).orElse("").toLowerCase(Locale.ROOT);
            return registered.stream()
                    .filter(domain -> host.equals(domain) || host.endsWith('.' + domain))
                    .findFirst();
        } catch (java.net.URISyntaxException noUrl) {
            return Optional.empty();
        }
    }
}
