package dev.switchboard.call;

import java.util.UUID;

/**
 * Our own id of a Call, made before anyone else hears of it. Slack knows it as {@code external_unique_id}.
 *
 * @param value random, so that no two Calls of the service share it
 */
public record CallId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
