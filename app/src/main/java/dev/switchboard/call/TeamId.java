package dev.switchboard.call;

/**
 * A Slack workspace, for example {@code T123ABC456}; of an org-wide installation the enterprise, {@code E123}.
 *
 * @param value 1 to 64 letters, digits, {@code _ . -}
 */
public record TeamId(String value) {
    /** @throws IllegalArgumentException if the value is not of that form */
    public TeamId {
        SlackIds.check("team", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
