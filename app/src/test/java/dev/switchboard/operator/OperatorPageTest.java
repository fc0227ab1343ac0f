package dev.switchboard.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OperatorPageTest {
    /** Else whatever watches over the bot would take it for dead, and kill it. */
    @Test
    @Timeout(30)
    @SuppressWarnings("try") // the page is asked by its address
    void somebody_who_connects_and_never_finishes_a_request_holds_up_nobody_else() throws Exception {
        int port = freePort();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (OperatorPage page = OperatorPage.start(address, () -> false, Map.of());
                Socket slow = halfARequest(port);
                Socket slower = halfARequest(port)) {
            assertThat(status(port, "/livez")).isEqualTo(200);
            assertThat(status(port, "/readyz")).isEqualTo(503);
            assertThat(slow.isConnected() && slower.isConnected()).isTrue();
        }
    }

    /** The JDK's server warns of a body that was announced so, once for each look of a load balancer. */
    @Test
    @SuppressWarnings("try") // the page is asked by its address
    void a_request_for_the_head_alone_is_answered_without_a_body_and_a_warning() throws Exception {
        int port = freePort();
        List<LogRecord> warnings = new CopyOnWriteArrayList<>();
        Handler ear = new Handler() {
            @Override
            public void publish(LogRecord warning) {
                warnings.add(warning);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        ear.setLevel(Level.WARNING);
        Logger log = Logger.getLogger("com.sun.net.httpserver");
        log.addHandler(ear);
        try (OperatorPage page = OperatorPage.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), () -> false, Map.of())) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .build();
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValue("Content-Length")).contains(String.valueOf("not ready\n".length()));
            assertThat(warnings).isEmpty();
        } finally {
            log.removeHandler(ear);
        }
    }

    private static Socket halfARequest(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write("GET /livez HT".getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
