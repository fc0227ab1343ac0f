package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import java.util.List;

/** Slack's refusal of a Web API call: HTTP 200, {@code ok:false} and a code. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient JsonObject body;

    private ApiError(String code, JsonObject body) {
        super(code, null, false, false);
        this.code = code;
        this.body = body;
    }

    static ApiError of(String code) {
        return new ApiError(code, Json.object("ok", false, "error", code));
    }

    static ApiError of(String code, String message) {
        JsonObject metadata = Json.object("messages", Json.array(List.of("[ERROR] " + message)));
        return new ApiError(code, Json.object("ok", false, "error", code, "response_metadata", metadata));
    }

    static ApiError invalidArguments(String message) {
        return of("invalid_arguments", message);
    }

    static ApiError missingScope(String needed, String provided) {
        return new ApiError(
                "missing_scope",
                Json.object("ok", false, "error", "missing_scope", "needed", needed, "provided", provided));
    }

    String code() {
        return code;
    }

    JsonObject body() {
        return body;
    }
}
