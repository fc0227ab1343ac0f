package dev.switchboard;

import dev.switchboard.settings.Settings;
import java.io.PrintStream;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** {@code run}: serves until the process is told to stop. */
final class RunCommand {
    private final PrintStream err;

    RunCommand(PrintStream err) {
        this.err = err;
    }

    int run(Settings settings) {
        Switchboard bot = Switchboard.start(settings, Clock.systemUTC());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(bot), "stop"));
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Main.OK;
    }

    /** An orderly stop is a success; the JVM by itself would report the signal. */
    private void stop(Switchboard bot) {
        int status = Main.OK;
        try {
            bot.close();
        } catch (RuntimeException e) {
            err.println("The stop was not orderly: " + e.getClass().getName());
            status = Main.FAILED;
        }
        Runtime.getRuntime().halt(status);
    }
}
