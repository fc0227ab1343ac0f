/**
 * Slack on its way in: {@link dev.switchboard.slack.SocketMode} holds the connection, {@link
 * dev.switchboard.slack.Envelopes} acknowledges whatever comes, and one class per command, event and button translates
 * it for the domain. Nothing here calls Slack's Web API, but {@code apps.connections.open}.
 */
@NullMarked
package dev.switchboard.slack;

import org.jspecify.annotations.NullMarked;
