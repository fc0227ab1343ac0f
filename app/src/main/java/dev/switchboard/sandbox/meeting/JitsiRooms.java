package dev.switchboard.sandbox.meeting;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Jitsi's rooms by their node ({@code standup}, {@code [tenant]standup}). The focus comes with the first guest and goes
 * with the last, and the room with it, unless it is held open.
 */
final class JitsiRooms {
    private final Clock clock;
    private final Map<String, Room> rooms = new LinkedHashMap<>();
    private final Set<String> heldOpen = new TreeSet<>();

    JitsiRooms(Clock clock) {
        this.clock = clock;
    }

    private static final class Room {
        private final Instant created;
        private final Occupants guests = new Occupants();
        private String subject = "";

        Room(Instant created) {
            this.created = created;
        }
    }

    /** A room as it stands. */
    record State(String node, Instant created, String subject, List<Occupant> guests) {}

    synchronized void enter(String node, Occupant guest) {
        room(node).guests.put(guest);
    }

    synchronized void subject(String node, String subject) {
        room(node).subject = subject;
    }

    synchronized void leave(String node, String session) {
        in(node, room -> room.guests.remove(session));
        tidy();
    }

    synchronized void drop(String node, String session) {
        in(node, room -> room.guests.drop(session, clock.instant()));
    }

    synchronized void mute(String node, String session, boolean muted) {
        in(node, room -> room.guests.mute(session, muted));
    }

    /** Keeps the focus in a room though nobody is there, as open breakout rooms do. */
    synchronized void hold(String node) {
        heldOpen.add(node);
        room(node);
    }

    synchronized void letGo(String node) {
        heldOpen.remove(node);
        tidy();
    }

    /** Takes a room away, whoever is in it, and says whether there was one. */
    synchronized boolean destroy(String node) {
        tidy();
        heldOpen.remove(node);
        return rooms.remove(node) != null;
    }

    synchronized Optional<State> find(String node) {
        tidy();
        return Optional.ofNullable(rooms.get(node)).map(room -> state(node, room));
    }

    synchronized List<State> all() {
        tidy();
        return rooms.entrySet().stream()
                .map(entry -> state(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static State state(String node, Room room) {
        return new State(node, room.created, room.subject, room.guests.all());
    }

    private Room room(String node) {
        return rooms.computeIfAbsent(node, unused -> new Room(clock.instant()));
    }

    private void in(String node, Consumer<Room> deed) {
        Optional.ofNullable(rooms.get(node)).ifPresent(deed);
    }

    private void tidy() {
        Instant now = clock.instant();
        rooms.values().forEach(room -> room.guests.giveUpLost(now));
        rooms.entrySet().removeIf(entry -> entry.getValue().guests.isEmpty() && !heldOpen.contains(entry.getKey()));
    }
}
