package dev.switchboard;

import dev.switchboard.call.Daemons;
import dev.switchboard.settings.Settings;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code run}: serves until the process is told to stop. */
final class RunCommand {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** As long as the log's last lines may take. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final PrintStream err;
    private volatile boolean stopping;

    RunCommand(PrintStream err) {
        this.err = err;
    }

    int run(Settings settings) {
        PrintStream unread = System.err;
        Unhurried log = Unhurried.before(unread);
        System.setErr(log.stream());
        // Before the start, which takes as long as Slack does: a stop in the middle of it is as good as any other.
        CompletableFuture<Switchboard> bot = new CompletableFuture<>();
        Thread stop = new Thread(() -> stop(bot, log), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            bot.complete(Switchboard.start(settings, Clock.systemUTC()));
        } catch (RuntimeException | Error e) { // whatever it is: the stop would report a success
            forget(stop);
            log.await(LAST_WORDS);
            System.setErr(unread);
            throw e;
        }
        Daemons.thread("second-compiler", SecondCompiler::doWithout).start();
        serve(log);
        return Main.OK;
    }

    private void serve(Unhurried log) {
        Optional<OwnJar> jar = OwnJar.running(); // not before the start, which it would hold up by reading
        try {
            while (stopping || jar.filter(OwnJar::overwritten).isEmpty()) {
                Thread.sleep(LOOK_EVERY.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        // No orderly stop, which needs classes that may not be there any more; a kill loses nothing.
        LOG.error(
                "{} was overwritten while the bot runs, which can't go on so and ends; start it again. Next time stop it"
                        + " first, or move the new jar into its place",
                jar.get().path());
        log.await(LAST_WORDS);
        Runtime.getRuntime().halt(Main.FAILED);
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
    private void stop(CompletableFuture<Switchboard> bot, Unhurried log) {
        stopping = true;
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
        log.await(LAST_WORDS);
        Runtime.getRuntime().halt(status);
    }
}
