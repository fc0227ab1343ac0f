package dev.switchboard.sandbox.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A call of a Web API method.
 *
 * @param arguments without the token; a nested value is JSON text, as in a form
 */
record ApiRequest(String method, Optional<String> token, Map<String, String> arguments) {

    /** Reads what a client sends: a form, a JSON object, or a query. */
    static ApiRequest read(String method, String query, String contentType, String body, Optional<String> bearer) {
        Map<String, String> arguments = new LinkedHashMap<>(form(query));
        if (contentType.startsWith("application/json")) {
            JsonObject json = Json.parseObject(body).orElseThrow(() -> ApiError.of("invalid_json"));
            json.entrySet().forEach(entry -> arguments.put(entry.getKey(), plain(entry.getValue())));
        } else if (contentType.startsWith("application/x-www-form-urlencoded")) {
            arguments.putAll(form(body));
        } else if (!body.isEmpty()) {
            throw ApiError.of("invalid_post_type");
        }
        Optional<String> token = Optional.ofNullable(arguments.remove("token"));
        return new ApiRequest(method, token.or(() -> bearer), arguments);
    }

    private static String plain(JsonElement value) {
        return value.isJsonPrimitive() ? value.getAsString() : Json.write(value);
    }

    private static Map<String, String> form(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        int from = 0;
        while (from < text.length()) {
            int to = text.indexOf('&', from);
            String pair = text.substring(from, to < 0 ? text.length() : to);
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
            from = to < 0 ? text.length() : to + 1;
        }
        return values;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            throw ApiError.of("invalid_form_data");
        }
    }

    /** The argument; empty when absent or blank, for Slack doesn't tell the two apart. */
    Optional<String> optional(String name) {
        return Optional.ofNullable(arguments.get(name)).filter(value -> !value.isBlank());
    }

    String required(String name) {
        return optional(name).orElseThrow(() -> ApiError.invalidArguments("missing required field: " + name));
    }

    boolean flag(String name) {
        return optional(name)
                .filter(value -> value.equals("1") || value.equals("true"))
                .isPresent();
    }

    OptionalLong number(String name) {
        Optional<String> text = optional(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text.get()));
        } catch (NumberFormatException notANumber) {
            throw ApiError.invalidArguments("must be an integer: " + name);
        }
    }

    Optional<JsonArray> array(String name, String errorCode) {
        return optional(name)
                .map(text -> Json.parseArray(text)
                        .orElseThrow(() -> ApiError.of(errorCode, "must be a JSON array: " + name)));
    }

    Optional<JsonObject> object(String name, String errorCode) {
        return optional(name)
                .map(text -> Json.parseObject(text)
                        .orElseThrow(() -> ApiError.of(errorCode, "must be a JSON object: " + name)));
    }
}
