package dev.switchboard.slack;

import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.apps.connections.AppsConnectionsOpenResponse;
import dev.switchboard.settings.Proxies;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import javax.websocket.ClientEndpointConfig;
import javax.websocket.DeploymentException;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.jspecify.annotations.Nullable;

/** Opens WebSocket connections to Slack: asks for the address, then connects, through the proxy if there is one. */
public final class Sockets {
    private static final int HANDSHAKE_MILLIS = 10_000;
    /** An address that was asked for longer ago may not be good any more. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** Where Slack asks for a rest and doesn't say how long. */
    private static final Duration UNSAID = Duration.ofSeconds(10);

    private final MethodsClient webApi;
    private final Proxies proxies;
    private final LongSupplier nanos;
    private final AtomicReference<@Nullable CompletableFuture<Asked>> ahead = new AtomicReference<>();

    /** @param webApi with the app's token */
    public Sockets(MethodsClient webApi, Proxies proxies) {
        this(webApi, proxies, System::nanoTime);
    }

    /** @param nanos the time that passes, in nanoseconds from anywhere */
    Sockets(MethodsClient webApi, Proxies proxies, LongSupplier nanos) {
        this.webApi = webApi;
        this.proxies = proxies;
        this.nanos = nanos;
    }

    /** What Slack gave, or why it didn't, and when. */
    private record Asked(Optional<URI> address, Optional<NotConnected> why, long atNanos) {
        boolean fresh(long nowNanos) {
            return nowNanos - atNanos < FRESH.toNanos();
        }
    }

    /** Asks for the first address, and loads what connecting needs, while the caller does something else. */
    public void prepare(Executor beside) {
        ahead.set(CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new Asked(Optional.of(ask()), Optional.empty(), nanos.getAsLong());
                    } catch (NotConnected e) {
                        return new Asked(Optional.empty(), Optional.of(e), nanos.getAsLong());
                    }
                },
                beside));
        beside.execute(ClientManager::createClient);
    }

    /**
     * No connection was made.
     *
     * <p>Its message is Slack's error code, or the kind of failure; never an address, which holds a ticket.
     */
    static final class NotConnected extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Optional<Duration> retryAfter;

        NotConnected(String code, Optional<Duration> retryAfter) {
            super(code, null, false, false);
            this.retryAfter = retryAfter;
        }

        /** Slack's error code or the kind of failure. */
        String code() {
            return String.valueOf(getMessage());
        }

        Optional<Duration> retryAfter() {
            return retryAfter;
        }
    }

    /** Asks for the address of a connection: it holds a ticket, good for one connection and a short while. */
    URI address() throws NotConnected {
        CompletableFuture<Asked> asked = ahead.getAndSet(null);
        if (asked == null || !asked.join().fresh(nanos.getAsLong())) {
            return ask();
        }
        if (asked.join().why().isPresent()) {
            throw asked.join().why().get();
        }
        return asked.join().address().orElseThrow();
    }

    private URI ask() throws NotConnected {
        try {
            AppsConnectionsOpenResponse reply = webApi.appsConnectionsOpen(r -> r);
            if (!reply.isOk()) {
                throw new NotConnected(String.valueOf(reply.getError()), Optional.empty());
            }
            URI address = URI.create(String.valueOf(reply.getUrl()));
            if (address.getHost() == null) {
                throw new NotConnected("no_address", Optional.empty());
            }
            return address;
        } catch (SlackApiException e) {
            String retryAfter = e.getResponse().header("Retry-After");
            throw new NotConnected(
                    "http_" + e.getResponse().code(),
                    Optional.ofNullable(retryAfter)
                            .filter(seconds -> seconds.matches("\\d{1,5}"))
                            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                            .or(() -> e.getResponse().code() == 429 ? Optional.of(UNSAID) : Optional.empty()));
        } catch (IOException | RuntimeException e) {
            throw new NotConnected(e.getClass().getSimpleName(), Optional.empty());
        }
    }

    /** Opens the connection at an address that Slack gave. */
    void connect(Connection connection, URI address) throws NotConnected {
        ClientManager client = ClientManager.createClient();
        client.getProperties().put(ClientProperties.HANDSHAKE_TIMEOUT, HANDSHAKE_MILLIS);
        // Tyrus alone would try the refused handshake again by itself.
        client.getProperties().put(ClientProperties.RETRY_AFTER_SERVICE_UNAVAILABLE, false);
        proxies.forUrl(address)
                .ifPresent(proxy -> client.getProperties()
                        .put(ClientProperties.PROXY_URI, "http://" + proxy.host() + ":" + proxy.port()));
        proxies.authorization(address)
                .ifPresent(basic -> client.getProperties()
                        .put(ClientProperties.PROXY_HEADERS, Map.of("Proxy-Authorization", basic)));
        try {
            client.connectToServer(
                    connection, ClientEndpointConfig.Builder.create().build(), address);
        } catch (DeploymentException | IOException | RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new NotConnected("websocket_" + cause.getClass().getSimpleName(), Optional.empty());
        }
    }
}
