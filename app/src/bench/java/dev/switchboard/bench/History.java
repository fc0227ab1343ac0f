package dev.switchboard.bench;

import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** (f) Whether a million ended Calls in the ledger can be told from a thousand. */
final class History implements Benchmark {
    private static final String PATTERN = "The Call all others are written after";
    private static final int FEW = 1_000;
    private static final int MANY = Integer.getInteger("bench.history.calls", 1_000_000);
    private static final int WARM_UP = 300;

    /** Further than the time between two rounds of forgetting. */
    private static final Duration UNTIL_FORGETTING = Duration.ofMinutes(11);

    /** How much slower is no difference, on a machine that has other things to do. */
    private static final double NOISE = 1.25;

    private final Path jdk;

    History(Path jdk) {
        this.jdk = jdk;
    }

    private record Found(double connected, Latencies call, Latencies list, Latencies history, double megabytes) {}

    @Override
    public Report run(int rounds) throws IOException {
        Map<Integer, List<Found>> found = new LinkedHashMap<>();
        Map<Integer, Double> sizes = new LinkedHashMap<>();
        Forgetting forgetting;
        try (Stage young = new Stage();
                Stage old = new Stage()) {
            Map<Integer, Stage> stages = new LinkedHashMap<>();
            stages.put(FEW, young);
            stages.put(MANY, old);
            Contestant bot = Archive.warm(jdk);
            for (Map.Entry<Integer, Stage> stage : stages.entrySet()) {
                write(bot, stage.getValue(), stage.getKey());
                Path file = stage.getValue().folder().resolve("ledger.mv.db");
                sizes.put(stage.getKey(), Files.size(file) / 1024.0 / 1024.0);
                found.put(stage.getKey(), new ArrayList<>());
            }
            for (int round = 0; round < rounds; round++) {
                found.forEach((calls, all) -> all.add(measure(bot, stages.getOrDefault(calls, old))));
            }
            forgetting = forget(old);
        }
        Report report = new Report(
                "history",
                "with so many ended Calls in the ledger, by the start script with its 256 MB of heap: ms from the process's start to the connection, acknowledgements in ms"
                        + " one at a time, resident memory after them");
        found.forEach((calls, all) -> row(report, String.valueOf(calls), sizes.getOrDefault(calls, 0.0), all));
        row(
                report,
                MANY + ", of which " + forgetting.calls() + " are deleted meanwhile",
                forgetting.megabytes(),
                List.of(forgetting.found()));
        goal(report, found, "start", Found::connected);
        goal(report, found, "/call", f -> f.call().percentile(0.5));
        goal(report, found, "/call list", f -> f.list().percentile(0.5));
        goal(report, found, "/call history", f -> f.history().percentile(0.5));
        double undisturbed = spread(
                        found.getOrDefault(MANY, List.of()), f -> f.call().percentile(0.99))
                .median();
        return report.atMost(
                "/call p99 while old Calls are deleted, as while none are (at most 2)",
                forgetting.found().call().percentile(0.99) / undisturbed,
                2);
    }

    private static void row(Report report, String calls, double size, List<Found> all) {
        report.row(
                "ended Calls",
                calls,
                "file MB",
                size,
                "connected",
                spread(all, Found::connected),
                "/call p50",
                spread(all, f -> f.call().percentile(0.5)),
                "/call p99",
                spread(all, f -> f.call().percentile(0.99)),
                "/call max",
                spread(all, f -> f.call().percentile(1)),
                "/call list p50",
                spread(all, f -> f.list().percentile(0.5)),
                "/call history p50",
                spread(all, f -> f.history().percentile(0.5)),
                "MB",
                spread(all, Found::megabytes));
    }

    private static void goal(
            Report report, Map<Integer, List<Found>> found, String what, ToDoubleFunction<Found> figure) {
        double few = spread(found.getOrDefault(FEW, List.of()), figure).median();
        double many = spread(found.getOrDefault(MANY, List.of()), figure).median();
        report.atMost(
                what + " with a million as with a thousand (at most " + Spread.number(NOISE) + ")", many / few, NOISE);
    }

    private static Spread spread(List<Found> all, ToDoubleFunction<Found> figure) {
        return Spread.of(all.stream().mapToDouble(figure).boxed().toList());
    }

    /** Has the bot lead one Call from start to end, and writes the others after it. */
    private static void write(Contestant contestant, Stage stage, int calls) {
        Conversation channel = stage.channel(0);
        try (BotProcess bot = stage.enter(contestant)) {
            type(stage, "/call " + PATTERN, channel);
            Stage.await("its card", () -> Stage.cards(channel) == 1);
            Person bo = stage.slack().workspace().person("bo");
            Attempt joined = bo.clicks(channel.messages().get(0), "Join");
            Stage.await("somebody in it", joined::acknowledged);
            type(stage, "/call end", channel);
            Stage.await(
                    "its end", () -> stage.slack().workspace().calls().get(0).ended());
            Stage.pause(Duration.ofSeconds(2)); // the summary, and the cards' buttons
            bot.stop();
        }
        try {
            Past.write(stage.ledgerUrl(), PATTERN, calls);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Found measure(Contestant contestant, Stage stage) {
        try (BotProcess bot = stage.enter(contestant)) {
            return use(stage, (System.nanoTime() - bot.startedAt()) / 1e6, bot);
        }
    }

    /** The same while the bot deletes what is older than a year, which it is told to do by its clock. */
    private record Forgetting(Found found, int calls, double megabytes) {}

    private static Forgetting forget(Stage stage) throws IOException {
        stage.with("SWITCHBOARD_KEEP_DAYS", "365");
        try (SoakProcess bot = SoakProcess.start(stage, Contestant.thisJdk())) {
            double connected = (System.nanoTime() - bot.process().startedAt()) / 1e6;
            bot.advance(UNTIL_FORGETTING);
            int before = bot.calls();
            Found found = use(stage, connected, bot.process());
            int started = 2 * WARM_UP;
            double size = Files.size(stage.folder().resolve("ledger.mv.db")) / 1024.0 / 1024.0;
            return new Forgetting(found, before + started - bot.calls(), size);
        }
    }

    private static Found use(Stage stage, double connected, BotProcess bot) {
        List<Double> call = new ArrayList<>();
        List<Double> list = new ArrayList<>();
        List<Double> history = new ArrayList<>();
        for (int i = 0; i < WARM_UP; i++) {
            Conversation channel = stage.channel(i);
            type(stage, "/call Weekly sync", channel);
            type(stage, "/call list", channel);
            type(stage, "/call history", channel);
            type(stage, "/call end", channel);
        }
        for (int i = 0; i < WARM_UP; i++) {
            Conversation channel = stage.channel(i);
            call.add(type(stage, "/call Weekly sync", channel));
            list.add(type(stage, "/call list", channel));
            history.add(type(stage, "/call history", channel));
            type(stage, "/call end", channel);
        }
        Stage.pause(Duration.ofSeconds(1));
        return new Found(
                connected, new Latencies(call), new Latencies(list), new Latencies(history), bot.residentMegabytes());
    }

    private static double type(Stage stage, String command, Conversation channel) {
        Attempt attempt = stage.ana().types(command, channel);
        Stage.await("an acknowledgement", () -> attempt.latency().isPresent());
        return attempt.latency().orElseThrow().toNanos() / 1e6;
    }
}
