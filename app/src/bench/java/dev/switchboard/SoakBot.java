package dev.switchboard;

import dev.switchboard.settings.Environment;
import dev.switchboard.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The real bot in a process whose clock can be set forward, so that hours go by in minutes. It is told on standard input,
 * a line each: {@code advance MILLISECONDS}, {@code heap} (answered with the bytes in use after a collection),
 * {@code stop}.
 */
public final class SoakBot {
    private SoakBot() {}

    public static void main(String[] args) throws IOException {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        MovableClock clock = new MovableClock();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Switchboard bot = Switchboard.start(Settings.from(Environment.variables()), clock)) {
            for (String line = in.readLine(); line != null && !line.equals("stop"); line = in.readLine()) {
                if (line.startsWith("advance ")) {
                    clock.advance(Duration.ofMillis(Long.parseLong(line.substring("advance ".length()))));
                    System.out.println(bot.connected());
                } else {
                    System.out.println(heap());
                }
            }
        }
        System.exit(Main.OK);
    }

    private static long heap() {
        // The first makes objects finalizable or clears references; what they held goes with the second.
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
