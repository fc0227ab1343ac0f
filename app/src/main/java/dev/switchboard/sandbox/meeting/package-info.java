/**
 * The meeting server of the sandbox: rooms that browsers are in, counted by their open tabs, and what Jitsi's
 * {@code /room} and {@code /room-census} say of them: the dialect of jitsi-meet's Prosody modules of 2026.
 */
@NullMarked
package dev.switchboard.sandbox.meeting;

import org.jspecify.annotations.NullMarked;
