package dev.switchboard.bench;

import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A long life in a short time: each hour of the clock some Calls are started, joined, renamed, left and ended, and a link
 * is pasted; then the clock goes on to the next hour. What a leak would show must level off.
 */
final class Soak implements Benchmark {
    private static final int HOURS = Integer.getInteger("bench.soak.hours", 120);
    private static final int CALLS_AN_HOUR = Integer.getInteger("bench.soak.calls", 25);
    private static final int HOURS_A_ROW = Math.max(1, HOURS / 12);

    /** In steps, as timers go off in an hour; not all at once, as after a machine's sleep. */
    private static final Duration STEP = Duration.ofMinutes(10);

    /**
     * An hour takes no less of the machine's time, so that the last ones are no denser than the first: what H2 has
     * freed it uses again after 45 s, so its file is as large as what is written in that time.
     */
    private static final Duration HOUR_TAKES = Duration.ofSeconds(Integer.getInteger("bench.soak.seconds", 15));

    /** H2 uses space again after 45 s of the machine's own time, whatever our clock says. */
    private static final Duration REST = Duration.ofSeconds(90);

    private record Found(
            int hour, int calls, int kept, double heap, double resident, int threads, int files, double database) {}

    @Override
    public Report run(int rounds) throws IOException {
        List<Found> found = new ArrayList<>();
        Found rested;
        MovedClock clock = new MovedClock();
        try (Stage stage = new Stage(Stage.options().clock(clock));
                SoakProcess bot = SoakProcess.start(stage.with("SWITCHBOARD_KEEP_DAYS", "1"), Contestant.thisJdk())) {
            for (int hour = 1; hour <= HOURS; hour++) {
                long start = System.nanoTime();
                for (int i = 0; i < CALLS_AN_HOUR; i++) {
                    lead(stage, stage.channel(hour * CALLS_AN_HOUR + i));
                }
                for (Duration left = Duration.ofHours(1); !left.isZero(); left = left.minus(STEP)) {
                    clock.advance(STEP);
                    bot.advance(STEP);
                }
                Stage.pause(HOUR_TAKES.minusNanos(System.nanoTime() - start));
                if (hour % HOURS_A_ROW == 0) {
                    found.add(look(stage, bot, hour));
                }
            }
            Stage.pause(REST);
            rested = look(stage, bot, HOURS);
        }
        return report(found, rested);
    }

    /** The life of one Call. */
    private static void lead(Stage stage, Conversation channel) {
        int before = stage.slack().workspace().calls().size();
        Person bo = stage.slack().workspace().person("bo");
        await(stage.ana().types("/call @cy Weekly sync", channel));
        Stage.await("the Call", () -> stage.slack().workspace().calls().size() > before);
        Call call = stage.slack().workspace().calls().get(before);
        Stage.await(
                "its card",
                () -> cards(channel).stream().anyMatch(card -> card.callIds().contains(call.id())));
        PostedMessage card = cards(channel).stream()
                .filter(message -> message.callIds().contains(call.id()))
                .findFirst()
                .orElseThrow();
        await(bo.clicks(card, "Join"));
        await(stage.ana().types("/call rename Retrospective", channel));
        await(bo.clicks(card, "Leave"));
        await(stage.ana().types("/call list", channel));
        await(stage.ana().types("/call end", channel));
        Stage.await("its end", call::ended);
    }

    private static List<PostedMessage> cards(Conversation channel) {
        return channel.messages().stream()
                .filter(message -> !message.callIds().isEmpty())
                .toList();
    }

    private static void await(Attempt attempt) {
        Stage.await("an acknowledgement", attempt::acknowledged);
    }

    private static Found look(Stage stage, SoakProcess bot, int hour) throws IOException {
        Stage.pause(Duration.ofSeconds(2));
        double database = Files.size(stage.folder().resolve("ledger.mv.db")) / 1024.0 / 1024.0;
        double heap = bot.heapBytes() / 1024.0 / 1024.0;
        BotProcess process = bot.process();
        return new Found(
                hour,
                stage.slack().workspace().calls().size(),
                bot.calls(),
                heap,
                process.residentMegabytes(),
                process.threads(),
                process.openFiles(),
                database);
    }

    private static Report report(List<Found> found, Found rested) {
        Report report = new Report(
                "soak",
                "hours of the clock, Calls from start to end so far; heap after a collection, and what the process"
                        + " holds, in MB where not counted");
        found.forEach(row -> add(report, String.valueOf(row.hour()), row));
        add(report, rested.hour() + ", rested", rested);
        levels(report, found, "heap after a collection", Found::heap);
        levels(report, found, "threads", Found::threads);
        levels(report, found, "open files", Found::files);
        levels(report, found, "the database", Found::database);
        return report;
    }

    private static void add(Report report, String hour, Found row) {
        report.row(
                "hour",
                hour,
                "Calls",
                row.calls(),
                "in the ledger",
                row.kept(),
                "heap",
                row.heap(),
                "resident",
                row.resident(),
                "threads",
                row.threads(),
                "open files",
                row.files(),
                "database",
                row.database());
    }

    /** The last quarter against the one before the middle: what still grows there doesn't level off. */
    private static void levels(Report report, List<Found> found, String what, ToDoubleFunction<Found> figure) {
        double middle = mean(found.subList(found.size() / 4, found.size() / 2), figure);
        double end = mean(found.subList(found.size() - Math.max(1, found.size() / 4), found.size()), figure);
        report.atMost(what + " of the last quarter at most 1.1 of the second", end / middle, 1.1);
    }

    private static double mean(List<Found> found, ToDoubleFunction<Found> figure) {
        return found.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }
}
