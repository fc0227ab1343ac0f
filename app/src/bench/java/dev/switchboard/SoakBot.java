package dev.switchboard;

import dev.switchboard.settings.Environment;
import dev.switchboard.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The real bot in a process whose clock can be set forward, so that hours go by in minutes. It is told on standard input,
 * a line each: {@code advance MILLISECONDS}, {@code heap} (answered with the bytes in use after a collection),
 * {@code calls} (answered with how many Calls its ledger holds), {@code stop}.
 */
public final class SoakBot {
    private SoakBot() {}

    public static void main(String[] args) throws IOException, SQLException {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        MovableClock clock = new MovableClock();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Settings settings = Settings.from(Environment.variables());
        try (Switchboard bot = Switchboard.start(settings, clock)) {
            for (String line = in.readLine(); line != null && !line.equals("stop"); line = in.readLine()) {
                if (line.startsWith("advance ")) {
                    clock.advance(Duration.ofMillis(Long.parseLong(line.substring("advance ".length()))));
                    System.out.println(bot.connected());
                } else if (line.equals("calls")) {
                    System.out.println(calls(settings.database().url()));
                } else {
                    System.out.println(heap());
                }
            }
        }
        System.exit(Main.OK);
    }

    /** The database is open in this process: another connection to it is none to its file. */
    private static long calls(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from calls")) {
            count.next();
            return count.getLong(1);
        }
    }

    private static long heap() {
        // The first makes objects finalizable or clears references; what they held goes with the second.
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
