package dev.switchboard.meeting.bigbluebutton;

import dev.switchboard.call.Presence;
import dev.switchboard.call.Presence.Unknown;
import dev.switchboard.call.Room;
import dev.switchboard.meeting.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds out who is in meetings: one by one, or where there are many, or Greenlight's, all of the server at once. */
final class MeetingPolls {
    /** From how many on one request for all meetings of the server is cheaper. */
    private static final int FEW = 20;

    private static final Duration ASKED_AGAIN = Duration.ofMinutes(10);
    /** Where it was the server or the network that failed. */
    private static final Duration ASKED_AGAIN_SOON = Duration.ofMinutes(1);

    private final BbbApi api;
    private final Rounds rounds;
    private final Clock clock;
    /** Until when the list of all meetings isn't asked for: a load balancer may have switched it off. */
    private volatile Instant noListUntil = Instant.MIN;
    /** The meetings of Greenlight's rooms when they were last seen. */
    private final Map<String, String> meetingOfRoom = new ConcurrentHashMap<>();

    MeetingPolls(BbbApi api, Rounds rounds, Clock clock) {
        this.api = api;
        this.rounds = rounds;
        this.clock = clock;
    }

    /** Whether the list of all meetings is to be had, as far as is known. */
    boolean listed() {
        return !clock.instant().isBefore(noListUntil);
    }

    Map<String, Presence> poll(Collection<Room> rooms) {
        boolean greenlight = rooms.stream()
                .anyMatch(room -> MeetingLinks.greenlightRoom(room).isPresent());
        Optional<List<Meeting>> all = (rooms.size() > FEW && listed()) || greenlight ? all() : Optional.empty();
        Map<String, Presence> found = new HashMap<>();
        Map<String, String> toAsk = new HashMap<>();
        for (Room room : rooms) {
            Optional<Meeting> meeting = all.flatMap(meetings -> find(meetings, room));
            if (meeting.isPresent()) {
                found.put(room.key(), meeting.get().presence());
            } else {
                // Not in the list is not gone: a load balancer leaves out the meetings of a server that is slow.
                meetingId(room)
                        .ifPresentOrElse(
                                id -> toAsk.put(room.key(), id),
                                () -> found.put(room.key(), unlisted(all.isPresent())));
            }
        }
        found.putAll(rounds.presences(toAsk.keySet(), key -> one(toAsk.getOrDefault(key, ""))));
        return found;
    }

    /** All meetings of the server; asks it. */
    BbbApi.Result listing() {
        return api.call("getMeetings", Map.of());
    }

    /** The meeting in such a listing that is in the room now. */
    Optional<Meeting> running(BbbApi.Result listing, Room room) {
        return listing.success()
                .map(MeetingPolls::meetings)
                .flatMap(meetings -> find(meetings, room))
                .filter(meeting -> meeting.presence() instanceof Presence.Live);
    }

    private Optional<List<Meeting>> all() {
        BbbApi.Result listing = listing();
        Optional<List<Meeting>> meetings = listing.success().map(MeetingPolls::meetings);
        if (meetings.isEmpty()) {
            noListUntil = clock.instant().plus(listing.worthRetrying() ? ASKED_AGAIN_SOON : ASKED_AGAIN);
        } else {
            noListUntil = Instant.MIN;
        }
        return meetings;
    }

    private static List<Meeting> meetings(XmlReply reply) {
        return XmlReply.children(reply.response(), "meetings", "meeting").stream()
                .map(Meeting::read)
                .toList();
    }

    private Optional<Meeting> find(List<Meeting> meetings, Room room) {
        Optional<String> greenlight = MeetingLinks.greenlightRoom(room);
        // Of one room's meetings the one that goes on counts, not one that is just ending.
        List<Meeting> ofRoom = new ArrayList<>(meetings.stream()
                .filter(meeting -> greenlight
                        .map(id -> id.equals(meeting.contextId()))
                        .orElseGet(() -> room.key().equals(meeting.id())))
                .toList());
        Optional<Meeting> live = ofRoom.stream()
                .filter(meeting -> meeting.presence() instanceof Presence.Live)
                .findFirst();
        Optional<Meeting> meeting = live.or(() -> ofRoom.stream().findFirst());
        meeting.ifPresent(seen -> greenlight.ifPresent(id -> meetingOfRoom.put(id, seen.id())));
        return meeting;
    }

    private Optional<String> meetingId(Room room) {
        Optional<String> greenlight = MeetingLinks.greenlightRoom(room);
        return greenlight.isEmpty()
                ? Optional.of(room.key())
                : greenlight.flatMap(id -> Optional.ofNullable(meetingOfRoom.get(id)));
    }

    /** Of a room of Greenlight's whose meeting nobody has seen yet. */
    private static Presence unlisted(boolean listed) {
        return listed
                ? new Presence.Absent()
                : new Unknown("getMeetings: no answer that names Greenlight's rooms", Optional.empty());
    }

    private Presence one(String meetingId) {
        BbbApi.Result result = api.call("getMeetingInfo", Map.of("meetingID", meetingId));
        if (result.xml().filter(XmlReply::notFound).isPresent()) {
            return new Presence.Absent();
        }
        return result.success()
                .map(reply -> presence(Meeting.read(reply.response()), meetingId))
                .orElseGet(() -> result.unknown("getMeetingInfo"));
    }

    private static Presence presence(Meeting meeting, String asked) {
        return meeting.id().equals(asked.strip())
                ? meeting.presence()
                : new Unknown("getMeetingInfo: an answer about another meeting", Optional.empty());
    }
}
