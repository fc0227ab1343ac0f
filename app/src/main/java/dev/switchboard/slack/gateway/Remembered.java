package dev.switchboard.slack.gateway;

import dev.switchboard.call.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers of Slack that stay good for a while; refusals are not among them. */
final class Remembered<K, V> {
    private static final Duration FOR = Duration.ofMinutes(10);
    private static final int MOST = 10_000;

    private final Clock clock;
    private final Map<K, Known<V>> known = new LinkedHashMap<>();

    Remembered(Clock clock) {
        this.clock = clock;
    }

    private record Known<V>(V value, Instant until) {}

    /** The answer to that question, asked only if it isn't remembered. */
    Reply<V> orAsk(K key, Supplier<Reply<V>> question) {
        Instant now = clock.instant();
        Optional<V> remembered = recall(key);
        if (remembered.isPresent()) {
            return Reply.done(remembered.get());
        }
        Reply<V> reply = question.get();
        reply.value().ifPresent(value -> remember(key, new Known<>(value, now.plus(FOR))));
        return reply;
    }

    /** The answer to that question, if it is remembered. */
    Optional<V> recall(K key) {
        synchronized (known) {
            return Optional.ofNullable(known.get(key))
                    .filter(remembered -> clock.instant().isBefore(remembered.until()))
                    .map(Known::value);
        }
    }

    private void remember(K key, Known<V> value) {
        synchronized (known) {
            known.remove(key);
            known.put(key, value);
            if (known.size() > MOST) {
                known.remove(known.keySet().iterator().next());
            }
        }
    }
}
