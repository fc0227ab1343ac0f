package dev.switchboard.bench;

import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Conversation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** People who type {@code /call <title>}, in the ways in which one can measure. */
final class Load {
    private final Stage stage;
    private final AtomicInteger next = new AtomicInteger();

    Load(Stage stage) {
        this.stage = stage;
    }

    /** How many commands were typed so far. */
    int typed() {
        return next.get();
    }

    /** One more command. */
    Attempt type() {
        return stage.call(next.getAndIncrement());
    }

    /** One after the other: the next is typed when the card of the one before is there. */
    Latencies oneAtATime(int commands) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < commands; i++) {
            int number = next.getAndIncrement();
            Conversation channel = stage.channel(number);
            int before = Stage.cards(channel);
            Attempt attempt = stage.call(number);
            Stage.await("an acknowledgement", () -> attempt.latency().isPresent());
            Stage.await("a card", () -> Stage.cards(channel) > before);
            times.add(millis(attempt.latency().orElseThrow()));
        }
        return new Latencies(times);
    }

    /**
     * So many a second, whether or not the bot keeps up, and then as long as {@code grace} for what is outstanding. Time
     * counts from when a command was to be typed, so that a driver that falls behind flatters nobody.
     */
    Latencies atRate(int perSecond, Duration length, Duration grace) {
        int commands = (int) (perSecond * length.toMillis() / 1000);
        List<Attempt> attempts = new ArrayList<>(commands);
        long[] due = new long[commands];
        long[] lag = new long[commands];
        long start = System.nanoTime();
        for (int i = 0; i < commands; i++) {
            due[i] = start + i * 1_000_000_000L / perSecond;
            for (long now = System.nanoTime(); now < due[i]; now = System.nanoTime()) {
                LockSupport.parkNanos(due[i] - now);
            }
            lag[i] = System.nanoTime() - due[i];
            attempts.add(type());
        }
        long end = System.nanoTime() + grace.toNanos();
        while (System.nanoTime() < end
                && attempts.stream().anyMatch(a -> a.latency().isEmpty())) {
            LockSupport.parkNanos(5_000_000);
        }
        long now = System.nanoTime();
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < commands; i++) {
            double waiting = (now - due[i]) / 1e6;
            double lagging = lag[i] / 1e6;
            times.add(attempts.get(i)
                    .latency()
                    .map(took -> lagging + millis(took))
                    .orElse(waiting));
        }
        return new Latencies(times);
    }

    /** As many people as that, each of whom types again as soon as they are answered. */
    Latencies inFlight(int people, int commands) {
        ExecutorService crowd = Executors.newFixedThreadPool(people);
        try {
            AtomicInteger left = new AtomicInteger(commands);
            List<Future<List<Double>>> all = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                all.add(crowd.submit(() -> {
                    List<Double> times = new ArrayList<>();
                    while (left.getAndDecrement() > 0) {
                        Attempt attempt = type().await(Stage.PATIENCE);
                        times.add(millis(attempt.latency().orElseThrow()));
                    }
                    return times;
                }));
            }
            List<Double> times = new ArrayList<>();
            for (Future<List<Double>> person : all) {
                times.addAll(person.get());
            }
            return new Latencies(times);
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            crowd.shutdownNow();
        }
    }

    /** Waits until every command typed has its card. */
    void settle() {
        Stage.awaitAtLeisure("all cards", () -> stage.cards() >= typed());
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}
