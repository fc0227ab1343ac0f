package dev.switchboard.sandbox.meeting;

import dev.switchboard.sandbox.slack.Visit;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One request to a meeting server, read but not judged.
 *
 * @param host without the port
 * @param query as it came
 * @param parameters of the query, decoded
 * @param form the body, when it is that of a form; else empty
 */
record Ask(
        String method,
        String path,
        String host,
        Optional<String> bearer,
        String query,
        Map<String, String> parameters,
        String form) {

    static Ask read(Visit visit) {
        boolean form = visit.method().equals("POST")
                && visit.header("Content-Type").orElse("").startsWith("application/x-www-form-urlencoded");
        return new Ask(
                visit.method(),
                visit.path(),
                visit.header("Host").orElse("").replaceFirst(":\\d+$", ""),
                visit.header("Authorization")
                        .filter(value -> value.startsWith("Bearer "))
                        .map(value -> value.substring("Bearer ".length()).strip()),
                visit.query(),
                parameters(visit.query()),
                form ? visit.body() : "");
    }

    /** The names and values of a query; of names that come twice the first counts. */
    static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                parameters.putIfAbsent(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException crooked) {
            return text;
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** The last part of the path. */
    String call() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
