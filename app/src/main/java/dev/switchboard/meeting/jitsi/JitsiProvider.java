package dev.switchboard.meeting.jitsi;

import dev.switchboard.call.MeetingProvider;
import dev.switchboard.call.MeetingReply;
import dev.switchboard.call.Presence;
import dev.switchboard.call.Room;
import dev.switchboard.call.Title;
import dev.switchboard.meeting.MeetingHttp;
import dev.switchboard.meeting.MeetingHttp.Reply;
import dev.switchboard.meeting.Rounds;
import dev.switchboard.settings.JitsiSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rooms on a Jitsi Meet server: each is a link, and lives while somebody is in it. */
public final class JitsiProvider implements MeetingProvider {
    /** While a room is there and empty, its people are in breakout rooms: a room that is really empty goes by itself. */
    private static final Duration EMPTY_GRACE = Duration.ofMinutes(30);

    private final JitsiSettings settings;
    private final MeetingHttp http;
    private final URI rooms;
    private final RoomLinks links;
    private final Tokens tokens;
    private final RoomApi api;
    private final Census census;
    private final Rounds rounds = new Rounds("jitsi-polls");
    private final RoomPolls polls;

    /**
     * @param template an http(s) URL that ends in {@code /{room}}, with one path segment before it at most
     * @param desktopTemplate a URL of any scheme with one {@code {room}}
     * @param http for this server alone; closed with this
     */
    public JitsiProvider(
            String template, Optional<String> desktopTemplate, JitsiSettings settings, MeetingHttp http, Clock clock) {
        this.settings = settings;
        this.http = http;
        this.rooms = URI.create(template.replace("{room}", ""));
        this.links = new RoomLinks(template, desktopTemplate);
        this.tokens = new Tokens(settings, clock);
        this.api = new RoomApi(settings, http, tokens);
        this.census = new Census(api, clock);
        this.polls = new RoomPolls(api, census, rounds, tokens.inUse(), clock);
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.of(Capability.PRESENCE, Capability.PERSONAL_LINK);
        if (settings.systemKey().isPresent()) {
            capabilities.add(Capability.ENDING);
        }
        return capabilities;
    }

    @Override
    public Room room(String name, Optional<Title> title) {
        return links.room(name, title);
    }

    @Override
    public Room titled(Room room, Optional<Title> title) {
        return links.room(JitsiRoom.ofKey(room.key()), title);
    }

    @Override
    public Optional<Room> recognise(URI link) {
        return links.recognise(link);
    }

    @Override
    public Duration emptyGrace() {
        return EMPTY_GRACE;
    }

    /** The first who joins opens it. */
    @Override
    public MeetingReply<Room> open(Room room, Optional<Title> title) {
        return new MeetingReply.Done<>(titled(room, title));
    }

    @Override
    public Map<String, Presence> poll(Collection<Room> rooms) {
        return polls.poll(rooms);
    }

    @Override
    public boolean asksForAllAtOnce() {
        return census.isOn();
    }

    /** With a token where the server wants one; else with name and e-mail address filled in. */
    @Override
    public MeetingReply<URI> personalLink(Room room, Optional<Title> title, Joiner who) {
        JitsiRoom target = JitsiRoom.ofKey(room.key());
        return new MeetingReply.Done<>(
                tokens.inUse()
                        ? links.withToken(target, title, tokens.forPerson(target, who))
                        : links.prefilled(target, title, who));
    }

    @Override
    public MeetingReply<Room> end(Room room) {
        return api.end(JitsiRoom.ofKey(room.key()), mucDomain())
                .map(reply -> ended(room, reply))
                .orElseGet(() -> new MeetingReply.Unsupported<>("there is no key for /end-meeting"));
    }

    @Override
    public MeetingReply<List<Recording>> recordings(Room room) {
        return new MeetingReply.Unsupported<>("Jitsi can't be asked for recordings");
    }

    @Override
    public List<Finding> doctor() {
        JitsiRoom nobodys =
                JitsiRoom.ofKey(links.room("doctor-x", Optional.empty()).key());
        return new JitsiDoctor(settings, api, http).findings(rooms, nobodys, mucDomain());
    }

    @Override
    public void close() {
        rounds.close();
        http.close();
    }

    private String mucDomain() {
        return settings.mucDomain().or(polls::mucDomain).orElse("conference." + settings.xmppDomain());
    }

    private static MeetingReply<Room> ended(Room room, Reply reply) {
        if (!(reply instanceof Reply.Answered answer)) {
            return new MeetingReply.Failed<>("end-meeting: " + ((Reply.Failed) reply).why(), true);
        }
        if (answer.status() == 200 || RoomApi.saysAbsent(answer)) {
            return new MeetingReply.Done<>(room);
        }
        String why = RoomApi.saysNothing(answer) ? "status 404 with a page: it is not on" : "status " + answer.status();
        return new MeetingReply.Failed<>("end-meeting: " + why, answer.status() == 429 || answer.status() >= 500);
    }
}
