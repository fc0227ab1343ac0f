package dev.switchboard.sandbox.slack;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;

/**
 * Takes connections that ask for {@code /link/} (the app) or {@code /live/} (pages) away from HTTP and makes them WebSockets. It sits below the HTTP filters
 * and reads plain bytes, so that a connection can be frozen, cut or fed garbage.
 */
final class LinkFilter extends BaseFilter {
    private static final String APPS = "GET /link";
    private static final String PAGES = "GET /live";

    private final Connections connections;
    private final Deliveries deliveries;
    private final Faults faults;
    private final LiveSockets pages;
    private final Map<Connection<?>, Link> links = new ConcurrentHashMap<>();

    LinkFilter(Connections connections, Deliveries deliveries, Faults faults, LiveSockets pages) {
        this.connections = connections;
        this.deliveries = deliveries;
        this.faults = faults;
        this.pages = pages;
    }

    @Override
    public NextAction handleRead(FilterChainContext context) {
        Buffer buffer = context.getMessage();
        Link link = links.get(context.getConnection());
        if (link != null) {
            link.received(buffer);
            buffer.tryDispose();
            return context.getStopAction();
        }
        String head = buffer.toStringContent(StandardCharsets.ISO_8859_1);
        if (head.length() < APPS.length() && (APPS.startsWith(head) || PAGES.startsWith(head))) {
            return context.getStopAction(buffer);
        }
        if (!head.startsWith(APPS) && !head.startsWith(PAGES)) {
            return context.getInvokeAction();
        }
        if (!head.contains("\r\n\r\n")) {
            return context.getStopAction(buffer);
        }
        buffer.tryDispose();
        LinkHandshake handshake = new LinkHandshake(head);
        if (head.startsWith(PAGES)) {
            Connection<SocketAddress> connection = connection(context);
            pages.upgrade(connection, handshake).ifPresent(page -> links.put(connection, page));
        } else {
            upgrade(connection(context), handshake);
        }
        return context.getStopAction();
    }

    @SuppressWarnings("unchecked") // TCP connections have socket addresses
    private static Connection<SocketAddress> connection(FilterChainContext context) {
        return (Connection<SocketAddress>) context.getConnection();
    }

    private void upgrade(Connection<SocketAddress> connection, LinkHandshake handshake) {
        Fault.Outlet outlet = new Fault.Outlet() {
            @Override
            public void reply(ApiAnswer answer) {
                if (answer.status() != 101) {
                    Link.writeRaw(connection, handshake.refusal(answer));
                    connection.closeSilently();
                    return;
                }
                Link link = new Link(connection, deliveries::received);
                links.put(connection, link);
                Link.writeRaw(connection, handshake.acceptance());
                connections.add(link);
            }

            @Override
            public void drop() {
                connection.terminateSilently();
            }
        };
        Optional<Fault> fault = faults.take(Faults.WEBSOCKET, Map.of());
        if (fault.isPresent()) {
            HttpExchange.logFailure(fault.get().apply(() -> check(handshake), outlet));
        } else {
            outlet.reply(check(handshake));
        }
    }

    private ApiAnswer check(LinkHandshake handshake) {
        if (!LoopbackGuard.allows(handshake.header("host"), handshake.header("origin"))) {
            return ApiAnswer.status(403);
        }
        if (handshake.header("sec-websocket-key").isEmpty()) {
            return ApiAnswer.status(400);
        }
        return ApiAnswer.status(connections.redeem(handshake.ticket()) ? 101 : 403);
    }

    @Override
    public NextAction handleClose(FilterChainContext context) {
        Link link = links.remove(context.getConnection());
        if (link != null) {
            connections.remove(link);
            pages.closed(context.getConnection());
        }
        return context.getInvokeAction();
    }
}
