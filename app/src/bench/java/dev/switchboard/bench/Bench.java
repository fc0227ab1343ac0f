package dev.switchboard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs the benchmarks named, or all but the soak; prints their tables, writes them as JSON to {@code target/bench}. */
public final class Bench {
    private final Map<String, Benchmark> all = new LinkedHashMap<>();

    private static final Path JDKS = Path.of("/usr/lib/jvm");

    private static final List<String> TIMED_BY_A_BUSY_DRIVER = List.of("ack", "throughput");

    private Bench() {
        Path jdk = Contestant.thisJdk();
        Contestant stock = Contestant.stock(jdk);
        Contestant jar = Contestant.jar(jdk);
        Map<String, Path> jdks = new LinkedHashMap<>();
        jdks.put("17", JDKS.resolve("java-17-openjdk-amd64"));
        jdks.put("25", JDKS.resolve("temurin-25-jdk-amd64"));
        jdks.keySet()
                .retainAll(List.of(System.getProperty("bench.jdks", "17,25").split(",", -1)));
        all.put("ack", rounds -> new Ack(List.of(stock, jar, Archive.warm(jdk))).run(rounds));
        all.put("throughput", rounds -> new Throughput(List.of(stock, jar, Archive.warm(jdk))).run(rounds));
        all.put("start", new Start(jdks));
        all.put("poll", new Poll(jdk));
        all.put("storm", new Storm(List.of(stock, jar)));
        all.put("history", new History(jdk));
        all.put("soak", new Soak());
    }

    public static void main(String[] args) throws IOException {
        Logger.getLogger("org.glassfish").setLevel(Level.SEVERE);
        if (!Files.exists(Contestant.jarFile())) {
            System.err.println("There is no " + Contestant.jarFile() + "; run `mvn -B -DskipTests package` first");
            System.exit(2);
        }
        String named = args.length == 0 ? "" : args[0];
        System.exit(new Bench().run(named, Integer.getInteger("bench.rounds", 3)));
    }

    private int run(String named, int rounds) throws IOException {
        List<String> names = Arrays.stream(named.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        if (!all.keySet().containsAll(names)) {
            System.err.println("-Dbench=" + named + " names none of " + all.keySet());
            return 2;
        }
        Map<String, String> machine = Machine.describe();
        machine.forEach((what, value) -> System.out.println(what + ": " + value));
        if (names.isEmpty() || names.stream().anyMatch(TIMED_BY_A_BUSY_DRIVER::contains)) {
            // Half of the driver's CPU time in its first minute is its own compiler's, taken from whoever is first.
            new Throughput(List.of(Contestant.stock(Contestant.thisJdk()))).run(2);
        }
        for (Map.Entry<String, Benchmark> benchmark : all.entrySet()) {
            boolean wanted = names.isEmpty() ? !benchmark.getKey().equals("soak") : names.contains(benchmark.getKey());
            if (wanted) {
                Optional<Machine.Ticks> before = Machine.Ticks.now();
                Report report = benchmark.getValue().run(rounds);
                machine.put("stolen by the host", Machine.stolenSince(before));
                report.print(System.out);
                System.out.println("stolen by the host meanwhile: " + machine.get("stolen by the host"));
                report.write(Contestant.target().resolve("bench"), machine);
            }
        }
        return 0;
    }
}
