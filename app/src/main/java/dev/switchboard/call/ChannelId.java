package dev.switchboard.call;

/**
 * A Slack conversation: a channel, direct message or group message, for example {@code C123ABC456}.
 *
 * @param value 1 to 64 letters, digits, {@code _ . -}
 */
public record ChannelId(String value) {
    /** @throws IllegalArgumentException if the value is not of that form */
    public ChannelId {
        SlackIds.check("channel", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
