/** The Jitsi provider against a real Prosody, with guests who really join its rooms. */
@NullMarked
package dev.switchboard.meeting.jitsi.prosody;

import org.jspecify.annotations.NullMarked;
