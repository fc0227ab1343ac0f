package dev.switchboard.bench;

import dev.switchboard.sandbox.meeting.JitsiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** (d) What it costs to look once at the rooms of all live Calls, when nothing has changed in them. */
final class Poll implements Benchmark {
    /** Rooms, and the poll interval: a hundred looks a second each time, so that the JIT has as much to go by. */
    private static final Map<Integer, Duration> ROOMS = rooms();

    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration MEASURED = Duration.ofSeconds(30);

    private final Path jdk;

    Poll(Path jdk) {
        this.jdk = jdk;
    }

    private static Map<Integer, Duration> rooms() {
        Map<Integer, Duration> rooms = new LinkedHashMap<>();
        rooms.put(10, Duration.ofMillis(100));
        rooms.put(100, Duration.ofSeconds(1));
        rooms.put(1_000, Duration.ofSeconds(10));
        return rooms;
    }

    private record Found(double looksPerSecond, double requests, double cpuMillis) {}

    @Override
    public Report run(int rounds) throws IOException {
        Map<Integer, List<Found>> found = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<Integer, Duration> rooms : ROOMS.entrySet()) {
                found.computeIfAbsent(rooms.getKey(), any -> new ArrayList<>())
                        .add(measure(rooms.getKey(), rooms.getValue()));
            }
        }
        Report report = new Report(
                "poll",
                "one look at every room with somebody in it (Jitsi with its census), nothing changing: requests to the meeting"
                        + " server, and CPU of the bot in ms beyond what it uses without Calls");
        Map<Integer, Double> perCall = new LinkedHashMap<>();
        found.forEach((rooms, all) -> {
            Spread cpu = Spread.of(all.stream().map(Found::cpuMillis).toList());
            perCall.put(rooms, cpu.median() / rooms);
            report.row(
                    "live Calls",
                    rooms,
                    "requests",
                    Spread.of(all.stream().map(Found::requests).toList()),
                    "CPU ms",
                    cpu,
                    "CPU ms per Call",
                    perCall.get(rooms),
                    "looks/s",
                    Spread.of(all.stream().map(Found::looksPerSecond).toList()));
        });
        double least = perCall.entrySet().stream()
                .filter(entry -> entry.getKey() < 1_000)
                .mapToDouble(Map.Entry::getValue)
                .min()
                .orElseThrow();
        double atThousand = perCall.getOrDefault(1_000, Double.MAX_VALUE);
        return report.atMost(
                "CPU per Call with 1,000 at most 1.1 of the least with fewer (linear)", atThousand / least, 1.1);
    }

    private Found measure(int rooms, Duration interval) throws IOException {
        try (Stage stage = new Stage(Stage.options().unfurlDomains("127.0.0.1"))) {
            JitsiServer jitsi = JitsiServer.mount(stage.slack());
            stage.with("SWITCHBOARD_PROVIDER", "jitsi")
                    .with("SWITCHBOARD_MEETING_URL", jitsi.address())
                    .with("SWITCHBOARD_JITSI_API_URL", jitsi.apiUrl())
                    .with("SWITCHBOARD_JITSI_XMPP_DOMAIN", jitsi.xmppDomain())
                    .with("SWITCHBOARD_POLL_INTERVAL", interval.toMillis() + "ms");
            try (BotProcess bot = stage.enter(Contestant.jar(jdk))) {
                Stage.pause(Duration.ofSeconds(5));
                double idle = cpuPerSecond(bot, Duration.ofSeconds(10));
                for (int i = 0; i < rooms; i++) {
                    jitsi.join("room-" + i, "Guest " + i, "");
                    stage.ana().posts(jitsi.address() + "/room-" + i, stage.channel(i));
                }
                Stage.await("all on their cards", () -> allOnTheirCards(stage, rooms));
                Stage.pause(WARM_UP);
                jitsi.journal().clear();
                long start = System.nanoTime();
                double cpu = cpuPerSecond(bot, MEASURED);
                double seconds = (System.nanoTime() - start) / 1e9;
                int requests = jitsi.journal().count();
                int looks = jitsi.journal().requests("/room").size();
                double polls = (double) looks / rooms;
                return new Found(looks / seconds, requests / polls, (cpu - idle) * seconds * 1_000 / polls);
            }
        }
    }

    private static boolean allOnTheirCards(Stage stage, int rooms) {
        var calls = stage.slack().workspace().calls();
        return calls.size() == rooms
                && calls.stream().noneMatch(call -> call.activeParticipants().isEmpty());
    }

    private static double cpuPerSecond(BotProcess bot, Duration length) {
        double before = bot.cpuSeconds();
        long start = System.nanoTime();
        Stage.pause(length);
        return (bot.cpuSeconds() - before) / ((System.nanoTime() - start) / 1e9);
    }
}
