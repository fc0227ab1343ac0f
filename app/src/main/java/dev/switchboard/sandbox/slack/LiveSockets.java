package dev.switchboard.sandbox.slack;

import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.glassfish.grizzly.Connection;

/** The WebSockets of pages: {@code /live/NAME}, each name with a visitor of its own. */
final class LiveSockets {
    private final Map<String, LiveSocket.Visitor> visitors = new ConcurrentHashMap<>();
    private final Map<Connection<?>, LiveSocket> open = new ConcurrentHashMap<>();

    void mount(String path, LiveSocket.Visitor visitor) {
        visitors.put(path, visitor);
    }

    /** Takes the connection over; empty, with the refusal on the wire, when it may not come in. */
    Optional<Link> upgrade(Connection<SocketAddress> connection, LinkHandshake handshake) {
        int refusal = refusal(handshake);
        LiveSocket.Visitor visitor = visitors.get(handshake.path());
        if (refusal != 0 || visitor == null) {
            Link.writeRaw(connection, handshake.refusal(ApiAnswer.status(refusal == 0 ? 404 : refusal)));
            connection.closeSilently();
            return Optional.empty();
        }
        LiveSocket[] socket = new LiveSocket[1];
        Link link = new Link(connection, text -> visitor.said(socket[0], text));
        socket[0] = new LiveSocket(handshake, link, visitor);
        open.put(connection, socket[0]);
        Link.writeRaw(connection, handshake.acceptance());
        visitor.opened(socket[0]);
        return Optional.of(link);
    }

    /** A browser always names its page's origin here; what doesn't is none of our pages. */
    private static int refusal(LinkHandshake handshake) {
        Optional<String> origin = handshake.header("origin");
        if (origin.isEmpty() || !LoopbackGuard.allows(handshake.header("host"), origin)) {
            return 403;
        }
        return handshake.header("sec-websocket-key").isEmpty() ? 400 : 0;
    }

    void closed(Connection<?> connection) {
        Optional.ofNullable(open.remove(connection)).ifPresent(LiveSocket::gone);
    }
}
