package dev.switchboard.sandbox.slack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;

/** One WebSocket connection of the app. */
final class Link {
    private final Connection<SocketAddress> connection;
    private final Consumer<String> onText;
    private final FrameReader reader = new FrameReader();
    private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();
    private volatile boolean hung;
    private volatile boolean leaving;
    private volatile boolean closing;

    Link(Connection<SocketAddress> connection, Consumer<String> onText) {
        this.connection = connection;
        this.onText = onText;
    }

    /** Takes bytes the app has sent. Called by one thread at a time. */
    void received(Buffer buffer) {
        if (hung) {
            return;
        }
        reader.append(buffer.toByteBuffer());
        for (Optional<Frame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
            take(frame.get());
        }
    }

    private void take(Frame frame) {
        switch (frame.opcode()) {
            case Frame.PING -> write(new Frame(true, Frame.PONG, frame.payload()).bytes());
            case Frame.CLOSE -> {
                if (!closing) {
                    write(new Frame(true, Frame.CLOSE, frame.payload()).bytes());
                }
                connection.closeSilently();
            }
            case Frame.PONG -> {}
            default -> takeData(frame);
        }
    }

    private void takeData(Frame frame) {
        fragments.writeBytes(frame.payload());
        if (frame.last()) {
            String text = fragments.toString(StandardCharsets.UTF_8);
            fragments.reset();
            onText.accept(text);
        }
    }

    void send(String text) {
        write(Frame.text(text).bytes());
    }

    void ping() {
        write(Frame.ping("Ping from applink").bytes());
    }

    /** Stops reading and writing, as a peer does whose machine is frozen; the TCP connection stays. */
    void hang() {
        hung = true;
    }

    /** Marks it as about to be closed: it gets no more envelopes. */
    void leave() {
        leaving = true;
    }

    boolean takesEnvelopes() {
        return !leaving && connection.isOpen();
    }

    void close(int code, String reason) {
        write(Frame.close(code, reason).bytes());
        connection.closeSilently();
    }

    /** Says that it closes, and takes what still comes until the other side says so too. */
    void sayGoodbye(int code, String reason) {
        leaving = true;
        closing = true;
        write(Frame.close(code, reason).bytes());
    }

    /** Cuts the TCP connection without a word. */
    void drop() {
        connection.terminateSilently();
    }

    private void write(byte[] bytes) {
        if (hung || !connection.isOpen()) {
            return;
        }
        writeRaw(connection, bytes);
    }

    /** Puts bytes on the wire, past the HTTP filters. */
    static void writeRaw(Connection<SocketAddress> connection, byte[] bytes) {
        if (connection.getTransport() instanceof TCPNIOTransport tcp) {
            Buffer buffer = Buffers.wrap(MemoryManager.DEFAULT_MEMORY_MANAGER, bytes);
            try {
                var unused = tcp.getAsyncQueueIO().getWriter().write(connection, buffer);
            } catch (IOException gone) {
                connection.terminateSilently();
            }
        }
    }
}
