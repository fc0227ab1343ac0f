/**
 * The domain: what a Call is, what people may do with it ({@link dev.switchboard.call.Calls}), and how Slack is kept in
 * step with the ledger ({@link dev.switchboard.call.CallMirror}). It knows no Slack SDK, no SQL and no HTTP; it speaks
 * to them through the ports {@link dev.switchboard.call.CallStore}, {@link dev.switchboard.call.SlackCalls} and
 * {@link dev.switchboard.call.MeetingProvider}.
 */
@NullMarked
package dev.switchboard.call;

import org.jspecify.annotations.NullMarked;
