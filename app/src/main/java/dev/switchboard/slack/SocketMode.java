package dev.switchboard.slack;

import com.slack.api.Slack;
import com.slack.api.bolt.App;
import dev.switchboard.call.Calls;
import dev.switchboard.call.Participation;
import dev.switchboard.settings.Proxies;
import dev.switchboard.settings.Secret;
import dev.switchboard.slack.Envelopes.Message;
import dev.switchboard.slack.text.Answers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the Socket Mode connection (https://docs.slack.dev/apis/events-api/using-socket-mode). Each envelope goes
 * straight to a bounded pool and is acknowledged on the connection it came from. When Slack asks for a new connection,
 * or the old one falls silent, the new one is up before the old one goes; when Slack can't be reached, the tries come
 * further and further apart.
 */
public final class SocketMode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketMode.class);

    private static final int WORKERS = 32;
    private static final int WAITING = 2_000;
    private static final Duration DRAIN = Duration.ofSeconds(3);

    private static final Duration PING_EVERY = Duration.ofSeconds(2);
    /** Slack may still send on a connection that it has asked us to leave. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    /** How long Slack waits for an acknowledgement. */
    private static final Duration SLACK_WAITS = Duration.ofSeconds(3);

    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** Errors that a person has to mend: no use in asking every few seconds. */
    private static final Set<String> FOR_THE_ADMIN = Set.of(
            "invalid_auth",
            "not_authed",
            "account_inactive",
            "token_revoked",
            "token_expired",
            "not_allowed_token_type",
            "missing_scope",
            "link_disabled",
            "too_many_websockets");

    private final Sockets sockets;
    private final App app;
    private final Envelopes envelopes;
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor keeper;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Queue<Late> late = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean closing;

    /**
     * A connection of one app, not yet open.
     *
     * @param slack for {@code apps.connections.open}
     */
    public SocketMode(
            Slack slack,
            Secret appToken,
            Proxies proxies,
            String command,
            Calls calls,
            Participation participation,
            Answers answers) {
        this.sockets = new Sockets(slack, appToken, proxies);
        this.app = BoltApp.create(command, calls, participation, answers, slack);
        this.envelopes = new Envelopes(app, new CallIcon(calls), answers);
        this.workers = new ThreadPoolExecutor(
                WORKERS, WORKERS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), threads("envelope"));
        this.workers.allowCoreThreadTimeOut(true);
        this.keeper = new ScheduledThreadPoolExecutor(1, threads("socket-mode"));
        this.keeper.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Connects, and goes on trying if that fails, unless Slack refuses the app.
     *
     * @return Slack's error code if it refused the app's token
     */
    public Optional<String> start() {
        Optional<Sockets.NotConnected> failure = open();
        Optional<String> refusal = failure.map(Sockets.NotConnected::code).filter(FOR_THE_ADMIN::contains);
        if (refusal.isEmpty()) {
            failure.ifPresent(this::retry);
            schedule(this::watch, PING_EVERY);
        }
        return refusal;
    }

    /** Whether envelopes can come at the moment. */
    public boolean connected() {
        return connections.stream().anyMatch(c -> c.isOpen() && c.wasGreeted());
    }

    /** Takes no more envelopes, acknowledges those that are being dealt with, and leaves. */
    @Override
    public void close() {
        closing = true;
        keeper.shutdownNow();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("envelopes still being dealt with were left unacknowledged");
            }
            app.executorService().shutdown();
            app.executorService().awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.forEach(Connection::close);
        app.stop();
    }

    private void connect() {
        open().ifPresent(this::retry);
    }

    /** Opens a connection; why not, if there is none. */
    private Optional<Sockets.NotConnected> open() {
        if (closing) {
            return Optional.empty();
        }
        Connection connection = new Connection(new Events());
        try {
            sockets.open(connection);
            connections.add(connection);
            if (closing) {
                connection.close();
            }
            return Optional.empty();
        } catch (Sockets.NotConnected e) {
            return Optional.of(e);
        }
    }

    private void retry(Sockets.NotConnected failure) {
        retry(failure.code(), failure.retryAfter());
    }

    private void retry(String code, Optional<Duration> atLeast) {
        Duration wait = backoff(failures.getAndIncrement());
        if (FOR_THE_ADMIN.contains(code)) {
            wait = LONGEST_WAIT;
            LOG.error("Slack refuses the connection: error={}; check SLACK_APP_TOKEN and the app's Socket Mode", code);
        }
        if (atLeast.isPresent() && atLeast.get().compareTo(wait) > 0) {
            wait = atLeast.get();
        }
        LOG.warn("not connected: method=apps.connections.open error={}; again in {} ms", code, wait.toMillis());
        schedule(this::connect, wait);
    }

    /** Doubling, with jitter, so that many bots don't come back at the same moment. */
    private static Duration backoff(int failures) {
        long full = Math.min(LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() << Math.min(failures, 10));
        return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }

    private void watch() {
        for (Connection connection : List.copyOf(connections)) {
            if (connection.silent()) {
                LOG.warn("the connection fell silent");
                connections.remove(connection);
                if (connection.replace()) {
                    connect();
                }
                connection.close();
            } else {
                connection.ping();
            }
        }
        schedule(this::watch, PING_EVERY);
    }

    private void schedule(Runnable work, Duration delay) {
        try {
            keeper.schedule(() -> guarded(work), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("closing");
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("keeping the connection failed: {}", e.toString());
        }
    }

    private void take(Connection connection, Message message) {
        try {
            workers.execute(() -> envelopes.acknowledge(message).ifPresent(ack -> reply(connection, ack)));
        } catch (RejectedExecutionException e) {
            // Events are left unacknowledged: Slack delivers them again when there is room. Commands it does not.
            if (message.isCommand() && !closing) {
                reply(connection, envelopes.refuse(message));
            }
        }
    }

    /** Acknowledges where the envelope came from; where that is gone, on any other connection, or on the next. */
    private void reply(Connection connection, String acknowledgement) {
        if (!connection.send(acknowledgement, SocketMode::lost) && !sendAnywhere(acknowledgement)) {
            late.add(new Late(acknowledgement, System.nanoTime()));
        }
    }

    private boolean sendAnywhere(String acknowledgement) {
        return connections.stream().anyMatch(other -> other.send(acknowledgement, SocketMode::lost));
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

    private static ThreadFactory threads(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** What the connections tell. */
    private final class Events implements Connection.Listener {
        @Override
        public void heard(Connection connection, String text) {
            Optional<Message> read = Envelopes.read(text);
            if (read.isEmpty()) {
                return;
            }
            Message message = read.get();
            if (message.id().isPresent()) {
                take(connection, message);
            } else if (message.type().equals("hello")) {
                failures.set(0);
                connection.greeted();
                sendLate();
                LOG.info("connected to Slack");
            } else if (message.type().equals("disconnect")) {
                leave(connection, message);
            } else {
                LOG.warn("passed over: a message that is no envelope");
            }
        }

        @Override
        public void closed(Connection connection, int code) {
            connections.remove(connection);
            if (!closing && connection.replace()) {
                LOG.warn("connection closed: code={}", code);
                Duration wait = connection.wasGreeted() ? Duration.ZERO : backoff(failures.getAndIncrement());
                schedule(SocketMode.this::connect, wait);
            }
        }

        private void leave(Connection connection, Message message) {
            String reason = String.valueOf(message.json().get("reason")).replaceAll("[^a-z_]", "");
            LOG.info("Slack asks for a new connection: reason={}", reason);
            if (!connection.replace()) {
                return;
            }
            if (FOR_THE_ADMIN.contains(reason)) {
                connection.close();
                schedule(() -> retry(reason, Optional.empty()), Duration.ZERO);
            } else {
                schedule(SocketMode.this::connect, Duration.ZERO);
                schedule(() -> retire(connection), OVERLAP);
            }
        }

        /** Closes a connection when another one is there to take its place. */
        private void retire(Connection connection) {
            if (connections.stream().anyMatch(c -> c != connection && c.isOpen() && c.wasGreeted())) {
                connection.close();
            } else if (connection.isOpen()) {
                schedule(() -> retire(connection), OVERLAP);
            }
        }
    }
}
