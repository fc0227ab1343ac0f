/**
 * Slack's Web API behind the port {@link dev.switchboard.call.SlackCalls}: {@link
 * dev.switchboard.slack.gateway.SlackGateway} asks, {@link dev.switchboard.slack.gateway.Pace} keeps to Slack's limits,
 * {@link dev.switchboard.slack.gateway.ErrorCode} sorts what goes wrong.
 */
@NullMarked
package dev.switchboard.slack.gateway;

import org.jspecify.annotations.NullMarked;
