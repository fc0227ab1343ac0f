package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** An answer over HTTP. */
record ApiAnswer(int status, Map<String, String> headers, String body) {
    static ApiAnswer ok(JsonObject body) {
        return new ApiAnswer(200, Map.of(), Json.write(body));
    }

    static ApiAnswer error(String code) {
        return ok(Json.object("ok", false, "error", code));
    }

    static ApiAnswer error(int status, String code) {
        return new ApiAnswer(status, Map.of(), Json.write(Json.object("ok", false, "error", code)));
    }

    static ApiAnswer status(int status) {
        return new ApiAnswer(status, Map.of(), "");
    }

    static ApiAnswer rateLimited(Duration retryAfter) {
        long seconds = Math.max(1, (retryAfter.toMillis() + 999) / 1000);
        return new ApiAnswer(
                429,
                Map.of("Retry-After", Long.toString(seconds)),
                Json.write(Json.object("ok", false, "error", "ratelimited")));
    }

    ApiAnswer withHeader(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new ApiAnswer(status, more, body);
    }

    String contentType() {
        if (body.startsWith("<")) {
            return "text/html; charset=utf-8";
        }
        return body.startsWith("{") ? "application/json; charset=utf-8" : "text/plain; charset=utf-8";
    }
}
