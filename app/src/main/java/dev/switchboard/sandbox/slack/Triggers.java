package dev.switchboard.sandbox.slack;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The trigger ids that let the app open a modal: good once, for three seconds. */
final class Triggers {
    private static final Duration LIFE = Duration.ofSeconds(3);

    private final Clock clock;
    private final Map<String, Trigger> triggers = new ConcurrentHashMap<>();

    Triggers(Clock clock) {
        this.clock = clock;
    }

    private record Trigger(Person person, Instant expires) {}

    String issue(Person person) {
        String id = "1." + UUID.randomUUID().toString().replace("-", ".");
        triggers.put(id, new Trigger(person, clock.instant().plus(LIFE)));
        return id;
    }

    Person exchange(String id) {
        Trigger trigger = triggers.remove(id);
        if (trigger == null) {
            throw ApiError.of("invalid_trigger_id");
        }
        if (trigger.expires.isBefore(clock.instant())) {
            throw ApiError.of("expired_trigger_id");
        }
        return trigger.person;
    }
}
