package dev.switchboard.slack;

import com.slack.api.Slack;
import com.slack.api.bolt.App;
import dev.switchboard.call.Calls;
import dev.switchboard.call.Daemons;
import dev.switchboard.call.Participation;
import dev.switchboard.call.Trace;
import dev.switchboard.slack.Envelopes.Message;
import dev.switchboard.slack.text.Answers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the Socket Mode connections (https://docs.slack.dev/apis/events-api/using-socket-mode), each kept up by a
 * {@link Line}. Each envelope goes straight to a bounded pool and is acknowledged on the connection it came from.
 */
public final class SocketMode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketMode.class);

    /** They mostly wait for a shared write; fewer of them would mean more writes. */
    private static final int WORKERS = 64;

    private static final int WAITING = 2_000;
    private static final Duration DRAIN = Duration.ofSeconds(3);
    /** Whether more is on its way is told by whether something came so lately. */
    private static final Duration QUIET = Duration.ofMillis(100);

    private static final Duration LINGER = Duration.ofSeconds(1);

    private static final Duration PING_EVERY = Duration.ofSeconds(2);
    /** How long Slack waits for an acknowledgement. */
    private static final Duration SLACK_WAITS = Duration.ofSeconds(3);

    private static final int MOST_OPENING_AT_ONCE = 4;

    private final Sockets sockets;
    private final App app;
    private final Envelopes envelopes;
    private final ThreadPoolExecutor workers;
    /** Its threads may wait for Slack; the watcher's may not. */
    private final ScheduledThreadPoolExecutor openers;

    private final ScheduledThreadPoolExecutor watcher;
    private final List<Line> lines;
    private final Queue<Late> late = new ConcurrentLinkedQueue<>();
    /** When the last envelope came. */
    private volatile long takenNanos = System.nanoTime();

    /**
     * The connections of one app, not yet open.
     *
     * @param connections how many at a time, 1 to 10
     */
    public SocketMode(
            Slack slack,
            Sockets sockets,
            int connections,
            String command,
            Calls calls,
            Participation participation,
            Answers answers) {
        this.sockets = sockets;
        this.app = BoltApp.create(command, calls, participation, answers, slack);
        this.envelopes = new Envelopes(app, new CallIcon(calls), answers);
        this.workers = Daemons.pool("envelope", WORKERS, WAITING);
        this.openers = new ScheduledThreadPoolExecutor(
                Math.min(connections, MOST_OPENING_AT_ONCE), Daemons.numbered("socket-mode"));
        this.openers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.watcher = Daemons.timer("socket-watch");
        this.lines = IntStream.range(0, connections)
                .mapToObj(index -> new Line(index, new World()))
                .toList();
    }

    /**
     * Connects, and goes on trying if that fails, unless Slack refuses the app.
     *
     * @param welcome whether to connect; asked once Slack has given an address, and may wait for what decides it
     * @return Slack's error code if it refused the app's token
     */
    public Optional<String> start(BooleanSupplier welcome) {
        Line first = lines.get(0);
        try {
            URI address = sockets.address();
            if (!welcome.getAsBoolean()) {
                return Optional.empty();
            }
            first.start(address);
        } catch (Sockets.NotConnected e) {
            if (Line.refusesToken(e.code())) {
                return Optional.of(e.code());
            }
            if (!welcome.getAsBoolean()) {
                return Optional.empty();
            }
            first.retry(e);
        }
        lines.stream().skip(1).forEach(Line::start);
        watcher.scheduleWithFixedDelay(
                () -> guarded(() -> lines.forEach(Line::watch)),
                PING_EVERY.toMillis(),
                PING_EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
        return Optional.empty();
    }

    /** What a person has to do about an error code of {@code apps.connections.open}; empty where it may mend by itself. */
    public static Optional<String> remedy(String code) {
        return Line.remedy(code);
    }

    /** Whether envelopes can come at the moment. */
    public boolean connected() {
        return lines.stream().anyMatch(Line::connected);
    }

    /** Opens no more connections, deals with what is on its way over those there are, and leaves. */
    @Override
    public void close() {
        lines.forEach(Line::stop);
        openers.shutdownNow();
        watcher.shutdownNow();
        try {
            awaitQuiet();
            workers.shutdown();
            if (!workers.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("envelopes still being dealt with were left unacknowledged");
            }
            app.executorService().shutdown();
            app.executorService().awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lines.forEach(Line::close);
        app.stop();
    }

    /** Slack sends on until the connection is closed, so that what comes later is refused. */
    private void awaitQuiet() throws InterruptedException {
        long begun = System.nanoTime();
        long now = begun;
        while (now - begun < LINGER.toNanos()
                && (now - Math.max(begun, takenNanos) < QUIET.toNanos()
                        || !workers.getQueue().isEmpty())) {
            TimeUnit.MILLISECONDS.sleep(QUIET.toMillis() / 4);
            now = System.nanoTime();
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("keeping the connection failed: {}", Trace.of(e));
        }
    }

    private void take(Connection connection, Message message) {
        long now = System.nanoTime();
        takenNanos = now;
        try {
            workers.execute(() -> deal(connection, message, now));
        } catch (RejectedExecutionException | OutOfMemoryError e) { // of threads, which the system may be short of
            // Events are left unacknowledged: Slack delivers them again when there is room. Commands it does not.
            if (message.isCommand()) {
                reply(connection, envelopes.refuse(message, workers.isShutdown()));
            }
        }
    }

    /** Whoever typed a command has been told that it failed, if it had to wait for longer than Slack does. */
    private void deal(Connection connection, Message message, long sinceNanos) {
        if (message.isCommand() && System.nanoTime() - sinceNanos > SLACK_WAITS.toNanos()) {
            LOG.warn("a command was not carried out: there was no time for it before Slack gave it up");
            reply(connection, envelopes.refuse(message, workers.isShutdown()));
        } else {
            envelopes.acknowledge(message).ifPresent(ack -> reply(connection, ack));
        }
    }

    /** Acknowledges where the envelope came from; where that is gone, on any other connection, or on the next. */
    private void reply(Connection connection, String acknowledgement) {
        if (!connection.send(acknowledgement, SocketMode::lost) && !sendAnywhere(acknowledgement)) {
            late.add(new Late(acknowledgement, System.nanoTime()));
        }
    }

    private boolean sendAnywhere(String acknowledgement) {
        return lines.stream()
                .flatMap(line -> line.connections().stream())
                .anyMatch(other -> other.send(acknowledgement, SocketMode::lost));
    }

    /** Sends the acknowledgements that had no connection, while Slack still waits for them. */
    private void sendLate() {
        for (Late ack = late.poll(); ack != null; ack = late.poll()) {
            boolean awaited = System.nanoTime() - ack.sinceNanos() < SLACK_WAITS.toNanos();
            if (!awaited || !sendAnywhere(ack.acknowledgement())) {
                lost(new IllegalStateException("no connection"));
            }
        }
    }

    /** An acknowledgement that found no connection. */
    private record Late(String acknowledgement, long sinceNanos) {}

    private static void lost(Throwable failure) {
        LOG.warn(
                "an acknowledgement was lost with its connection ({})",
                failure.getClass().getSimpleName());
    }

    /** What the lines are surrounded by when it is no test. */
    private final class World implements Line.Surroundings {
        @Override
        public URI address() throws Sockets.NotConnected {
            return sockets.address();
        }

        @Override
        public void connect(Connection connection, URI address) throws Sockets.NotConnected {
            sockets.connect(connection, address);
        }

        @Override
        public void after(Duration delay, Runnable work) {
            try {
                openers.schedule(() -> guarded(work), delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("closing");
            }
        }

        @Override
        public void heard(Connection connection, Message message) {
            take(connection, message);
        }

        @Override
        public void greeted() {
            sendLate();
            LOG.info("connected to Slack");
        }

        @Override
        public LongSupplier nanos() {
            return System::nanoTime;
        }

        @Override
        public DoubleSupplier random() {
            return () -> ThreadLocalRandom.current().nextDouble();
        }
    }
}
