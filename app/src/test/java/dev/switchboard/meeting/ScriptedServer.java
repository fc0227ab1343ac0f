package dev.switchboard.meeting;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A web server that answers what it is told to, whoever asks. */
final class ScriptedServer implements AutoCloseable {
    private static final Answer NOTHING = new Answer(404, "<html>not here</html>");

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    /** An answer over HTTP. */
    record Answer(int status, String body) {}

    ScriptedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            Answer answer = answers.getOrDefault(path.substring(path.lastIndexOf('/')), NOTHING);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on whoever asks for a path that ends like that is answered this. */
    void answers(String lastSegment, int status, String body) {
        answers.put("/" + lastSegment, new Answer(status, body));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
