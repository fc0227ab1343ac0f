package dev.switchboard.sandbox.slack;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An app as small as can be, on the JDK's own HTTP and WebSocket client. */
final class WireApp {
    private final HttpClient http = HttpClient.newHttpClient();
    private final FakeSlack slack;
    private String token;

    WireApp(FakeSlack slack) {
        this.slack = slack;
        this.token = slack.botToken();
    }

    WireApp with(String otherToken) {
        token = otherToken;
        return this;
    }

    /** Calls a method with arguments in pairs, as a form. */
    JsonObject call(String method, String... arguments) throws Exception {
        return Json.parseObject(send(method, arguments).body()).orElseThrow();
    }

    HttpResponse<String> send(String method, String... arguments) throws IOException, InterruptedException {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < arguments.length; i += 2) {
            pairs.add(arguments[i] + '=' + URLEncoder.encode(arguments[i + 1], StandardCharsets.UTF_8));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(slack.apiUrl() + method))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(String.join("&", pairs)));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String url, JsonObject body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String url, Map<String, String> headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A fresh WebSocket address. */
    String open() throws Exception {
        with(slack.appToken());
        String url = call("apps.connections.open").get("url").getAsString();
        with(slack.botToken());
        return url;
    }

    /** Connects, and waits to be greeted or turned away: before that nothing is sent here. */
    Socket connect(Function<JsonObject, Optional<String>> answer) throws Exception {
        Socket socket = new Socket(answer);
        socket.socket = Optional.of(http.newWebSocketBuilder()
                .buildAsync(URI.create(open()), socket)
                .join());
        await().until(() -> !socket.received.isEmpty() || !socket.closed.isEmpty());
        return socket;
    }

    /** Connects and acknowledges every envelope. */
    Socket connect() throws Exception {
        return connect(envelope -> Optional.of(ack(envelope).toString()));
    }

    static JsonObject ack(JsonObject envelope) {
        return Json.object("envelope_id", envelope.get("envelope_id"));
    }

    static JsonObject ack(JsonObject envelope, JsonObject payload) {
        return Json.object("envelope_id", envelope.get("envelope_id"), "payload", payload);
    }

    /** One WebSocket connection. */
    static final class Socket implements WebSocket.Listener {
        final List<JsonObject> received = new CopyOnWriteArrayList<>();
        final List<String> closed = new CopyOnWriteArrayList<>();
        private final Function<JsonObject, Optional<String>> answer;
        private final StringBuilder text = new StringBuilder();
        private Optional<WebSocket> socket = Optional.empty();

        Socket(Function<JsonObject, Optional<String>> answer) {
            this.answer = answer;
        }

        void say(String words) {
            send(socket.orElseThrow(), words);
        }

        /** One at a time: the client refuses a second message while the first is on its way. */
        private synchronized void send(WebSocket to, String words) {
            to.sendText(words, true).join();
        }

        List<JsonObject> ofType(String type) {
            return received.stream()
                    .filter(message -> Json.text(message, "type").equals(Optional.of(type)))
                    .toList();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            from.request(1);
            if (!last) {
                return java.util.concurrent.CompletableFuture.completedFuture(from);
            }
            JsonObject message = Json.parseObject(text.toString()).orElseGet(JsonObject::new);
            text.setLength(0);
            received.add(message);
            Optional<String> reply = message.has("envelope_id") ? answer.apply(message) : Optional.empty();
            reply.ifPresent(words -> send(from, words));
            return java.util.concurrent.CompletableFuture.completedFuture(from);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.add(code + " " + reason);
            return java.util.concurrent.CompletableFuture.completedFuture(from);
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            closed.add("error");
        }
    }
}
