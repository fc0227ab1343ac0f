package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.meeting.MeetingJournal;
import dev.switchboard.sandbox.slack.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Five hundred live Calls on one server: few requests at a time, and every room looked at in its time. */
class ManyRoomsTest {
    private static final int ROOMS = 500;
    private static final Duration POLL = Duration.ofSeconds(5);

    @RegisterExtension
    final Office office = new Office().withJitsi().with("SWITCHBOARD_POLL_INTERVAL", POLL.toSeconds() + "s");

    @Test
    void without_a_census_each_is_asked_about_in_time_and_never_more_than_four_at_once() {
        office.jitsi().censusModule(false);
        fill();
        inTime("/room");
        assertThat(office.jitsi().journal().mostAtOnce()).isLessThanOrEqualTo(4);
    }

    @Test
    void with_a_census_one_request_tells_of_all_the_empty_ones() {
        for (int i = 0; i < ROOMS; i++) {
            office.ana().posts(office.jitsi().address() + "/room-" + i, office.random());
        }
        eventually(() -> office.acme().calls().size() == ROOMS);
        office.jitsi().journal().clear();
        eventually(() -> {
            office.clock().advance(Duration.ofSeconds(1));
            return office.jitsi().journal().requests("/room-census").size() >= 5;
        });
        assertThat(office.jitsi().journal().requests("/room")).isEmpty();
    }

    /** People in all the rooms, and a Call in each. */
    private void fill() {
        for (int i = 0; i < ROOMS; i++) {
            office.jitsi().join("room-" + i, "Guest " + i, "");
            office.ana().posts(office.jitsi().address() + "/room-" + i, office.random());
        }
        eventually(() -> office.acme().calls().size() == ROOMS);
        eventually(() ->
                office.acme().calls().stream().map(Call::activeParticipants).noneMatch(List::isEmpty));
    }

    /** Waits until each room was asked about three times more, and compares how long each was left alone in between. */
    private void inTime(String path) {
        office.jitsi().journal().clear();
        eventually(
                () -> counts(path).values().stream().filter(count -> count >= 3).count() == ROOMS);
        Map<String, List<Instant>> times = office.jitsi().journal().requests(path).stream()
                .collect(Collectors.groupingBy(
                        request -> String.valueOf(request.parameters().get("room")),
                        Collectors.mapping(MeetingJournal.Request::time, Collectors.toList())));
        times.values().forEach(asked -> {
            for (int i = 1; i < asked.size(); i++) {
                assertThat(Duration.between(asked.get(i - 1), asked.get(i))).isLessThan(POLL.multipliedBy(2));
            }
        });
    }

    private Map<String, Long> counts(String path) {
        return office.jitsi().journal().requests(path).stream()
                .collect(Collectors.groupingBy(
                        request -> String.valueOf(request.parameters().get("room")), Collectors.counting()));
    }
}
