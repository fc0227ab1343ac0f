package dev.switchboard.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.call.Presence.Occupant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** People of whom Slack has not said yet who they are. */
class SightingsTest {
    private static final CallId CALL = new CallId(UUID.randomUUID());
    private static final Occupant BO = occupant("m-bo");
    private static final Occupant CY = occupant("m-cy");

    private final Sightings sightings = new Sightings();
    private Instant now = Instant.parse("2026-11-30T10:00:00Z");

    @Test
    void have_been_in_since_they_were_first_seen() {
        Instant first = look(BO);
        look(BO, CY);
        assertThat(sightings.since(CALL)).isEqualTo(Map.of("m-bo", first, "m-cy", now));
        assertThat(sightings.since(new CallId(UUID.randomUUID()))).isEmpty();
    }

    @Test
    void who_leave_before_it_turns_out_are_strangers_with_their_time() {
        look(BO);
        look(BO);
        look();
        assertThat(left).isEmpty(); // a reload, perhaps
        look();
        assertThat(left).singleElement().satisfies(bo -> {
            assertThat(bo.person()).isEqualTo(Person.external("m-bo", "Bo", Optional.empty()));
            assertThat(bo.standing()).isEqualTo(Participant.Standing.LEFT);
            assertThat(bo.attended(now)).hasSeconds(10);
        });
        look();
        assertThat(left).isEmpty();
        assertThat(sightings.since(CALL)).isEmpty();
    }

    @Test
    void who_come_back_before_the_second_look_have_not_left() {
        Instant first = look(BO);
        look();
        look(BO);
        assertThat(left).isEmpty();
        assertThat(sightings.since(CALL)).containsEntry("m-bo", first);
    }

    @Test
    void whom_slack_knows_by_now_and_who_are_still_in_have_not_left() {
        look(BO);
        for (int i = 0; i < 3; i++) {
            now = now.plusSeconds(10);
            assertThat(sightings.note(CALL, List.of(), Set.of("m-bo"), now)).isEmpty();
        }
        assertThat(sightings.since(CALL)).isEmpty();
    }

    private List<Participant> left = List.of();

    /** A look ten seconds later, at which none of those in can be told. */
    private Instant look(Occupant... there) {
        now = now.plus(Duration.ofSeconds(10));
        Set<String> keys = Stream.of(there).map(Occupant::key).collect(Collectors.toSet());
        left = sightings.note(CALL, List.of(there), keys, now);
        return now;
    }

    private static Occupant occupant(String key) {
        return new Occupant(key, "Bo", Optional.of("bo@corp.test"), Optional.empty(), Optional.empty());
    }
}
