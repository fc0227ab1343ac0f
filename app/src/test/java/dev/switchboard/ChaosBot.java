package dev.switchboard;

import dev.switchboard.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.h2.store.fs.FilePath;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The bot as a process that can be killed, with a clock that standard input moves: {@code clock MILLIS} sets how far it is
 * ahead, {@code disk full} and {@code disk free} what can be written, {@code ask SQL} has a number out of the ledger written to standard output.
 */
final class ChaosBot {
    private ChaosBot() {}

    public static void main(String[] arguments) throws IOException {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        Logger.getLogger("org.glassfish").setLevel(Level.SEVERE);
        FilePath.register(new FailingDisk());
        MovableClock clock = new MovableClock();
        clock.advance(Duration.ofMillis(Long.parseLong(arguments[0])));
        long[] ahead = {Long.parseLong(arguments[0])};
        Settings settings = Settings.from(System.getenv());
        Switchboard bot = Switchboard.start(settings, clock);
        Runtime.getRuntime().addShutdownHook(new Thread(bot::close, "stop"));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            if (order.startsWith("clock ")) {
                long wanted = Long.parseLong(order.substring("clock ".length()));
                clock.advance(Duration.ofMillis(wanted - ahead[0]));
                ahead[0] = wanted;
            } else if (order.startsWith("disk ")) {
                FailingDisk.full(order.equals("disk full"));
            } else if (order.startsWith("ask ")) {
                System.out.println(answer(settings, order.substring("ask ".length())));
            }
        }
        System.exit(0);
    }

    private static long answer(Settings settings, String sql) {
        try {
            return LedgerFile.number(settings.database().url(), sql);
        } catch (SQLException e) {
            return -1;
        }
    }
}
