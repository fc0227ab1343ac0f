package dev.switchboard.call;

/**
 * The id that Slack gave a Call in reply to {@code calls.add}, for example {@code R0E69JAIF}.
 *
 * @param value 1 to 64 letters, digits, {@code _ . -}
 */
public record SlackCallId(String value) {
    /** @throws IllegalArgumentException if the value is not of that form */
    public SlackCallId {
        SlackIds.check("call", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
