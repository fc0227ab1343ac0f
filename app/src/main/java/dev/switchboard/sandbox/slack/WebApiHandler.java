package dev.switchboard.sandbox.slack;

import java.util.Optional;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** {@code /api/METHOD}. */
final class WebApiHandler extends HttpHandler {
    private final WebApi api;
    private final Faults faults;
    private final Journal journal;

    WebApiHandler(WebApi api, Faults faults, Journal journal) {
        this.api = api;
        this.faults = faults;
        this.journal = journal;
    }

    @Override
    public void service(Request request, Response response) {
        HttpExchange exchange = new HttpExchange(request, response);
        if (!exchange.allowed()) {
            return;
        }
        String method = exchange.path().substring("/api/".length());
        ApiRequest call;
        try {
            call = read(exchange, method);
        } catch (ApiError unreadable) {
            exchange.reply(ApiAnswer.ok(unreadable.body()));
            return;
        }
        Optional<Fault> fault = faults.take(method, call.arguments());
        fault.ifPresent(wrong -> journal.recordLost(wrong, method, api.team(call), call.arguments()));
        exchange.run(fault, () -> {
            ApiAnswer answer = api.answer(call);
            journal.record(method, api.team(call), call.arguments(), answer);
            return answer;
        });
    }

    private static ApiRequest read(HttpExchange exchange, String method) {
        Optional<String> bearer = exchange.header("Authorization")
                .filter(value -> value.startsWith("Bearer "))
                .map(value -> value.substring("Bearer ".length()).strip());
        String body = exchange.isPost() ? exchange.body() : "";
        return ApiRequest.read(method, exchange.query(), exchange.contentType(), body, bearer);
    }
}
