package dev.switchboard.settings;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The small values: numbers, durations, the command's name, an address to listen at. */
final class Values {
    /** The longest wait anything here may ask for: a year. */
    static final Duration LONGEST = Duration.ofDays(365);

    /** For tests and trials; a server that people use would not thank us for it. */
    private static final Duration SHORTEST_POLL = Duration.ofMillis(100);

    private static final int MOST_PER_MINUTE = 100_000;
    private static final int MOST_DAYS = 36_500;
    private static final int MOST_CONNECTIONS = 10;
    private static final Pattern COMMAND = Pattern.compile("/[a-z0-9_-]{1,31}");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,15})(ms|s|m|h)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);

    private Values() {}

    static int perMinute(String text) throws Refusal {
        int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (number < 0 || number > MOST_PER_MINUTE) {
            throw new Refusal(Quoted.value(text) + " must be a whole number from 0 to " + MOST_PER_MINUTE);
        }
        return number;
    }

    /** Empty for 0, which means for ever. */
    static Optional<Duration> days(String text) throws Refusal {
        int days = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (days < 0 || days > MOST_DAYS) {
            throw new Refusal(
                    Quoted.value(text) + " must be a whole number of days from 1 to " + MOST_DAYS + ", or 0 for ever");
        }
        return days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days));
    }

    /** Slack allows an app ten (docs.slack.dev/apis/events-api/using-socket-mode). */
    static int connections(String text) throws Refusal {
        int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > MOST_CONNECTIONS) {
            throw new Refusal(Quoted.value(text) + " must be a whole number from 1 to " + MOST_CONNECTIONS);
        }
        return number;
    }

    static String command(String text) throws Refusal {
        if (!COMMAND.matcher(text).matches()) {
            throw new Refusal(Quoted.value(text)
                    + " must be a slash and 1 to 31 of lower-case letters, digits, hyphens and underscores");
        }
        return text;
    }

    static Duration duration(String text) throws Refusal {
        Matcher form = DURATION.matcher(text);
        ChronoUnit unit = form.matches() ? UNITS.get(form.group(2)) : null;
        if (unit == null) {
            throw new Refusal(
                    Quoted.value(text) + " must be a whole number and a unit without a space between: ms, s, m or h");
        }
        Duration duration = Duration.of(Long.parseLong(form.group(1)), unit);
        if (duration.isZero()) {
            throw new Refusal(Quoted.value(text) + " must be longer than nothing");
        }
        if (duration.compareTo(LONGEST) > 0) {
            throw new Refusal(Quoted.value(text) + " must be at most a year, " + LONGEST.toHours() + "h");
        }
        return duration;
    }

    static Duration pollInterval(String text) throws Refusal {
        Duration interval = duration(text);
        if (interval.compareTo(SHORTEST_POLL) < 0) {
            throw new Refusal(Quoted.value(text) + " must be at least 100ms");
        }
        return interval;
    }

    static boolean yesOrNo(String text) throws Refusal {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Refusal(Quoted.value(text) + " must be true or false");
        };
    }

    static InetSocketAddress address(String text) throws Refusal {
        try {
            HostPort hostPort = HostPort.parse(text, 0);
            return InetSocketAddress.createUnresolved(hostPort.host(), hostPort.port());
        } catch (Refusal refusal) {
            throw new Refusal(Quoted.value(text) + " " + refusal.sentence());
        }
    }
}
