package dev.switchboard.sandbox.slack;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** One HTTP request to something mounted beside the Web API; answered before the handler returns, or {@link #later}. */
public final class Visit {
    /** What the pages may do: load from this server alone, and stand in no other page's frame. */
    private static final Map<String, String> FENCE = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final HttpExchange exchange;
    private final Request request;

    private Visit(HttpExchange exchange, Request request) {
        this.exchange = exchange;
        this.request = request;
    }

    /** Answers visits; called on several threads at once. */
    @FunctionalInterface
    public interface Host {
        void receive(Visit visit);
    }

    static HttpHandler handler(Host host) {
        return new HttpHandler() {
            @Override
            public void service(Request request, Response response) {
                HttpExchange exchange = new HttpExchange(request, response);
                if (exchange.allowed()) {
                    host.receive(new Visit(exchange, request));
                }
            }
        };
    }

    /** The path, as it stands in the request. */
    public String path() {
        return exchange.path();
    }

    /** A parameter of the query, decoded. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(request.getParameter(name));
    }

    /** The query as it came, percent signs and all; empty when there is none. */
    public String query() {
        return exchange.query();
    }

    /** {@code GET}, {@code POST}, ... */
    public String method() {
        return request.getMethod().getMethodString();
    }

    /** A header of the request. */
    public Optional<String> header(String name) {
        return exchange.header(name);
    }

    /** Whether it only looks. */
    public boolean isGet() {
        return request.getMethod().getMethodString().equals("GET");
    }

    /** Whether it wants something done and says what in JSON, which no page elsewhere can send without being asked. */
    public boolean isJsonPost() {
        return exchange.isPost() && exchange.contentType().startsWith("application/json");
    }

    public String body() {
        return exchange.body();
    }

    /** Answers with text; without a content type when that is empty. */
    public void reply(int status, String contentType, String text) {
        reply(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with bytes; without a content type when that is empty. */
    public void reply(int status, String contentType, byte[] bytes) {
        exchange.reply(status, FENCE, contentType, bytes);
    }

    /** Answers with text and more headers; without a content type when that is empty. */
    public void reply(int status, Map<String, String> headers, String contentType, String text) {
        Map<String, String> all = new HashMap<>(FENCE);
        all.putAll(headers);
        exchange.reply(status, all, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Does the answering after that time, holding no thread meanwhile. */
    public void later(Duration delay, Runnable answer) {
        exchange.later(delay, answer);
    }

    /** Cuts the connection without an answer. */
    public void drop() {
        exchange.drop();
    }
}
