package dev.switchboard.call;

import java.util.UUID;

/**
 * Our own id of a Call, made before anyone else hears of it. Slack knows it as {@code external_unique_id}.
 *
 * @param value no two Calls of the service share it; a UUID of version 7, so ids made in a row are next to each other
 */
public record CallId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
