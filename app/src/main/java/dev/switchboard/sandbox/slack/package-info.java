/**
 * Slack on this machine: a strict fake for the tests, the demo and the benchmarks. Start with
 * {@link dev.switchboard.sandbox.slack.FakeSlack}. It speaks the wire (HTTP forms, JSON, WebSocket frames) and knows
 * Slack's documents, not the bot's classes, so that a wrong belief of the bot can't hide in it.
 *
 * <p><b>Imitated.</b> The Web API methods the bot uses, with tokens, scopes, required arguments, unknown ids,
 * membership, ended Calls, block limits, tiers and {@code Retry-After}. Socket Mode: single-use tickets, hello, up to
 * ten connections in turn, acknowledgement within three seconds, redelivery of events, refresh, pings. Response URLs:
 * five uses, thirty minutes. Slash commands, link_shared from messages and from the composer, call_rejected, buttons,
 * the Call icon.
 *
 * <p><b>Not imitated.</b> OAuth, Enterprise Grid, Slack Connect, files, search, attachments other than unfurls, rich
 * text, views.update and views.push, select menus in messages, message events, delivery over HTTP, TLS. Edits keep their
 * timestamp. A person's removal from a workspace ends nothing. Slack takes no message apart; here a mention or link is
 * only escaped.
 *
 * <p><b>Documented by Slack</b>: everything not named below.
 *
 * <p><b>Field reports, not documents</b>: people known by an external id stay on the card unless display name and
 * picture are sent again on remove (slash-z#41); the shape of {@code call} inside a call block; HTTP 500 for the answer
 * type {@code call} to a slash command (bolt-js#1125); events raised while no connection is open are redelivered;
 * replies of {@code calls.participants.*} carry the Call.
 *
 * <p><b>Our guesses, where no source says</b>: the same external_unique_id gives a new Call (a switch turns that);
 * {@code created_by} may be missing, as Slack's own live tests leave it out; one unknown person spoils a whole batch of
 * participants while people already in it don't; a Call block in an ephemeral message is refused; {@code bad_users} says
 * nothing of who; the limit beyond which a start time counts as milliseconds (a year ahead); the status 400 for a
 * refused body of a response_url; how many messages make a "short burst"; ten a minute for Tier 1; an
 * acknowledgement is taken on any connection; {@code thread_not_found} of chat.postMessage.
 */
@NullMarked
package dev.switchboard.sandbox.slack;

import org.jspecify.annotations.NullMarked;
