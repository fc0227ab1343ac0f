package dev.switchboard.sandbox.slack;

import java.util.Map;
import java.util.Optional;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** {@code /commands/...} and {@code /actions/...}. */
final class ResponseUrlHandler extends HttpHandler {
    private final ResponseUrls urls;
    private final Faults faults;
    private final Journal journal;

    ResponseUrlHandler(ResponseUrls urls, Faults faults, Journal journal) {
        this.urls = urls;
        this.faults = faults;
        this.journal = journal;
    }

    @Override
    public void service(Request request, Response response) {
        HttpExchange exchange = new HttpExchange(request, response);
        if (!exchange.allowed()) {
            return;
        }
        String path = exchange.path();
        String contentType = exchange.contentType();
        Map<String, String> arguments = Map.of("url", path, "body", exchange.body());
        Optional<Fault> fault = faults.take(Faults.RESPONSE_URL, arguments);
        fault.ifPresent(wrong -> journal.recordLost(wrong, Faults.RESPONSE_URL, urls.team(path), arguments));
        exchange.run(fault, () -> {
            ApiAnswer answer = urls.use(path, contentType, arguments.getOrDefault("body", ""));
            journal.record(Faults.RESPONSE_URL, urls.team(path), arguments, answer);
            return answer;
        });
    }
}
