package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.call.Attendance;
import dev.switchboard.call.Call;
import dev.switchboard.call.CallId;
import dev.switchboard.call.ChannelId;
import dev.switchboard.call.MeetingProvider;
import dev.switchboard.call.MeetingProvider.Capability;
import dev.switchboard.call.Mirroring;
import dev.switchboard.call.Presence;
import dev.switchboard.call.Rhythm;
import dev.switchboard.call.Room;
import dev.switchboard.call.SecureIds;
import dev.switchboard.call.SlackCalls;
import dev.switchboard.call.TeamId;
import dev.switchboard.call.UserId;
import dev.switchboard.store.JdbcCallStore;
import dev.switchboard.store.LedgerDatabase;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rounds of looks at rooms, of a meeting server that has time for one room of many, or that can't read one. */
class RoomsInTurnTest {
    private static final Rhythm RHYTHM =
            new Rhythm(Duration.ofSeconds(5), Duration.ofMinutes(2), Duration.ofMinutes(30), Duration.ofHours(4));

    private static final Rhythm FAST =
            new Rhythm(Duration.ofMillis(50), Duration.ofMinutes(2), Duration.ofMinutes(30), Duration.ofHours(4));

    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    @Test
    void every_room_has_its_turn() {
        whileLookedAt(4, RHYTHM, this::poll, () -> eventually(() -> asked.size() == 4));
    }

    /** Rooms are looked at each in its own time, so rounds with it and without it take turns. */
    @Test
    void of_one_room_that_can_t_be_read_the_log_tells_once() {
        AtomicInteger rounds = new AtomicInteger();
        try (LogLines log = LogLines.listen()) {
            whileLookedAt(
                    2,
                    FAST,
                    rooms -> {
                        rounds.incrementAndGet();
                        return rooms.stream()
                                .map(room -> ((Room) room).key())
                                .collect(Collectors.toMap(key -> key, RoomsInTurnTest::readable));
                    },
                    () -> eventually(() -> rounds.get() > 30));
            assertThat(log.lines().stream().filter(line -> line.contains("meeting.poll")))
                    .hasSize(1);
            assertThat(log.lines()).noneMatch(line -> line.contains("tells who is in its rooms again"));
        }
    }

    private static Presence readable(String room) {
        return room.equals("room-0")
                ? new Presence.Unknown("status 500", Optional.empty())
                : new Presence.Live(List.of(), 0);
    }

    private static void whileLookedAt(
            int rooms, Rhythm rhythm, Function<Collection<?>, Map<String, Presence>> server, Runnable meanwhile) {
        try (LedgerDatabase database =
                LedgerDatabase.open("jdbc:h2:mem:" + UUID.randomUUID(), Optional.empty(), Optional.empty())) {
            JdbcCallStore store = new JdbcCallStore(database);
            for (int i = 0; i < rooms; i++) {
                Call call = call("room-" + i);
                store.change(ledger -> {
                    ledger.open(call, false, Instant.EPOCH);
                    return null;
                });
            }
            try (Attendance attendance = new Attendance(
                    store,
                    stub(MeetingProvider.class, server),
                    stub(SlackCalls.class, server),
                    new SecureIds(Clock.systemUTC()),
                    rhythm,
                    Clock.systemUTC(),
                    stub(Mirroring.class, server),
                    () -> true)) {
                attendance.start();
                meanwhile.run();
            }
        }
    }

    /** Answers for the first room in the alphabet, and has no time for the others. */
    private Map<String, Presence> poll(Collection<?> rooms) {
        String first = rooms.stream()
                .map(room -> ((Room) room).key())
                .min(String::compareTo)
                .orElseThrow();
        asked.add(first);
        Presence.Occupant somebody =
                new Presence.Occupant("n-1", "Zoë", Optional.empty(), Optional.empty(), Optional.empty());
        return Map.of(first, new Presence.Live(List.of(somebody), 0));
    }

    private static <T> T stub(Class<T> port, Function<Collection<?>, Map<String, Presence>> server) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "poll" -> server.apply((Collection<?>) arguments[0]);
                    case "here" -> Optional.of(arguments[0]);
                    case "can" -> arguments[0] == Capability.PRESENCE;
                    case "asksForAllAtOnce" -> false;
                    default -> throw new UnsupportedOperationException(method.getName());
                }));
    }

    private static Call call(String room) {
        return new Call(
                new CallId(UUID.randomUUID()),
                new TeamId("T1"),
                new ChannelId("C1"),
                new UserId("U_ANA"),
                Optional.empty(),
                new Room(room, URI.create("https://meet.example.com/" + room), Optional.empty()),
                Call.RoomState.OPEN,
                "123-456-789",
                Optional.empty(),
                Call.Visibility.PUBLIC,
                Instant.now(),
                Optional.empty(),
                new Call.SlackSide(Optional.empty(), Optional.empty(), false, false, Optional.empty()),
                0,
                Instant.now());
    }
}
