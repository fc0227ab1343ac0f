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
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
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

    private final MethodsClient webApi;
    private final Proxies proxies;
    private final AtomicReference<@Nullable CompletableFuture<Address>> ahead = new AtomicReference<>();

    /** @param webApi with the app's token */
    public Sockets(MethodsClient webApi, Proxies proxies) {
        this.webApi = webApi;
        this.proxies = proxies;
    }

    /** One that Slack gave, and when. */
    private record Address(URI uri, long atNanos) {}

    /** Asks for the first address, and loads what connecting needs, while the caller does something else. */
    public void prepare() {
        ahead.set(CompletableFuture.supplyAsync(() -> {
            try {
                Address address = new Address(ask(), System.nanoTime());
                ClientManager.createClient();
                return address;
            } catch (NotConnected e) {
                throw new CompletionException(e);
            }
        }));
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
        CompletableFuture<Address> asked = ahead.getAndSet(null);
        try {
            if (asked != null && System.nanoTime() - asked.join().atNanos() < FRESH.toNanos()) {
                return asked.join().uri();
            }
        } catch (CompletionException e) {
            if (e.getCause() instanceof NotConnected why) {
                throw why;
            }
            throw e;
        }
        return ask();
    }

    private URI ask() throws NotConnected {
        try {
            AppsConnectionsOpenResponse reply = webApi.appsConnectionsOpen(r -> r);
            if (!reply.isOk() || reply.getUrl() == null) {
                throw new NotConnected(String.valueOf(reply.getError()), Optional.empty());
            }
            return URI.create(reply.getUrl());
        } catch (SlackApiException e) {
            String retryAfter = e.getResponse().header("Retry-After");
            throw new NotConnected(
                    "http_" + e.getResponse().code(),
                    Optional.ofNullable(retryAfter)
                            .filter(seconds -> seconds.matches("\\d{1,5}"))
                            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))));
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
