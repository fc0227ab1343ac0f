/**
 * A strict fake of Slack, for the tests, the demo and the benchmarks. Start with
 * {@link dev.switchboard.sandbox.slack.FakeSlack}.
 */
@NullMarked
package dev.switchboard.sandbox.slack;

import org.jspecify.annotations.NullMarked;
