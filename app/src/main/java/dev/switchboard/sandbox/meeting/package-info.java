/**
 * The meeting servers of the sandbox: a Jitsi and a BigBlueButton, as strict as the real ones, whose rooms hold the open
 * tabs of browsers and the people a test sends in. Both stand on the fake Slack's port and keep its time.
 *
 * <p>Not imitated: sound and pictures, Jitsi's lobby and breakout rooms (a room that stays while nobody is in it can be
 * ordered), BigBlueButton's documents, web hooks and phone lines.
 */
@NullMarked
package dev.switchboard.sandbox.meeting;

import org.jspecify.annotations.NullMarked;
