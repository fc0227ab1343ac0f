package dev.switchboard.sandbox.meeting;

/** What a test, and the sandbox's page, can do with either meeting server. */
public interface MeetingServer {
    /** What stands in for {@code SWITCHBOARD_MEETING_URL}, without a slash at the end. */
    String address();

    /** Whether it answers nothing but 503, as behind a proxy whose server is gone; who is in stays in. */
    boolean down();

    void down(boolean now);

    /** What goes wrong, to order. */
    MeetingFaults faults();

    /** What was asked. */
    MeetingJournal journal();
}
