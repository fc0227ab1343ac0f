package dev.switchboard.call;

import dev.switchboard.call.Presence.Occupant;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * People in rooms of whom Slack has not said yet who they are: it grants so many questions a minute, and all may come at
 * once. From when to when each was in, so that their time counts once it turns out who they are, and so that they are
 * not forgotten if it doesn't before they leave. Kept in memory: after a restart they count from then. For one thread.
 */
final class Sightings {
    /** Calls that another copy looks at by now. */
    private static final Duration STALE = Duration.ofHours(1);

    private final Map<CallId, InRoom> rooms = new HashMap<>();

    private record Sighting(Occupant who, Instant first, Instant last) {}

    private record InRoom(Map<String, Sighting> people, Instant lookedAt) {}

    /**
     * Notes who can't be told at this look.
     *
     * @return those who could not be told before they left, as strangers; one look that misses somebody is no leaving
     */
    List<Participant> note(CallId call, Collection<Occupant> untold, Set<String> there, Instant now) {
        InRoom before = rooms.getOrDefault(call, new InRoom(Map.of(), now));
        Map<String, Sighting> people = new HashMap<>(before.people());
        untold.forEach(who -> people.merge(
                who.key(), new Sighting(who, now, now), (old, seen) -> new Sighting(who, old.first(), now)));
        List<Participant> left = people.values().stream()
                .filter(one -> !there.contains(one.who().key()) && one.last().isBefore(before.lookedAt()))
                .map(one -> stranger(call, one, now))
                .toList();
        people.values().removeIf(one -> one.last().isBefore(before.lookedAt()));
        rooms.put(call, new InRoom(people, now));
        rooms.values()
                .removeIf(room -> room.people().isEmpty()
                        || Duration.between(room.lookedAt(), now).compareTo(STALE) > 0);
        return left;
    }

    /** Since when each of those in that Call's room was in, by {@link Occupant#key}, as far as they could not be told. */
    Map<String, Instant> since(CallId call) {
        return rooms.getOrDefault(call, new InRoom(Map.of(), Instant.EPOCH)).people().values().stream()
                .collect(Collectors.toMap(one -> one.who().key(), Sighting::first));
    }

    private static Participant stranger(CallId call, Sighting one, Instant now) {
        Occupant who = one.who();
        return Participant.arrived(call, Person.external(who.key(), who.name(), who.avatar()), one.first())
                .left(one.last(), now);
    }
}
