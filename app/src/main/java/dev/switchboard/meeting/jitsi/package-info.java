/**
 * Jitsi Meet: rooms are links; who is in them is asked of the modules {@code muc_size} and {@code muc_census} of its XMPP
 * server, Prosody; people are let in by signed tokens where the server wants them.
 */
@NullMarked
package dev.switchboard.meeting.jitsi;

import org.jspecify.annotations.NullMarked;
