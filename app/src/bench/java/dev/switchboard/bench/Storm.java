package dev.switchboard.bench;

import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.Journal.ApiCall;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** (e) The storm at Slack's limits: how long until Slack shows the truth, and who is told to come back later. */
final class Storm implements Benchmark {
    /** A minute as long as Slack's: the bot's own pace counts by the same. */
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final int TIER_3 = 50;
    private static final Duration WATCHED = Duration.ofMinutes(5);
    private static final Duration QUIET = Duration.ofSeconds(70);

    private final List<Contestant> contestants;

    Storm(List<Contestant> contestants) {
        this.contestants = contestants;
    }

    /**
     * What came of it.
     *
     * @param typed after how many seconds everything was acknowledged or had failed
     * @param seconds until Slack showed the truth; empty if it never did
     */
    private record Found(
            List<Double> seconds,
            double typed,
            long failed,
            long limited,
            int requests,
            double least,
            Crowd.Astray astray,
            String asked,
            String said) {}

    @Override
    public Report run(int rounds) throws IOException {
        Report report = new Report(
                "storm",
                "60 starts, 200 rings, 2,000 joins and leaves over 40 live Calls, 20 ends, all at once, with 50 a minute for"
                        + " each Tier 3 method: seconds from the first until Slack shows the truth, and what never came right");
        for (Contestant contestant : contestants) {
            Found found = measure(contestant);
            report.row(
                    "bot",
                    contestant.name(),
                    "typed within",
                    found.typed(),
                    "failed for the person",
                    found.failed(),
                    "converged",
                    found.seconds().isEmpty() ? "never" : found.seconds().get(0),
                    "least possible",
                    found.least(),
                    "429s",
                    found.limited(),
                    "requests",
                    found.requests(),
                    "cards missing",
                    found.astray().cards(),
                    "rings missing",
                    found.astray().rings(),
                    "people wrong",
                    found.astray().people(),
                    "not ended",
                    found.astray().ends());
            report.note(contestant.name() + " asked " + found.asked())
                    .note(contestant.name() + " logged " + found.said());
            if (!contestant.isStock()) {
                double seconds = found.seconds().isEmpty()
                        ? Double.POSITIVE_INFINITY
                        : found.seconds().get(0);
                report.atMost(
                                contestant.name() + ": converged within 1.2 of the least possible time",
                                seconds / found.least(),
                                1.2)
                        .atMost(contestant.name() + ": no 429 of its own making", (double) found.limited(), 0);
            }
        }
        return report;
    }

    private static Found measure(Contestant contestant) throws IOException {
        // As strict as Slack also in this: what isn't acknowledged within three seconds has failed.
        try (Stage stage = new Stage(FakeSlack.options());
                BotProcess bot = stage.with("SLACK_TIER3_PER_MINUTE", String.valueOf(TIER_3))
                        .enter(contestant)) {
            FakeSlack slack = stage.slack();
            Crowd crowd = new Crowd(slack);
            crowd.gather();
            // Slack's minute and the bot's begin empty.
            Stage.pause(MINUTE.plusSeconds(2));
            int before = slack.journal().calls().size();
            slack.rateLimits(MINUTE);
            long start = System.nanoTime();
            long failed = crowd.storm();
            double typed = secondsSince(start);
            List<Double> converged = watch(slack, crowd, start);
            var calls = slack.journal().calls();
            var requests = calls.subList(before, calls.size());
            long limited = requests.stream().filter(r -> r.status() == 429).count();
            if (!bot.isAlive()) {
                throw new IllegalStateException("The bot ended: " + bot.said());
            }
            double least = MINUTE.toSeconds() * (double) crowd.mostOfOneMethod() / TIER_3;
            return new Found(
                    converged,
                    typed,
                    failed,
                    limited,
                    requests.size(),
                    least,
                    crowd.astray(),
                    byMethod(requests),
                    complaints(bot));
        }
    }

    private static String byMethod(List<ApiCall> requests) {
        Map<String, Long> counts = requests.stream()
                .collect(Collectors.groupingBy(
                        request -> request.method() + (request.status() == 429 ? " (429)" : ""),
                        TreeMap::new,
                        Collectors.counting()));
        return counts.toString();
    }

    /** What the bot logged as going wrong: how often, and the first of it. */
    private static String complaints(BotProcess bot) {
        List<String> lines = bot.said()
                .lines()
                .filter(line -> line.contains(" ERROR ") || line.contains(" WARN "))
                .toList();
        return lines.size() + " warnings and errors"
                + lines.stream().findFirst().map(line -> ", first: " + line).orElse("");
    }

    /** Looks until all is right, or nothing has been asked of Slack for longer than a minute. */
    private static List<Double> watch(FakeSlack slack, Crowd crowd, long start) {
        List<Double> converged = new ArrayList<>();
        int seen = -1;
        long changed = System.nanoTime();
        while (converged.isEmpty() && secondsSince(start) < WATCHED.toSeconds()) {
            int requests = slack.journal().calls().size();
            if (requests != seen) {
                seen = requests;
                changed = System.nanoTime();
            }
            if (crowd.astray().nothing()) {
                converged.add(secondsSince(start));
            } else if (secondsSince(changed) > QUIET.toSeconds()) {
                break;
            }
            Stage.pause(Duration.ofMillis(100));
        }
        return converged;
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
