package dev.switchboard.call;

import java.net.URI;
import java.util.Optional;

/**
 * Somebody on a Call, in exactly the words used to Slack: what was sent on {@code calls.participants.add} must be sent
 * again on {@code .remove}, or Slack leaves the person on the card.
 *
 * @param slackId who they are in Slack, if known
 * @param externalId who they are on the meeting server, if they are unknown to Slack
 */
public record Person(
        Optional<UserId> slackId, Optional<String> externalId, Optional<String> displayName, Optional<URI> avatar) {
    /** @throws IllegalArgumentException if neither id is given, which Slack refuses */
    public Person {
        if (slackId.isEmpty() && externalId.isEmpty()) {
            throw new IllegalArgumentException("a participant needs a Slack id or an external id");
        }
    }

    /** Somebody of the workspace. */
    public static Person of(UserId user) {
        return new Person(Optional.of(user), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Somebody whom Slack doesn't know.
     *
     * @param id who they are to the meeting server
     */
    static Person external(String id, String name, Optional<URI> avatar) {
        return new Person(Optional.empty(), Optional.of(id), Optional.of(name), avatar);
    }

    /** What tells this person from the others of the Call; stable for as long as the Call lives. */
    public String key() {
        return slackId.map(id -> "slack:" + id).orElseGet(() -> "external:" + externalId.orElseThrow());
    }
}
