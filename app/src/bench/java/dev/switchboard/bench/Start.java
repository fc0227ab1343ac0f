package dev.switchboard.bench;

import dev.switchboard.sandbox.slack.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** (c) From the process's start to the connection and the first acknowledgement, and what the process occupies. */
final class Start implements Benchmark {
    private static final Duration REST = Duration.ofSeconds(3);
    private static final int PER_SECOND = 200;

    private final Map<String, Path> jdks;

    /** @param jdks by the names they have in the table */
    Start(Map<String, Path> jdks) {
        this.jdks = jdks;
    }

    private record Found(double connected, double firstAck, double atRest, double afterLoad, int threads) {}

    @Override
    public Report run(int rounds) throws IOException {
        Map<String, Rounds<Found>> found = new LinkedHashMap<>();
        for (Map.Entry<String, Path> jdk : jdks.entrySet()) {
            if (!Files.isDirectory(jdk.getValue())) {
                continue;
            }
            List<Contestant> contestants = new ArrayList<>(List.of(
                    Contestant.stock(jdk.getValue()), Contestant.jar(jdk.getValue()), Archive.warm(jdk.getValue())));
            Rounds<Found> all = new Rounds<>();
            for (int round = 0; round < rounds; round++) {
                for (Contestant contestant : contestants) {
                    all.add(contestant.name(), measure(contestant));
                }
            }
            found.put(jdk.getKey(), all);
        }
        Report report = new Report(
                "start",
                "from the process's start to its connection and to the acknowledgement of a command typed at that moment, in"
                        + " ms; resident memory in MB, three seconds after, and after 2,000 commands at 200 a second");
        found.forEach((jdk, all) -> all.bots().forEach(bot -> row(report, jdk, bot, all)));
        found.forEach((jdk, all) -> report.atMost(
                        jdk + ", " + Contestant.SCRIPT + ": connected in at most 0.5 of the stock bot's time",
                        all.ratio(Contestant.SCRIPT, Found::connected),
                        0.5)
                .atMost(
                        jdk + ", " + Contestant.SCRIPT + ": memory after load at most 0.8 of the stock bot's",
                        all.ratio(Contestant.SCRIPT, Found::afterLoad),
                        0.8));
        return report;
    }

    private static void row(Report report, String jdk, String bot, Rounds<Found> all) {
        report.row(
                "JDK",
                jdk,
                "bot",
                bot,
                "connected",
                all.spread(bot, Found::connected),
                "first ack",
                all.spread(bot, Found::firstAck),
                "MB at rest",
                all.spread(bot, Found::atRest),
                "MB after load",
                all.spread(bot, Found::afterLoad),
                "threads",
                all.spread(bot, Found::threads));
    }

    private static Found measure(Contestant contestant) throws IOException {
        try (Stage stage = new Stage()) {
            // Its ledger is there, as at every start of a bot but the first.
            stage.enter(contestant).close();
            return measure(stage, contestant);
        }
    }

    private static Found measure(Stage stage, Contestant contestant) {
        try (BotProcess bot = stage.enter(contestant)) {
            double connected = (System.nanoTime() - bot.startedAt()) / 1e6;
            Load load = new Load(stage);
            Attempt first = load.type();
            Stage.await("the first acknowledgement", () -> first.latency().isPresent());
            double firstAck = (System.nanoTime() - bot.startedAt()) / 1e6;
            Stage.pause(REST);
            double atRest = bot.residentMegabytes();
            load.atRate(PER_SECOND, Duration.ofSeconds(10), Duration.ofSeconds(5));
            load.settle();
            Stage.pause(REST);
            return new Found(connected, firstAck, atRest, bot.residentMegabytes(), bot.threads());
        }
    }
}
