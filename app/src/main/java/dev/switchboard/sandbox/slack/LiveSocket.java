package dev.switchboard.sandbox.slack;

import java.util.Optional;

/** A WebSocket of somebody who looks on: a page in a browser. */
public final class LiveSocket {
    private final LinkHandshake handshake;
    private final Link link;
    private final Visitor visitor;

    LiveSocket(LinkHandshake handshake, Link link, Visitor visitor) {
        this.handshake = handshake;
        this.link = link;
        this.visitor = visitor;
    }

    /** What becomes of such sockets; called on several threads, for one socket by one at a time. */
    public interface Visitor {
        void opened(LiveSocket socket);

        void said(LiveSocket socket, String text);

        void closed(LiveSocket socket);
    }

    /** A parameter of the address it was opened with. */
    public Optional<String> parameter(String name) {
        return handshake.parameter(name);
    }

    /** Sends text; nothing happens when the other side is gone. */
    public void send(String text) {
        link.send(text);
    }

    /** Ends it. */
    public void close() {
        link.close(1000, "");
    }

    void gone() {
        visitor.closed(this);
    }
}
