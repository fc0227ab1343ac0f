/**
 * What people type and read in Slack, as pure functions: the grammar of the command
 * ({@link dev.switchboard.slack.text.CommandText}), the sentences ({@link dev.switchboard.slack.text.Answers} and
 * {@link dev.switchboard.slack.text.Notices}) and the blocks they are shown in.
 */
@NullMarked
package dev.switchboard.slack.text;

import org.jspecify.annotations.NullMarked;
