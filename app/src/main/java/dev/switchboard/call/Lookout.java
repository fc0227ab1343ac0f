package dev.switchboard.call;

import dev.switchboard.call.CallStore.Look;
import dev.switchboard.call.MeetingProvider.Capability;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out what a round of looks wants to know: who is in the rooms, of the meeting server; who that is, of Slack;
 * what was recorded. Writes nothing. For one thread.
 */
final class Lookout {
    /** What asking for recordings may take of a round. */
    private static final Duration FOR_RECORDINGS = Duration.ofSeconds(5);

    private final CallStore store;
    private final MeetingProvider meetings;
    private final SlackCalls slack;
    private final Clock clock;
    private final Sightings sightings = new Sightings();
    private final SilentRooms silentRooms;

    Lookout(CallStore store, MeetingProvider meetings, SlackCalls slack, Rhythm rhythm, Clock clock) {
        this.store = store;
        this.meetings = meetings;
        this.slack = slack;
        this.clock = clock;
        this.silentRooms = new SilentRooms(rhythm.longUnseen());
    }

    /**
     * What was found out for a look.
     *
     * @param here the Call's room as this server knows it; empty where it is on none that can be asked
     * @param presence who is in; empty where the server had no time for this room
     * @param who who they are, by {@link Presence.Occupant#key}; without those who can't be told yet
     * @param since since when those were in who could not be told before, likewise
     * @param left who left before it could be told who they are
     * @param recordings those of the room, whichever meeting they are of
     */
    record Found(
            Look look,
            Optional<Room> here,
            Optional<Presence> presence,
            Map<String, Person> who,
            Map<String, Instant> since,
            List<Participant> left,
            List<MeetingProvider.Recording> recordings) {}

    List<Found> lookAt(List<Look> looks) {
        Map<CallId, Room> here = meetings.can(Capability.PRESENCE) ? here(looks) : Map.of();
        Map<String, Presence> presences = poll(here);
        Identities identities = new Identities(slack, clock);
        Instant recordingsUntil = clock.instant().plus(FOR_RECORDINGS);
        List<Found> all = new ArrayList<>();
        for (Look look : looks) {
            CallId call = look.call().id();
            Optional<Room> room = Optional.ofNullable(here.get(call));
            Optional<Presence> presence = room.map(Room::key).map(presences::get);
            List<Presence.Occupant> there = presence.map(Presence::people).orElse(List.of());
            List<Presence.Occupant> unknown = unknown(look.call(), there);
            Map<String, Person> who = identities.of(look.call().team(), unknown);
            Map<String, Instant> since = sightings.since(call);
            List<Participant> left = presence.filter(Presence::tells)
                    .map(told -> note(call, there, unknown, who))
                    .orElse(List.of());
            all.add(new Found(
                    look, room, presence, who, since, left, recordings(look, room, presence, recordingsUntil)));
        }
        return all;
    }

    /** In the looks' order: the server may not have time for all, and those that wait the longest come first. */
    private Map<CallId, Room> here(List<Look> looks) {
        Map<CallId, Room> here = new LinkedHashMap<>();
        looks.forEach(look -> meetings.here(look.call().room())
                .ifPresent(room -> here.put(look.call().id(), room)));
        return here;
    }

    private Map<String, Presence> poll(Map<CallId, Room> here) {
        Map<String, Room> rooms = new LinkedHashMap<>();
        here.values().forEach(room -> rooms.put(room.key(), room));
        Map<String, Presence> presences = rooms.isEmpty() ? Map.of() : meetings.poll(rooms.values());
        silentRooms.heard(presences, clock.instant());
        return presences;
    }

    private List<Participant> note(
            CallId call, List<Presence.Occupant> there, List<Presence.Occupant> unknown, Map<String, Person> who) {
        return sightings.note(
                call,
                unknown.stream().filter(one -> !who.containsKey(one.key())).toList(),
                there.stream().map(Presence.Occupant::key).collect(Collectors.toSet()),
                clock.instant());
    }

    /** Those who are not in the ledger yet; asking about the others too would leave no time for them. */
    private List<Presence.Occupant> unknown(Call call, List<Presence.Occupant> there) {
        if (there.stream().allMatch(occupant -> occupant.email().isEmpty())) {
            return there; // nobody whom Slack would be asked about
        }
        Set<String> known = store.change(ledger -> ledger.participants(call.id())).stream()
                .flatMap(participant -> participant.visit().key().stream())
                .collect(Collectors.toSet());
        return there.stream()
                .filter(occupant -> !known.contains(occupant.key()))
                .toList();
    }

    private List<MeetingProvider.Recording> recordings(
            Look look, Optional<Room> room, Optional<Presence> presence, Instant until) {
        boolean mayBe = meetings.can(Capability.RECORDINGS)
                && look.call().end().filter(end -> !end.duration().isZero()).isPresent();
        boolean reachable =
                presence.filter(p -> !(p instanceof Presence.Unknown)).isPresent();
        if (room.isEmpty() || !mayBe || !reachable || clock.instant().isAfter(until)) {
            return List.of();
        }
        return meetings.recordings(room.get()).value().orElse(List.of());
    }
}
