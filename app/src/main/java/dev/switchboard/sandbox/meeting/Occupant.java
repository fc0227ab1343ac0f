package dev.switchboard.sandbox.meeting;

/**
 * One open tab in a room.
 *
 * @param session eight hexadecimal digits, another for each tab
 * @param email empty when the server doesn't know who it is
 */
record Occupant(String session, String name, String email, boolean muted) {
    Occupant muted(boolean now) {
        return new Occupant(session, name, email, now);
    }
}
