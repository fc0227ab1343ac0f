package dev.switchboard.bench;

import java.io.IOException;
import java.util.List;

/** (b) How many commands a second become cards when Slack answers at once, and what that costs. */
final class Throughput implements Benchmark {
    private static final int PEOPLE = 64;
    private static final int WARM_UP = 3_000;
    private static final int COMMANDS = 5_000;

    private final List<Contestant> contestants;

    Throughput(List<Contestant> contestants) {
        this.contestants = contestants;
    }

    private record Found(double perSecond, double cpuPerThousand) {}

    @Override
    public Report run(int rounds) throws IOException {
        Rounds<Found> found = new Rounds<>();
        for (int round = 0; round < rounds; round++) {
            for (Contestant contestant : contestants) {
                found.add(contestant.name(), measure(contestant));
            }
        }
        Report report = new Report(
                "throughput",
                PEOPLE
                        + " people who type `/call <title>` again as soon as they are answered, Web API at once: commands a"
                        + " second from the first envelope to the last card, and CPU seconds of the bot for a thousand");
        found.bots()
                .forEach(bot -> report.row(
                        "bot",
                        bot,
                        "commands/s",
                        found.spread(bot, Found::perSecond),
                        "CPU s per 1,000",
                        found.spread(bot, Found::cpuPerThousand)));
        if (found.has(Contestant.STOCK)) {
            found.ours()
                    .forEach(bot -> report.atLeast(
                                    bot + ": commands a second at least 1.5 of the stock bot's",
                                    found.ratio(bot, Found::perSecond),
                                    1.5)
                            .atMost(
                                    bot + ": CPU for a thousand at most 1.2 of the stock bot's",
                                    found.ratio(bot, Found::cpuPerThousand),
                                    1.2));
        }
        return report;
    }

    private static Found measure(Contestant contestant) throws IOException {
        try (Stage stage = new Stage();
                BotProcess bot = stage.enter(contestant)) {
            Load load = new Load(stage);
            load.inFlight(PEOPLE, WARM_UP);
            load.settle();
            double cpuBefore = bot.cpuSeconds();
            long start = System.nanoTime();
            load.inFlight(PEOPLE, COMMANDS);
            load.settle();
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Found(COMMANDS / seconds, (bot.cpuSeconds() - cpuBefore) * 1_000 / COMMANDS);
        }
    }
}
