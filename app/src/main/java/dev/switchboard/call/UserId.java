package dev.switchboard.call;

/**
 * A person in Slack, for example {@code U123ABC456} or {@code W123ABC456}.
 *
 * @param value 1 to 64 letters, digits, {@code _ . -}
 */
public record UserId(String value) {
    /** @throws IllegalArgumentException if the value is not of that form */
    public UserId {
        SlackIds.check("user", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
