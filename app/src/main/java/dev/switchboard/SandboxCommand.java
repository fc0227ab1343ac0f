package dev.switchboard;

import dev.switchboard.sandbox.Sandbox;
import dev.switchboard.sandbox.Terminal;
import dev.switchboard.sandbox.Tour;
import dev.switchboard.settings.Provider;
import dev.switchboard.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** {@code sandbox}: a fake workspace, and the real bot in it. */
final class SandboxCommand {
    private final PrintStream out;
    private final PrintStream err;

    SandboxCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    int run(boolean tour, int port, Provider provider) {
        try (Sandbox sandbox = Sandbox.start(port, Sandbox.Meetings.valueOf(provider.name()));
                Switchboard bot = Switchboard.start(Settings.from(sandbox.variables()), Clock.systemUTC())) {
            if (!bot.connected()) {
                awaitHello(bot);
            }
            Thread stop = new Thread(() -> stop(bot, sandbox, tour ? Main.FAILED : Main.OK), "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            int status = tour ? play(sandbox) : stay(sandbox);
            Runtime.getRuntime().removeShutdownHook(stop);
            return status;
        } catch (IOException e) {
            err.println(
                    "--port: the sandbox can't listen on " + port + "; choose another port, or leave the option out");
            return Main.MISTAKE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Main.FAILED;
        }
    }

    /** What a signal leads to; people stop a sandbox with Ctrl-C, and its files are to go with it. */
    private static void stop(Switchboard bot, Sandbox sandbox, int status) {
        try {
            bot.close();
            sandbox.close();
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }

    private int play(Sandbox sandbox) {
        return new Tour(sandbox, out).play() ? Main.OK : Main.FAILED;
    }

    private int stay(Sandbox sandbox) throws IOException, InterruptedException {
        out.println("The sandbox is up, a small Slack with the bot in it. Open it in a browser:");
        out.println();
        out.println("  " + sandbox.address());
        out.println();
        out.println("Type /call Standup in #general. Choose who you are at the bottom left; a second window can be");
        out.println("somebody else: " + sandbox.address() + "/?as=bo");
        out.println(
                "The wire (every envelope, every Web API call) and switches for trouble are behind the button Wire.");
        out.println("Or stay here:");
        out.println();
        Terminal terminal = new Terminal(sandbox, out);
        terminal.explain();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        if (!terminal.listen(in)) {
            new CountDownLatch(1).await(); // no terminal, as under a service: stay until stopped
        }
        return Main.OK;
    }

    private static void awaitHello(Switchboard bot) throws InterruptedException {
        while (!bot.connected()) {
            Thread.sleep(10);
        }
    }
}
