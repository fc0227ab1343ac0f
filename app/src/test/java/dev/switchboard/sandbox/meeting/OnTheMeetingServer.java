package dev.switchboard.sandbox.meeting;

import dev.switchboard.TickingClock;
import dev.switchboard.sandbox.slack.FakeSlack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests that speak to a meeting server of the sandbox as a bot and as browsers do. */
abstract class OnTheMeetingServer {
    final HttpClient http = HttpClient.newHttpClient();
    final TickingClock clock = new TickingClock();
    FakeSlack slack;

    @BeforeEach
    void start() throws Exception {
        slack = FakeSlack.start(FakeSlack.options().clock(clock));
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(slack.address() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    String body(String path) throws Exception {
        return get(path).body();
    }

    /** The status and whether there is a body: {@code 404 empty}, {@code 404 text/html}. */
    static String gist(HttpResponse<String> answer) {
        return answer.statusCode() + " "
                + (answer.body().isEmpty()
                        ? "empty"
                        : answer.headers()
                                .firstValue("Content-Type")
                                .map(type -> type.split(";", -1)[0])
                                .orElse(answer.body()));
    }

    String gist(String path) throws Exception {
        return gist(get(path));
    }

    /** A tab that is open, and what it was sent last. */
    static final class Browser implements WebSocket.Listener {
        private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                heard.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        /** Waits until it is sent something with this in it. */
        String hears(String words) throws InterruptedException {
            String said = "";
            for (String next = heard.poll(5, TimeUnit.SECONDS); next != null; next = heard.poll(5, TimeUnit.SECONDS)) {
                said = next;
                if (said.contains(words)) {
                    return said;
                }
            }
            throw new AssertionError("Never heard " + words + ", but at last " + said);
        }
    }

    WebSocket enter(String pathAndQuery, Browser browser, String origin) {
        return http.newWebSocketBuilder()
                .header("Origin", origin)
                .buildAsync(URI.create(slack.address().replace("http:", "ws:") + "/live/" + pathAndQuery), browser)
                .join();
    }

    WebSocket enter(String pathAndQuery, Browser browser) {
        return enter(pathAndQuery, browser, slack.address());
    }
}
