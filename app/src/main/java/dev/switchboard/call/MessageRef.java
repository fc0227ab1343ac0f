package dev.switchboard.call;

/**
 * A message in Slack.
 *
 * @param ts Slack's time stamp of it, its id within the channel, such as {@code 1700000000.000100}
 */
public record MessageRef(ChannelId channel, String ts) {}
