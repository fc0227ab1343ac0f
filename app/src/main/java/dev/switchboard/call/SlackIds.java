package dev.switchboard.call;

import java.util.regex.Pattern;

/**
 * The one check of ids that come from Slack. Slack calls them opaque strings and promises no format
 * (https://docs.slack.dev/apis/), so only what could hurt in a log, a key or a message is refused.
 */
final class SlackIds {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private SlackIds() {}

    static void check(String kind, String value) {
        if (!SAFE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a Slack " + kind + " id (" + value.length() + " characters)");
        }
    }
}
