package dev.switchboard.sandbox.meeting;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Who is in which room; a room exists while somebody is in it. */
final class Rooms {
    private final Map<String, Map<String, Occupant>> rooms = new LinkedHashMap<>();

    /** A room's name as the server knows it: Jitsi makes no difference between capitals and small letters. */
    static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    synchronized void put(String room, Occupant occupant) {
        rooms.computeIfAbsent(room, unused -> new LinkedHashMap<>()).put(occupant.session(), occupant);
    }

    synchronized void mute(String room, String session, boolean muted) {
        Map<String, Occupant> occupants = rooms.get(room);
        if (occupants != null) {
            occupants.computeIfPresent(session, (same, occupant) -> occupant.muted(muted));
        }
    }

    synchronized void leave(String room, String session) {
        Map<String, Occupant> occupants = rooms.get(room);
        if (occupants != null) {
            occupants.remove(session);
            if (occupants.isEmpty()) {
                rooms.remove(room);
            }
        }
    }

    /** In the order they came; nobody is in a room that doesn't exist. */
    synchronized List<Occupant> in(String room) {
        return List.copyOf(rooms.getOrDefault(room, Map.of()).values());
    }

    synchronized Map<String, Integer> census() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        rooms.forEach((room, occupants) -> counts.put(room, occupants.size()));
        return counts;
    }
}
