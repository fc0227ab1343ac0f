package dev.switchboard.slack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.websocket.CloseReason;
import javax.websocket.Endpoint;
import javax.websocket.EndpointConfig;
import javax.websocket.MessageHandler;
import javax.websocket.PongMessage;
import javax.websocket.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One WebSocket connection to Slack. */
final class Connection extends Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(SocketMode.class);
    private static final int LARGEST_MESSAGE = 4 * 1024 * 1024;
    private static final long SEND_TIMEOUT_MILLIS = 3_000;
    /** Two pings and a half. */
    static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    static final Duration GREETS_WITHIN = Duration.ofSeconds(10);
    static final Duration SPEAKS_WITHIN = Duration.ofSeconds(15);
    static final Duration PROVES_ITSELF_IN = Duration.ofSeconds(10);
    private static final byte[] PING = {'s', 'b'};

    private final Listener listener;
    private final LongSupplier nanos;
    private volatile @Nullable Session session;
    private volatile long openedNanos;
    private volatile long heardNanos;
    private volatile long greetedNanos;
    private volatile boolean carried;
    private volatile boolean answersPings;
    private volatile boolean greeted;
    private volatile boolean replaced;

    /** Who is told what happens on a connection. */
    interface Listener {
        void heard(Connection connection, String message);

        void closed(Connection connection, int code);
    }

    Connection(Listener listener, LongSupplier nanos) {
        this.listener = listener;
        this.nanos = nanos;
        this.heardNanos = nanos.getAsLong();
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        opened.setMaxTextMessageBufferSize(LARGEST_MESSAGE);
        opened.setMaxIdleTimeout(0);
        opened.getAsyncRemote().setSendTimeout(SEND_TIMEOUT_MILLIS);
        openedNanos = nanos.getAsLong();
        heardNanos = openedNanos;
        session = opened;
        // Anonymous classes: Tyrus reads the message's type from the class.
        opened.addMessageHandler(new MessageHandler.Whole<String>() {
            @Override
            public void onMessage(String message) {
                heardNanos = nanos.getAsLong();
                listener.heard(Connection.this, message);
            }
        });
        opened.addMessageHandler(new MessageHandler.Whole<PongMessage>() {
            @Override
            public void onMessage(PongMessage message) {
                heardNanos = nanos.getAsLong();
                answersPings = true;
            }
        });
        ping(); // whether it answers is known from the start
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        listener.closed(this, reason.getCloseCode().getCode());
    }

    @Override
    public void onError(Session failed, Throwable failure) {
        LOG.warn("socket error={}", failure.getClass().getSimpleName());
    }

    /** Sends, unless the connection is closed. @return whether it was handed over */
    boolean send(String message, Consumer<Throwable> failed) {
        Session open = session;
        if (open == null || !open.isOpen()) {
            return false;
        }
        try {
            open.getAsyncRemote().sendText(message, result -> {
                if (!result.isOK()) {
                    failed.accept(result.getException());
                }
            });
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Asks the other end for a sign of life. */
    void ping() {
        Session open = session;
        if (open != null && open.isOpen()) {
            try {
                open.getAsyncRemote().sendPing(ByteBuffer.wrap(PING));
            } catch (IOException | RuntimeException e) {
                LOG.debug("ping failed", e);
            }
        }
    }

    /**
     * Whether the other end has fallen silent: nothing heard, though pings were sent, or no hello. A peer that has never
     * answered a ping (a proxy may swallow them) is given more time.
     */
    boolean silent() {
        if (session == null) {
            return false;
        }
        long now = nanos.getAsLong();
        Duration patience = answersPings ? ANSWERS_WITHIN : greeted ? SPEAKS_WITHIN : GREETS_WITHIN;
        return now - heardNanos > patience.toNanos() || (!greeted && now - openedNanos > GREETS_WITHIN.toNanos());
    }

    /** Whether it was good for something: it brought an envelope, or has held for a while after the hello. */
    boolean proved() {
        return carried || (greeted && nanos.getAsLong() - greetedNanos >= PROVES_ITSELF_IN.toNanos());
    }

    /** An envelope came over it. */
    void carried() {
        carried = true;
    }

    boolean isOpen() {
        Session open = session;
        return open != null && open.isOpen();
    }

    void close() {
        Session open = session;
        if (open != null && open.isOpen()) {
            try {
                open.close(new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, "done"));
            } catch (IOException | RuntimeException e) {
                LOG.debug("close failed", e);
            }
        }
    }

    /** Slack said hello: envelopes will come. */
    void greeted() {
        greetedNanos = nanos.getAsLong();
        greeted = true;
    }

    boolean wasGreeted() {
        return greeted;
    }

    /** Marks the connection as one that has, or is about to get, a successor. @return whether it had none before */
    synchronized boolean replace() {
        boolean first = !replaced;
        replaced = true;
        return first;
    }
}
