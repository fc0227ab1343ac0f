package dev.switchboard;

import dev.switchboard.call.Daemons;
import dev.switchboard.settings.Settings;
import java.io.PrintStream;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** {@code run}: serves until the process is told to stop. */
final class RunCommand {
    private final PrintStream err;

    RunCommand(PrintStream err) {
        this.err = err;
    }

    int run(Settings settings) {
        // Before the start, which takes as long as Slack does: a stop in the middle of it is as good as any other.
        CompletableFuture<Switchboard> bot = new CompletableFuture<>();
        Thread stop = new Thread(() -> stop(bot), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            bot.complete(Switchboard.start(settings, Clock.systemUTC()));
        } catch (RuntimeException | Error e) { // whatever it is: the stop would report a success
            forget(stop);
            throw e;
        }
        Daemons.thread("second-compiler", SecondCompiler::doWithout).start();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Main.OK;
    }

    /** A start that failed has its own exit status, unless a signal came first. */
    private static void forget(Thread stop) {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException e) {
            // The process is on its way out.
        }
    }

    /** An orderly stop is a success; the JVM by itself would report the signal. */
    private void stop(CompletableFuture<Switchboard> bot) {
        int status = Main.OK;
        try {
            // One that isn't up yet leaves what it has begun in the ledger.
            if (bot.isDone()) {
                bot.join().close();
            }
        } catch (RuntimeException e) {
            err.println("The stop was not orderly: " + e.getClass().getName());
            status = Main.FAILED;
        }
        Runtime.getRuntime().halt(status);
    }
}
