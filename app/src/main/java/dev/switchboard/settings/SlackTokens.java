package dev.switchboard.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tokens Slack gave this app, told apart by how they start. No text made here holds more of a token than that. */
final class SlackTokens {
    static final String APP = "SLACK_APP_TOKEN";
    static final String BOT = "SLACK_BOT_TOKEN";

    private static final String APP_EXAMPLE = "xapp-1-A0123456789-1234567890-abc";
    private static final String BOT_EXAMPLE = "xoxb-1234-5678-abc";
    /** How Slack's tokens start, longer ones first; a value that starts otherwise is not quoted at all. */
    private static final List<String> PREFIXES = List.of(
            "xoxe.xoxb-",
            "xoxe.xoxp-",
            "xapp-",
            "xoxb-",
            "xoxp-",
            "xoxa-",
            "xoxc-",
            "xoxd-",
            "xoxe-",
            "xoxo-",
            "xoxr-",
            "xoxs-",
            "xwfp-");

    private static final int SHORTEST = 16;

    private SlackTokens() {}

    static Optional<Secret> app(Reading reading) {
        return reading.requiredSecret(APP, "the app-level token of your app, with connections:write", APP_EXAMPLE)
                .flatMap(given -> {
                    try {
                        return Optional.of(app(given.text()));
                    } catch (Refusal refusal) {
                        reading.mistake(APP, refusal.sentence() + given.origin(), APP_EXAMPLE);
                        return Optional.empty();
                    }
                });
    }

    /** The bot tokens in the order given; what is wrong with any of them is among the mistakes. */
    static List<Secret> bots(Reading reading) {
        return reading.requiredSecret(BOT, "the bot token of your app", BOT_EXAMPLE)
                .map(given -> bots(reading, given))
                .orElse(List.of());
    }

    private static Secret app(String text) throws Refusal {
        if (text.startsWith("xoxb-")) {
            throw new Refusal("holds a bot token (xoxb-), which belongs in " + BOT + "; the app-level token goes here");
        }
        if (text.indexOf(',') >= 0) {
            throw new Refusal("holds a comma; an app has one app-level token, and it goes here alone");
        }
        return token("xapp-", text);
    }

    private static List<Secret> bots(Reading reading, Reading.Given given) {
        List<Secret> tokens = new ArrayList<>();
        String[] texts = given.text().split(",", -1);
        for (int i = 0; i < texts.length; i++) {
            try {
                Secret token = bot(texts[i].strip());
                if (tokens.contains(token)) {
                    throw new Refusal("is there twice; give each workspace's token once");
                }
                tokens.add(token);
            } catch (Refusal refusal) {
                String which = texts.length == 1 ? "" : "token " + (i + 1) + " of " + texts.length + " ";
                reading.mistake(BOT, which + refusal.sentence() + given.origin(), BOT_EXAMPLE);
            }
        }
        return List.copyOf(tokens);
    }

    private static Secret bot(String text) throws Refusal {
        if (text.isEmpty()) {
            throw new Refusal("is empty; remove the comma next to it");
        }
        if (text.startsWith("xapp-")) {
            throw new Refusal(
                    "holds an app-level token (xapp-), which belongs in " + APP + "; the bot token goes here");
        }
        if (text.startsWith("xoxe.xoxb-")) {
            throw new Refusal("starts with xoxe.xoxb-, a token that expires; turn token rotation off for this app");
        }
        return token("xoxb-", text);
    }

    private static Secret token(String prefix, String text) throws Refusal {
        if (text.startsWith("\"") || text.startsWith("'")) {
            throw new Refusal("starts with a quotation mark; leave the quotation marks out");
        }
        if (!text.startsWith(prefix)) {
            throw new Refusal(PREFIXES.stream()
                    .filter(text::startsWith)
                    .findFirst()
                    .map(known -> "starts with " + known + " but must start with " + prefix)
                    .orElse("must start with " + prefix));
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new Refusal("holds a space or a character outside ASCII; copy the token again");
        }
        if (text.length() < SHORTEST) {
            throw new Refusal("is shorter than " + SHORTEST + " characters; copy the whole token");
        }
        return new Secret(text);
    }
}
