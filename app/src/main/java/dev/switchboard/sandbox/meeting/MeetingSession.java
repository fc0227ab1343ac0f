package dev.switchboard.sandbox.meeting;

/** Somebody a test sent into a room: one tab of theirs. */
public final class MeetingSession {
    private final Seat seat;
    private String id;

    MeetingSession(Seat seat) {
        this.seat = seat;
        this.id = seat.enter();
    }

    /** How one comes and goes. */
    interface Seat {
        /** Comes in, and says what the server calls this session. */
        String enter();

        void leave(String session);

        void drop(String session);
    }

    /** What the server calls it at the moment: the resource of the jid on Jitsi, the session token on BigBlueButton. */
    public synchronized String id() {
        return id;
    }

    /** Closes the tab: the server knows at once. Nothing happens when it is out already. */
    public synchronized void leave() {
        seat.leave(id);
    }

    /** Loads the page again: out, and in with another session, the last one out of a room taking the room with them. */
    public synchronized void reload() {
        seat.leave(id);
        id = seat.enter();
    }

    /** Loses the connection without a word: still listed for sixty seconds of the server's clock. */
    public synchronized void drop() {
        seat.drop(id);
    }
}
