package dev.switchboard.slack.text;

import dev.switchboard.call.Call;
import dev.switchboard.call.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The words that several sentences share, in Slack's mrkdwn. */
final class Wording {
    /** Below that nobody counts seconds, and a look at the room now and then can't. */
    private static final int FEW = 10;

    private Wording() {}

    static String mention(UserId user) {
        return "<@" + user + ">";
    }

    static String mentions(List<UserId> users) {
        List<String> all = users.stream().map(Wording::mention).toList();
        return all.size() < 2
                ? String.join("", all)
                : String.join(", ", all.subList(0, all.size() - 1)) + " and " + all.get(all.size() - 1);
    }

    /** The Call in a sentence: by its title, else by its number on the card. */
    static String name(Call call) {
        return call.title()
                .map(title -> "“" + SlackText.escape(title.text()) + "”")
                .orElseGet(() -> "Call " + call.displayId());
    }

    /** A length of time to the minute, to the second below one. */
    static String length(Duration duration) {
        long minutes = duration.toMinutes();
        if (minutes < 1) {
            return duration.toSeconds() < FEW ? "a few seconds" : duration.toSeconds() + " s";
        }
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }

    /** A moment in the reader's own time zone (https://docs.slack.dev/messaging/formatting-message-text#date-formatting). */
    static String moment(Instant at) {
        return "<!date^" + at.getEpochSecond() + "^{date_short_pretty} {time}|" + at.truncatedTo(ChronoUnit.MINUTES)
                + ">";
    }

    static String link(Call call) {
        return "<" + SlackText.escape(call.room().joinUrl().toString()) + "|Join>";
    }
}
