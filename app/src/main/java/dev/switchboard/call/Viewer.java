package dev.switchboard.call;

/**
 * Who looks for Calls, and from where.
 *
 * @param guest whether they see no channel but those they were added to, and so nothing of the public ones elsewhere
 */
public record Viewer(TeamId team, UserId user, ChannelId here, boolean guest) {}
