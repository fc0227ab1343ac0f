package dev.switchboard.slack;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.websocket.CloseReason;
import javax.websocket.MessageHandler;
import javax.websocket.PongMessage;
import javax.websocket.RemoteEndpoint;
import javax.websocket.Session;
import org.jspecify.annotations.Nullable;

/** The other end of a connection. */
final class ScriptedServer {
    private final Connection connection;
    private final List<MessageHandler> handlers = new ArrayList<>();
    boolean open = true;
    private boolean answersPings;

    ScriptedServer(Connection connection) {
        this.connection = connection;
    }

    void greets() {
        answersPings = true;
        pong();
        says("{\"type\":\"hello\"}");
    }

    void greetsAndSwallowsPings() {
        says("{\"type\":\"hello\"}");
    }

    void answersPingsOnly() {
        answersPings = true;
        pong();
    }

    void isSilent() {
        // neither a hello nor an answer to pings
    }

    void freezes() {
        answersPings = false;
    }

    @SuppressWarnings("unchecked")
    void says(String text) {
        ((MessageHandler.Whole<String>) handlers.get(0)).onMessage(text);
    }

    @SuppressWarnings("unchecked")
    private void pong() {
        if (answersPings && handlers.size() == 2) {
            ((MessageHandler.Whole<PongMessage>) handlers.get(1)).onMessage(() -> ByteBuffer.allocate(0));
        }
    }

    void closes() {
        if (open) {
            open = false;
            connection.onClose(session(), new CloseReason(CloseReason.CloseCodes.GOING_AWAY, ""));
        }
    }

    Session session() {
        return (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(),
                new Class<?>[] {Session.class},
                (proxy, method, arguments) -> asked(method, arguments));
    }

    private @Nullable Object asked(Method method, Object @Nullable [] arguments) {
        switch (method.getName()) {
            case "isOpen" -> {
                return open;
            }
            case "addMessageHandler" -> handlers.add((MessageHandler) Objects.requireNonNull(arguments)[0]);
            case "getAsyncRemote" -> {
                return remote();
            }
            case "close" -> closes();
            default -> {
                // limits that are set
            }
        }
        return null;
    }

    private Object remote() {
        return Proxy.newProxyInstance(
                RemoteEndpoint.Async.class.getClassLoader(),
                new Class<?>[] {RemoteEndpoint.Async.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("sendPing")) {
                        pong();
                    }
                    return null;
                });
    }
}
