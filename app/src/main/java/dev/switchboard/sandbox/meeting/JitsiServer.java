package dev.switchboard.sandbox.meeting;

import dev.switchboard.sandbox.slack.FakeSlack;
import java.net.URI;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A Jitsi on this machine: rooms with people in them, and what the Prosody modules muc_size, muc_census and
 * muc_end_meeting of jitsi-meet say of them.
 *
 * <p>A room is named as in its address: {@code "standup"} is the one of the page {@code /meet/standup}, so in the tenant
 * {@code meet}; {@code "/acme/standup"} is in the tenant acme, {@code "/standup"} in none. Names are stored in small
 * letters.
 */
public final class JitsiServer implements MeetingServer {
    private final FakeSlack slack;
    private final Reception reception;
    private final JitsiRooms rooms;
    private final JitsiDoor door;
    private final JitsiSettings settings = new JitsiSettings();

    private JitsiServer(FakeSlack slack) {
        this.slack = slack;
        this.reception = new Reception(slack, slack.address());
        this.rooms = new JitsiRooms(slack.clock());
        this.door = new JitsiDoor(slack, rooms, settings, reception);
    }

    /** Opens one on the port of the fake Slack. */
    public static JitsiServer mount(FakeSlack slack) {
        JitsiServer server = new JitsiServer(slack);
        JitsiDesk desk = new JitsiDesk(server.rooms, server.settings, slack.clock(), server.door::ended);
        server.reception.mount(desk::receive, "/room", "/room-size", "/sessions", "/room-census", "/end-meeting");
        slack.mountLive("room", server.door.tabs());
        return server;
    }

    /** {@code http://127.0.0.1:PORT/meet}: the tenant meet, whose rooms the sandbox's page shows. */
    @Override
    public String address() {
        return slack.address() + "/meet";
    }

    /** {@code http://127.0.0.1:PORT}: what stands in for {@code SWITCHBOARD_JITSI_API_URL}. */
    public String apiUrl() {
        return slack.address();
    }

    /** What stands in for {@code SWITCHBOARD_JITSI_XMPP_DOMAIN}. */
    public String xmppDomain() {
        return JitsiSettings.DOMAIN;
    }

    /** Somebody comes in; Jitsi's client escapes name and address as HTML, and so they are kept. Empty: not given. */
    public MeetingSession join(String room, String name, String email) {
        return door.seat(JitsiDoor.node(room), name, email);
    }

    /** A recorder comes in: a row with neither name nor address. */
    public MeetingSession recorder(String room) {
        return join(room, "", "");
    }

    /**
     * Somebody follows a link, as a browser would: with its token, or with the name and address in its fragment.
     *
     * @throws IllegalStateException with the page's words when the server doesn't let them in
     */
    public MeetingSession follow(URI link) {
        return door.follow(link);
    }

    /** Keeps a room there though nobody is in it, as breakout rooms do; opens it if need be. */
    public void hold(String room) {
        rooms.hold(JitsiDoor.node(room));
    }

    /** Ends that: a room with nobody in it is gone. */
    public void letGo(String room) {
        rooms.letGo(JitsiDoor.node(room));
    }

    /** What the people in a room see as its title; empty when nobody gave it one. */
    public Optional<String> subject(String room) {
        return rooms.find(JitsiDoor.node(room)).map(JitsiRooms.State::subject).filter(subject -> !subject.isEmpty());
    }

    /** Answers in that dialect from now on; {@link JitsiDialect#CURRENT} at first. */
    public void dialect(JitsiDialect newDialect) {
        settings.dialect = newDialect;
    }

    /** Whether muc_size is switched on; it is at first. Without it: the 404 page for {@code /room} and its neighbours. */
    public void sizeModule(boolean on) {
        settings.size = on;
    }

    /** Whether muc_census is switched on; it is at first. */
    public void censusModule(boolean on) {
        settings.census = on;
    }

    /** Whether conference_duration is loaded, by which the census knows since when a room is there; it isn't at first. */
    public void durationModule(boolean on) {
        settings.duration = on;
    }

    /** Answers only requests whose Host header is this, {@code localhost} or {@code 127.0.0.1}; others get the 404 page. */
    public void requireHost(String host) {
        settings.host = Optional.of(host);
    }

    /** Lets nobody in without a good token, and answers none of muc_size's questions without one. */
    public void requireTokens(JitsiTokens tokens) {
        settings.tokens = Optional.of(tokens);
    }

    /** Switches muc_end_meeting on, for tokens signed with that key, which is not that of the rooms. */
    public void systemKey(String issuer, String keyId, PublicKey key) {
        settings.systemTokens = Optional.of(JitsiTokens.rs256(issuer, keyId, key));
    }

    /** Now, as the server sees it. */
    public Instant now() {
        return slack.clock().instant();
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
