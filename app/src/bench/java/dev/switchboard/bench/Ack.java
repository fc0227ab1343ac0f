package dev.switchboard.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** (a) How fast {@code /call <title>} is acknowledged. */
final class Ack implements Benchmark {
    private static final Duration SLOW = Duration.ofMillis(100);
    private static final int PER_SECOND = 200;
    private static final int CROWD = 64;
    private static final int WARM_UP = 1_000;

    /** What is asked of each bot, in this order: the last leaves the stock bot with work for minutes. */
    private enum Scenario {
        ALONE_FAST("one at a time, API 0 ms"),
        RATE_FAST("200/s, API 0 ms"),
        ALONE_SLOW("one at a time, API 100 ms"),
        CROWD_SLOW("64 in flight, API 100 ms"),
        RATE_SLOW("200/s, API 100 ms");

        private final String words;

        Scenario(String words) {
            this.words = words;
        }
    }

    private final List<Contestant> contestants;

    Ack(List<Contestant> contestants) {
        this.contestants = contestants;
    }

    @Override
    public Report run(int rounds) throws IOException {
        Map<Scenario, Rounds<Latencies>> found = new EnumMap<>(Scenario.class);
        for (Scenario scenario : Scenario.values()) {
            found.put(scenario, new Rounds<>());
        }
        for (int round = 0; round < rounds; round++) {
            for (Contestant contestant : contestants) {
                Map<Scenario, Latencies> measured = measure(contestant);
                found.forEach((scenario, all) -> {
                    Latencies latencies = measured.get(scenario);
                    if (latencies != null) {
                        all.add(contestant.name(), latencies);
                    }
                });
            }
        }
        Report report = new Report(
                "ack",
                "acknowledgement of `/call <title>` in ms, from the envelope's sending to its acknowledgement as Slack sees"
                        + " it; the median of the rounds, and their range");
        found.forEach((scenario, all) -> all.bots().forEach(bot -> row(report, scenario, all, bot)));
        found.forEach((scenario, all) -> all.ours().forEach(bot -> goal(report, scenario, all, bot)));
        return report;
    }

    private static Map<Scenario, Latencies> measure(Contestant contestant) throws IOException {
        Map<Scenario, Latencies> found = new EnumMap<>(Scenario.class);
        try (Stage stage = new Stage();
                BotProcess bot = stage.enter(contestant)) {
            Load load = new Load(stage);
            load.inFlight(8, WARM_UP);
            load.settle();
            found.put(Scenario.ALONE_FAST, load.oneAtATime(500));
            found.put(Scenario.RATE_FAST, load.atRate(PER_SECOND, Duration.ofSeconds(10), Duration.ofSeconds(5)));
            load.settle();
            stage.webApiTakes(SLOW);
            found.put(Scenario.ALONE_SLOW, load.oneAtATime(50));
            found.put(Scenario.CROWD_SLOW, load.inFlight(CROWD, contestant.isStock() ? 2 * CROWD : 20 * CROWD));
            load.settle();
            found.put(Scenario.RATE_SLOW, load.atRate(PER_SECOND, Duration.ofSeconds(5), Duration.ofSeconds(5)));
            if (!bot.isAlive()) {
                throw new IllegalStateException("The bot ended: " + bot.said());
            }
        }
        return found;
    }

    private static void row(Report report, Scenario scenario, Rounds<Latencies> found, String bot) {
        report.row(
                "scenario",
                scenario.words,
                "bot",
                bot,
                "p50",
                found.spread(bot, l -> l.percentile(0.5)),
                "p99",
                found.spread(bot, l -> l.percentile(0.99)),
                "p99.9",
                found.spread(bot, l -> l.percentile(0.999)),
                "max",
                found.spread(bot, Latencies::most),
                "commands",
                found.of(bot).get(0).count(),
                "over 3 s",
                found.spread(bot, Latencies::late));
    }

    private static void goal(Report report, Scenario scenario, Rounds<Latencies> found, String bot) {
        String who = bot + ", " + scenario.words;
        switch (scenario) {
            case ALONE_FAST, RATE_FAST -> {
                if (found.has(Contestant.STOCK)) {
                    double ratio = found.ratio(bot, l -> l.percentile(0.5));
                    report.atMost(who + ": p50 at most 0.4 of the stock bot's", ratio, 0.4);
                }
            }
            case CROWD_SLOW ->
                report.atMost(
                        who + ": none over 100 ms in any round",
                        found.spread(bot, Latencies::most).most(),
                        100);
            default -> {}
        }
    }
}
