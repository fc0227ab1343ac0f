package dev.switchboard.call;

import dev.switchboard.call.Presence.Absent;
import dev.switchboard.call.Presence.Live;
import dev.switchboard.call.Presence.Occupant;
import dev.switchboard.call.Presence.Unknown;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A Call's room as it is looked at, one look after the other. */
abstract class Looks {
    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    static final UserId ANA = new UserId("U_ANA");
    static final UserId BO = new UserId("U_BO");
    static final Rhythm RHYTHM =
            new Rhythm(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMinutes(30), Duration.ofHours(4));
    static final Presence NOBODY = new Live(List.of(), 0);
    static final Presence GONE = new Absent();
    static final Presence ERROR = new Unknown("http_502", Optional.empty());
    static final Presence ANA_IN = new Live(List.of(occupant("Ana", ANA)), 0);
    static final Presence BOTH_IN = new Live(List.of(occupant("Ana", ANA), occupant("Bo", BO)), 0);

    private final Room room = new Room("room", URI.create("https://meet.example.com/room"), Optional.empty());
    private Call call = new Call(
            new CallId(UUID.randomUUID()),
            new TeamId("T1"),
            new ChannelId("C1"),
            ANA,
            Optional.empty(),
            room,
            Call.RoomState.OPEN,
            "123-456-789",
            Optional.empty(),
            Call.Visibility.PUBLIC,
            START,
            Optional.empty(),
            Call.SlackSide.NOTHING,
            1,
            START);
    Watch watch = Watch.of(call.id(), START);
    final Map<String, Participant> people = new HashMap<>();
    Instant now = START;

    void end() {
        call = call.ended(new Call.End(now, Optional.of(ANA), Duration.ZERO));
    }

    /** The ruling on a look so many seconds later; what follows from it is kept for the next one. */
    Ruling after(int seconds, Presence presence) {
        now = now.plusSeconds(seconds);
        return after(presence, false);
    }

    /** The ruling on a look at this moment, as the server has recordings or not. */
    Ruling after(Presence presence, boolean recordings) {
        return keep(Ruling.on(the(), presence, recordings));
    }

    private Ruling.Case the() {
        return new Ruling.Case(
                call,
                watch,
                List.copyOf(people.values()),
                Map.of("m-Ana", Person.of(ANA), "m-Bo", Person.of(BO)),
                Map.of(),
                RHYTHM,
                START,
                now);
    }

    Ruling keep(Ruling ruling) {
        watch = ruling.watch();
        ruling.changed().forEach(p -> people.put(p.person().key(), p));
        return ruling;
    }

    static Occupant occupant(String name, UserId user) {
        return new Occupant("m-" + name, name, Optional.empty(), Optional.of(user), Optional.empty());
    }
}
