package dev.switchboard.slack;

import dev.switchboard.call.Trace;
import dev.switchboard.slack.Sockets.NotConnected;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection to Slack up. When Slack asks for a new one, it is there before the old one goes; when one breaks
 * or falls silent, another takes its place at once if it had proved itself, and else further and further apart, so that
 * a server that takes connections and drops them is not run at.
 */
final class Line {
    private static final Logger LOG = LoggerFactory.getLogger(SocketMode.class);

    /** Slack may still send on a connection that it has asked us to leave. */
    static final Duration OVERLAP = Duration.ofSeconds(10);

    static final Duration FIRST_WAIT = Duration.ofMillis(250);
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** Lines that lost their connections together come back one after the other, and are asked to refresh so too. */
    static final Duration STAGGER = Duration.ofSeconds(5);

    /** Errors that another token would mend. */
    private static final Set<String> TOKEN_REFUSED = Set.of(
            "invalid_auth",
            "not_authed",
            "account_inactive",
            "token_revoked",
            "token_expired",
            "not_allowed_token_type",
            "missing_scope");

    private final Duration stagger;
    private final Surroundings around;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private int failures;
    private volatile boolean closing;

    /** What a line needs of the world, so that tests can let time pass. */
    interface Surroundings {
        /** Asks Slack for the address of a connection. */
        URI address() throws NotConnected;

        /** Opens a connection; that it is open, it says itself. */
        void connect(Connection connection, URI address) throws NotConnected;

        /** Has that done after a while, on a thread that may block. */
        void after(Duration delay, Runnable work);

        /** A message came that is an envelope, or none that a line knows. */
        void heard(Connection connection, Envelopes.Message message);

        /** Slack said hello on a connection. */
        void greeted();

        /** The time that passes, in nanoseconds from anywhere. */
        LongSupplier nanos();

        /** Random numbers from 0 to 1. */
        DoubleSupplier random();
    }

    /** @param index 0 for the first line of several */
    Line(int index, Surroundings around) {
        this.stagger = STAGGER.multipliedBy(index);
        this.around = around;
    }

    /** Whether it is the app's token that Slack refuses. */
    static boolean refusesToken(String code) {
        return TOKEN_REFUSED.contains(code);
    }

    /** What a person has to do before it is any use to ask again; empty where it may mend by itself. */
    static Optional<String> remedy(String code) {
        return switch (code) {
            case "link_disabled" -> Optional.of("switch Socket Mode on in the app's settings");
            case "too_many_websockets" ->
                Optional.of("the ten connections that Slack grants an app are taken: by other bots with its token, or"
                        + " for a while by one that was killed");
            default ->
                refusesToken(code) ? Optional.of("check SLACK_APP_TOKEN and the app's Socket Mode") : Optional.empty();
        };
    }

    /** Connects when its turn has come, and goes on trying. */
    void start() {
        around.after(stagger, this::connect);
    }

    /** Connects at once to an address that Slack gave, and goes on trying if that fails. */
    void start(URI address) {
        Connection connection = new Connection(new Events(), around.nanos());
        try {
            open(connection, address);
        } catch (NotConnected e) {
            retry(e);
        }
    }

    /** Whether envelopes can come over this line at the moment. */
    boolean connected() {
        return connections.stream().anyMatch(c -> c.isOpen() && c.wasGreeted());
    }

    /** Those that are open, being opened or being left. */
    Set<Connection> connections() {
        return connections;
    }

    /** Opens no more. */
    void stop() {
        closing = true;
    }

    void close() {
        stop();
        connections.forEach(Connection::close);
    }

    /** Asks each connection for a sign of life, and replaces one that has given none for seconds. */
    void watch() {
        for (Connection connection : List.copyOf(connections)) {
            if (!connection.silent()) {
                connection.ping();
                continue;
            }
            LOG.warn("the connection fell silent");
            connections.remove(connection);
            if (connection.replace()) {
                around.after(waitAfter(connection), this::connect);
            }
            connection.close();
        }
    }

    private void connect() {
        if (closing) {
            return;
        }
        Connection connection = new Connection(new Events(), around.nanos());
        try {
            open(connection, around.address());
        } catch (NotConnected e) {
            retry(e);
        } catch (RuntimeException | Error e) { // nobody else would ever try again
            LOG.error("connecting failed: {}", Trace.of(e));
            retry(new NotConnected(e.getClass().getSimpleName(), Optional.empty()));
        }
    }

    private void open(Connection connection, URI address) throws NotConnected {
        connections.add(connection);
        boolean connected = false;
        try {
            around.connect(connection, address);
            connected = true;
        } finally {
            if (!connected) {
                connections.remove(connection);
            }
        }
        if (closing) {
            connection.close();
        }
    }

    /** Tries again after Slack, or the way there, said no. */
    void retry(NotConnected failure) {
        retry(failure.code(), failure.retryAfter());
    }

    private void retry(String code, Optional<Duration> atLeast) {
        Duration wait = backoff();
        Optional<String> remedy = remedy(code);
        if (remedy.isPresent()) {
            wait = LONGEST_WAIT;
            LOG.error("Slack refuses the connection: error={}; {}", code, remedy.get());
        }
        if (atLeast.isPresent() && atLeast.get().compareTo(wait) > 0) {
            wait = atLeast.get();
        }
        LOG.warn("not connected: method=apps.connections.open error={}; again in {} ms", code, wait.toMillis());
        around.after(wait, this::connect);
    }

    /** None after a connection that had proved itself: it was only its time to go. */
    private synchronized Duration waitAfter(Connection lost) {
        if (lost.proved()) {
            failures = 0;
            return Duration.ZERO;
        }
        return backoff();
    }

    /** Doubling, with jitter, so that many bots don't come back at the same moment. */
    private synchronized Duration backoff() {
        long full = Math.min(LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() << Math.min(failures, 10));
        failures++;
        return Duration.ofMillis(
                full / 2 + Math.round(full / 2.0 * around.random().getAsDouble()));
    }

    /** What the connections tell. */
    private final class Events implements Connection.Listener {
        @Override
        public void heard(Connection connection, String text) {
            Optional<Envelopes.Message> read = Envelopes.read(text);
            if (read.isEmpty()) {
                return;
            }
            Envelopes.Message message = read.get();
            if (message.id().isPresent()) {
                connection.carried();
                around.heard(connection, message);
            } else if (message.type().equals("hello")) {
                connection.greeted();
                around.greeted();
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
                around.after(waitAfter(connection).plus(stagger), Line.this::connect);
            }
        }

        private void leave(Connection connection, Envelopes.Message message) {
            String reason = String.valueOf(message.json().get("reason")).replaceAll("[^a-z_]", "");
            String said = reason.substring(0, Math.min(reason.length(), 40));
            LOG.info("Slack asks for a new connection: reason={}", said);
            if (!connection.replace()) {
                return;
            }
            if (remedy(said).isPresent()) {
                connection.close();
                retry(said, Optional.empty());
            } else {
                around.after(waitAfter(connection), Line.this::connect);
                around.after(OVERLAP, () -> retire(connection));
            }
        }

        /** Closes a connection when another one is there to take its place. */
        private void retire(Connection connection) {
            if (connections.stream().anyMatch(c -> c != connection && c.isOpen() && c.wasGreeted())) {
                connection.close();
            } else if (connection.isOpen()) {
                around.after(OVERLAP, () -> retire(connection));
            }
        }
    }
}
