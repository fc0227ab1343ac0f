package dev.switchboard.meeting.bigbluebutton;

import dev.switchboard.call.MeetingProvider;
import dev.switchboard.call.MeetingReply;
import dev.switchboard.call.Presence;
import dev.switchboard.call.Room;
import dev.switchboard.call.Title;
import dev.switchboard.meeting.MeetingHttp;
import dev.switchboard.meeting.Rounds;
import dev.switchboard.settings.BigBlueButtonSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Meetings on a BigBlueButton server, or on servers behind Scalelite; rooms of Greenlight among them. */
public final class BigBlueButtonProvider implements MeetingProvider {
    private static final Duration EMPTY_GRACE = Duration.ofMinutes(2);
    /** How long a meeting waits for its first person; the server's own five minutes are over before a break is. */
    private static final Duration NOBODY_CAME = Duration.ofMinutes(90);

    private static final String UNTITLED = "Call";
    private static final int LONGEST_NAME = 64;

    private final Duration keptEmpty;
    private final MeetingHttp http;
    private final BigBlueButtonSettings settings;
    private final MeetingLinks links;
    private final BbbApi api;
    private final Rounds rounds = new Rounds("bigbluebutton-polls");
    private final MeetingPolls polls;

    /**
     * @param emptyGrace how long an empty meeting has to last; empty: as {@link #emptyGrace()} says
     * @param http for this server alone; closed with this
     */
    public BigBlueButtonProvider(
            BigBlueButtonSettings settings, Optional<Duration> emptyGrace, MeetingHttp http, Clock clock) {
        SignedUrls urls = new SignedUrls(settings);
        this.settings = settings;
        this.keptEmpty = emptyGrace.orElse(EMPTY_GRACE);
        this.http = http;
        this.links = new MeetingLinks(settings, urls);
        this.api = new BbbApi(urls, http);
        this.polls = new MeetingPolls(api, rounds, clock);
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    /** The name is the meeting's id; what the meeting is called is said when it is created. */
    @Override
    public Room room(String name, Optional<Title> title) {
        return links.own(name);
    }

    @Override
    public Room titled(Room room, Optional<Title> title) {
        return room;
    }

    @Override
    public Optional<Room> recognise(URI link) {
        return links.recognise(link);
    }

    /** Whatever the secret was that its link was signed with: the link comes from our own ledger. */
    @Override
    public Optional<Room> here(Room room) {
        return links.here(room);
    }

    @Override
    public Duration emptyGrace() {
        return EMPTY_GRACE;
    }

    /** Creates the meeting if it is one of ours; others are opened by those whose they are. */
    @Override
    public MeetingReply<Room> open(Room room, Optional<Title> title) {
        if (!MeetingLinks.isOwn(room)) {
            return new MeetingReply.Done<>(room);
        }
        BbbApi.Result result = api.call("create", creation(room.key(), title));
        boolean there = result.success().isPresent()
                // Created with other passwords, so by somebody else: it is there.
                || result.xml()
                        .filter(xml -> xml.messageKey().equals("idNotUnique"))
                        .isPresent();
        return there ? new MeetingReply.Done<>(room) : failed("create", result);
    }

    @Override
    public Map<String, Presence> poll(Collection<Room> rooms) {
        return polls.poll(rooms);
    }

    @Override
    public boolean asksForAllAtOnce() {
        return polls.listed();
    }

    /** Opens the meeting again before, for it may have ended with the last who left. */
    @Override
    public MeetingReply<URI> personalLink(Room room, Optional<Title> title, Joiner who) {
        if (MeetingLinks.greenlightRoom(room).isPresent()) {
            // Nobody's own link: where nothing goes on Greenlight decides who may start.
            return new MeetingReply.Done<>(polls.running(polls.listing(), room)
                    .map(meeting -> links.personal(meeting.id(), false, who))
                    .orElse(room.joinUrl()));
        }
        boolean own = MeetingLinks.isOwn(room);
        MeetingReply<Room> opened = open(room, title);
        return opened.value().isPresent()
                ? new MeetingReply.Done<>(links.personal(room.key(), own, who))
                : new MeetingReply.Failed<>(opened.why(), opened.worthRetrying());
    }

    @Override
    public MeetingReply<Room> end(Room room) {
        String meetingId = room.key();
        if (MeetingLinks.greenlightRoom(room).isPresent()) {
            BbbApi.Result listing = polls.listing();
            if (listing.success().isEmpty()) {
                return failed("getMeetings", listing);
            }
            Optional<Meeting> running = polls.running(listing, room);
            if (running.isEmpty()) {
                return new MeetingReply.Done<>(room);
            }
            meetingId = running.get().id();
        }
        BbbApi.Result result = api.call("end", Map.of("meetingID", meetingId));
        boolean over = result.success().isPresent()
                || result.xml().filter(XmlReply::notFound).isPresent();
        return over ? new MeetingReply.Done<>(room) : failed("end", result);
    }

    /** None of Greenlight's rooms, which keeps and shares them itself. */
    @Override
    public MeetingReply<List<Recording>> recordings(Room room) {
        if (MeetingLinks.greenlightRoom(room).isPresent()) {
            return new MeetingReply.Done<>(List.of());
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("meetingID", room.key());
        parameters.put("state", "published");
        BbbApi.Result result = api.call("getRecordings", parameters);
        return result.success()
                .<MeetingReply<List<Recording>>>map(xml -> new MeetingReply.Done<>(Recordings.read(xml)))
                .orElseGet(() -> failed("getRecordings", result));
    }

    @Override
    public List<Finding> doctor() {
        List<Finding> findings = new ArrayList<>();
        BbbApi.Result version = api.ask("the API", URI.create(settings.apiUrl() + "/"));
        findings.add(new Finding(
                version.success().isPresent(),
                "SWITCHBOARD_MEETING_URL",
                version.success()
                        .map(xml -> "is a BigBlueButton API, version " + version(xml))
                        .orElseGet(
                                () -> version.unknown("the API").why() + "; is it what `bbb-conf --secret` shows?")));
        BbbApi.Result meetings = polls.listing();
        boolean checksum = meetings.xml()
                .filter(xml -> xml.messageKey().equals("checksumError"))
                .isPresent();
        findings.add(new Finding(
                meetings.success().isPresent(),
                "SWITCHBOARD_BBB_SECRET",
                meetings.success()
                        .map(xml -> "is right")
                        .orElse(
                                checksum
                                        ? "is refused, or the hash is (SWITCHBOARD_BBB_CHECKSUM)"
                                        : meetings.unknown("getMeetings").why())));
        return findings;
    }

    @Override
    public void close() {
        rounds.close();
        http.close();
    }

    private static String version(XmlReply xml) {
        String version = xml.text("bbbVersion").isEmpty() ? xml.text("version") : xml.text("bbbVersion");
        return version.replaceAll("[^A-Za-z0-9._-]", "?");
    }

    /** No passwords: roles stand in the links, and creating a meeting again must not differ. */
    private Map<String, String> creation(String meetingId, Optional<Title> title) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("name", title.map(BigBlueButtonProvider::name).orElse(UNTITLED));
        parameters.put("meetingID", meetingId);
        parameters.put("record", String.valueOf(settings.record()));
        // The link on the card is a guest's: moderators are asked. Personal links are no guests'.
        parameters.put("guestPolicy", "ASK_MODERATOR");
        parameters.put("meetingExpireIfNoUserJoinedInMinutes", String.valueOf(NOBODY_CAME.toMinutes()));
        // Longer than we wait before the Call ends, so that it is we who end it.
        long minutes = keptEmpty.plusMinutes(1).minusNanos(1).toMinutes() + 1;
        parameters.put("meetingExpireWhenLastUserLeftInMinutes", String.valueOf(minutes));
        parameters.put("meta_bbb-origin", "Switchboard");
        return parameters;
    }

    /** 2 to 64 characters, the server's rule. */
    private static String name(Title title) {
        String text = title.text();
        if (text.length() < 2) {
            return UNTITLED + " " + text;
        }
        if (text.length() <= LONGEST_NAME) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST_NAME - 1)) ? LONGEST_NAME - 1 : LONGEST_NAME;
        return text.substring(0, end).strip();
    }

    private static <T> MeetingReply<T> failed(String call, BbbApi.Result result) {
        return new MeetingReply.Failed<>(result.unknown(call).why(), result.worthRetrying());
    }
}
