package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One page of a list: docs.slack.dev/apis/web-api/pagination. */
record Page<T>(List<T> items, Optional<String> cursor) {
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    /** The page a request asks for; {@code key} tells an item from the others, and the cursor names the page's first. */
    static <T> Page<T> of(ApiRequest request, List<T> all, Function<T, String> key) {
        long limit = request.number("limit").orElse(USUAL);
        if (limit < 1 || limit > MOST) {
            throw ApiError.of("invalid_limit");
        }
        int from = request.optional("cursor")
                .map(cursor -> position(cursor, all, key))
                .orElse(0);
        int to = (int) Math.min(all.size(), from + limit);
        Optional<String> next = to < all.size() ? Optional.of(encoded(key.apply(all.get(to)))) : Optional.empty();
        return new Page<>(all.subList(from, to), next);
    }

    private static <T> int position(String cursor, List<T> all, Function<T, String> key) {
        for (int i = 0; i < all.size(); i++) {
            if (encoded(key.apply(all.get(i))).equals(cursor)) {
                return i;
            }
        }
        throw ApiError.of("invalid_cursor");
    }

    private static String encoded(String key) {
        return Base64.getEncoder().encodeToString(("next:" + key).getBytes(StandardCharsets.UTF_8));
    }

    JsonObject metadata() {
        return Json.object("next_cursor", cursor.orElse(""));
    }
}
