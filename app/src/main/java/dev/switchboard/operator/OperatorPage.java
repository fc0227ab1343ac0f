package dev.switchboard.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.switchboard.call.Daemons;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * A small HTTP page for operators: {@code /livez} answers 200 while the process runs, {@code /readyz} 200 while Slack is
 * connected and the ledger can be used, and else 503, {@code /metrics} numbers in Prometheus' text format.
 */
public final class OperatorPage implements AutoCloseable {
    /** Whoever connects and sends nothing holds one up, until the time for a request is over. */
    private static final int WORKERS = 4;

    /** What the JDK's server wants to be told as a length then. */
    private static final int NO_BODY = -1;

    static {
        // The JDK's server waits for ever otherwise; seconds.
        System.setProperty("sun.net.httpserver.maxReqTime", "5");
        System.setProperty("sun.net.httpserver.maxRspTime", "5");
    }

    private final HttpServer server;
    private final ExecutorService workers;

    private OperatorPage(HttpServer server, ExecutorService workers) {
        this.server = server;
        this.workers = workers;
    }

    /**
     * Starts to listen.
     *
     * @param metrics names to what they count; names as Prometheus wants them
     * @throws IOException if the address can't be listened on
     */
    public static OperatorPage start(
            InetSocketAddress address, BooleanSupplier ready, Map<String, LongSupplier> metrics) throws IOException {
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getByName(address.getHostString()), address.getPort()), 0);
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS, Daemons.numbered("operator-page"));
        server.setExecutor(workers);
        server.createContext("/livez", exchange -> answer(exchange, 200, "alive\n"));
        server.createContext("/readyz", exchange -> {
            boolean yes = ready.getAsBoolean();
            answer(exchange, yes ? 200 : 503, yes ? "ready\n" : "not ready\n");
        });
        server.createContext("/metrics", exchange -> answer(exchange, 200, text(metrics)));
        server.start();
        return new OperatorPage(server, workers);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdown();
    }

    private static String text(Map<String, LongSupplier> metrics) {
        return metrics.entrySet().stream()
                .map(metric -> metric.getKey() + " " + metric.getValue().getAsLong() + "\n")
                .sorted()
                .collect(Collectors.joining());
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
            exchange.sendResponseHeaders(status, NO_BODY);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
