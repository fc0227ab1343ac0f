package dev.switchboard.sandbox.meeting;

import dev.switchboard.sandbox.slack.FakeSlack;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A BigBlueButton on this machine: its API with signatures, expiry and all, and meetings with people in them. Those who
 * join by a link come to the sandbox's room page; while it is open they are in.
 */
public final class BigBlueButtonServer implements MeetingServer {
    private static final String CLIENT = "/html5client/";

    private final FakeSlack slack;
    private final Reception reception;
    private final BbbMeetings meetings;
    private final BbbSettings settings;
    private final BbbDoor door;
    private final BbbDesk desk;

    private BigBlueButtonServer(FakeSlack slack) {
        this.slack = slack;
        this.reception = new Reception(slack, slack.address() + "/bigbluebutton");
        this.meetings = new BbbMeetings(slack.clock());
        this.settings = new BbbSettings(slack.address() + CLIENT);
        this.door = new BbbDoor(slack, meetings, reception);
        this.desk = new BbbDesk(meetings, settings, slack.clock(), door::ended);
    }

    /** Opens one on the port of the fake Slack. */
    public static BigBlueButtonServer mount(FakeSlack slack) {
        BigBlueButtonServer server = new BigBlueButtonServer(slack);
        server.reception.mount(server.desk::receive, "/bigbluebutton");
        slack.mountLive("bigbluebutton", server.door.tabs());
        return server;
    }

    /** {@code http://127.0.0.1:PORT/bigbluebutton}; the API is at {@code /api} below it. */
    @Override
    public String address() {
        return slack.address() + "/bigbluebutton";
    }

    /** {@code http://127.0.0.1:PORT/rooms}: where Greenlight's rooms are, {@code /abc-def-ghi-jkl/join} below it. */
    public String greenlightRooms() {
        return greenlightUrl() + "/rooms";
    }

    /** What stands in for {@code SWITCHBOARD_GREENLIGHT_URL}. */
    public String greenlightUrl() {
        return slack.address();
    }

    /** What stands in for {@code SWITCHBOARD_BBB_SECRET}. */
    public String secret() {
        return settings.secret;
    }

    /**
     * Somebody comes into a meeting as a viewer.
     *
     * @param userId empty: the server makes one up, {@code w_...}
     * @throws IllegalStateException when there is no such meeting
     */
    public MeetingSession join(String meetingId, String name, String userId) {
        return admitted(Map.of("meetingID", meetingId, "fullName", name, "userID", userId, "role", "VIEWER"));
    }

    /**
     * Somebody follows a join link, as a browser would.
     *
     * @throws IllegalStateException with the server's words when it doesn't let them in
     */
    public MeetingSession follow(URI link) {
        String query = Optional.ofNullable(link.getRawQuery()).orElse("");
        if (!BbbSignature.good("join", query, settings.secret, settings.algorithms)) {
            throw new IllegalStateException("checksumError");
        }
        return admitted(Ask.parameters(query));
    }

    private MeetingSession admitted(Map<String, String> parameters) {
        try {
            return door.seat(parameters.getOrDefault("meetingID", ""), desk.admission(parameters));
        } catch (BbbRefusal refusal) {
            throw new IllegalStateException(refusal.getMessage(), refusal);
        }
    }

    /** Starts the meeting of a Greenlight room, {@code abc-def-ghi-jkl}, unless it is on, and returns its meetingID. */
    public String openGreenlight(String friendlyId, String name) {
        try {
            return door.open(friendlyId, name);
        } catch (BbbRefusal refusal) {
            throw new IllegalStateException(refusal.getMessage(), refusal);
        }
    }

    /** Somebody comes in through Greenlight, {@code gl-guest-...}, and starts the meeting if it isn't on. */
    public MeetingSession joinGreenlight(String friendlyId, String name) {
        try {
            Tabs.Tab tab = door.greenlight(friendlyId, name);
            return door.seat(tab.room(), tab.session());
        } catch (BbbRefusal refusal) {
            throw new IllegalStateException(refusal.getMessage(), refusal);
        }
    }

    /** Lets in everybody who waits for a moderator. */
    public void admitGuests(String meetingId) {
        door.admitAll(meetingId);
    }

    /**
     * A recording has become ready.
     *
     * @throws IllegalStateException when no such meeting was created with {@code record=true}
     */
    public void addRecording(String meetingId, String url, Duration length) {
        meetings.record(meetingId, "published", url, length);
    }

    /** A recording that is still being worked on: {@code state} is {@code processing} or {@code processed}. */
    public void addRecording(String meetingId, String url, Duration length, String state) {
        meetings.record(meetingId, state, url, length);
    }

    /** Takes signatures of these lengths only: {@code sha1}, {@code sha256}, {@code sha384}, {@code sha512}. */
    public void supportedChecksumAlgorithms(String... names) {
        settings.algorithms = Set.of(names);
    }

    /** Whether getMeetings is switched on; it is at first. Off, it says as Scalelite does that there are no meetings. */
    public void getMeetings(boolean on) {
        settings.getMeetings = on;
    }

    /** Whether errors come as {@code <errors><error key="..."/></errors>}, without a messageKey; not at first. */
    public void errorsAsList(boolean list) {
        settings.errorList = list;
    }

    /** How long a meeting that was ended is still to be found, by the clock; 1.5 s at first. */
    public void endTakes(Duration time) {
        meetings.endTakes(time);
    }

    @Override
    public boolean down() {
        return reception.down();
    }

    @Override
    public void down(boolean now) {
        reception.down(now);
    }

    @Override
    public MeetingFaults faults() {
        return reception.faults();
    }

    @Override
    public MeetingJournal journal() {
        return reception.journal();
    }
}
