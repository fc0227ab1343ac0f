package dev.switchboard.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.call.Participant.Standing;
import dev.switchboard.call.Presence.Occupant;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who of a room's people is whom on the card. */
class RollCallTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final CallId CALL = new CallId(UUID.randomUUID());
    private static final UserId BO = new UserId("U_BO");
    private static final UserId ANA = new UserId("U_ANA");

    private final Map<String, Participant> people = new LinkedHashMap<>();
    private final Map<String, Person> who = new LinkedHashMap<>();
    private final Map<String, Instant> since = new LinkedHashMap<>();

    @Test
    void somebody_invited_who_comes_is_one_person() {
        invite(BO);
        look(known("m-bo", "Bo", BO));
        assertThat(people.values()).singleElement().satisfies(bo -> {
            assertThat(bo.standing()).isEqualTo(Standing.PRESENT);
            assertThat(bo.invitedBy()).contains(ANA);
        });
    }

    @Test
    void somebody_who_declined_and_comes_all_the_same_is_there() {
        invite(BO);
        people.replaceAll((key, bo) -> bo.standing(Standing.DECLINED, NOW));
        look(known("m-bo", "Bo", BO));
        assertThat(people.values()).allMatch(Participant::present);
    }

    @Test
    void a_stranger_is_shown_by_name_under_a_lasting_id() {
        look(stranger("n-1", "Zoë <!channel>"));
        assertThat(people.values())
                .extracting(Participant::person)
                .containsExactly(Person.external("n-1", "Zoë <!channel>", Optional.empty()));
    }

    @Test
    void somebody_who_comes_by_two_ways_at_once_is_there_once() {
        RollCall roll = look(known("m-bo", "Bo", BO), known("m-bo-at-home", "Bo", BO));
        assertThat(people).hasSize(1);
        assertThat(roll.present()).isEqualTo(1);
    }

    @Test
    void whoever_could_not_be_told_at_first_was_in_from_then_on() {
        invite(BO);
        since.put("m-bo", NOW.minusSeconds(90));
        look(known("m-bo", "Bo", BO));
        assertThat(people.values())
                .singleElement()
                .satisfies(bo -> assertThat(bo.attended(NOW)).hasSeconds(90));
    }

    @Test
    void who_can_t_be_told_yet_is_not_shown_as_a_stranger() {
        RollCall roll = look(new Occupant("m-x", "X", Optional.of("x@corp.test"), Optional.empty(), Optional.empty()));
        assertThat(people).isEmpty();
        assertThat(roll.present()).isEqualTo(1);
        assertThat(roll.unsettled()).isTrue();
    }

    @Test
    void who_was_told_once_stays_told() {
        look(known("m-bo", "Bo", BO));
        who.clear();
        RollCall roll = look(new Occupant("m-bo", "Bo", Optional.of("bo@x"), Optional.empty(), Optional.empty()));
        assertThat(roll.changed()).isEmpty();
        assertThat(roll.unsettled()).isFalse();
    }

    @Test
    void somebody_slack_refuses_is_shown_as_a_stranger_from_the_next_look_on() {
        look(known("U_GONE", "Gone", new UserId("U_GONE")));
        people.replaceAll((key, gone) -> gone.standing(Standing.REFUSED, NOW));
        look(known("U_GONE", "Gone", new UserId("U_GONE")));
        look(known("U_GONE", "Gone", new UserId("U_GONE")));
        assertThat(people.values())
                .extracting(p -> p.person().key(), Participant::standing)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("slack:U_GONE", Standing.REFUSED),
                        org.assertj.core.groups.Tuple.tuple("external:U_GONE", Standing.PRESENT));
    }

    @Test
    void a_stranger_slack_refuses_is_not_tried_again() {
        look(stranger("n-1", "X"));
        people.replaceAll((key, x) -> x.standing(Standing.REFUSED, NOW));
        assertThat(look(stranger("n-1", "X")).changed()).isEmpty();
    }

    @Test
    void their_second_visit_is_added_to_the_first() {
        look(NOW, known("m-bo", "Bo", BO));
        look(NOW.plusSeconds(60));
        look(NOW.plusSeconds(70));
        look(NOW.plusSeconds(100), known("m-bo", "Bo", BO));
        assertThat(people.values())
                .singleElement()
                .satisfies(bo -> assertThat(bo.attended(NOW.plusSeconds(130))).hasSeconds(30));
    }

    private RollCall look(Occupant... there) {
        return look(NOW, there);
    }

    private RollCall look(Instant now, Occupant... there) {
        RollCall roll = RollCall.take(CALL, List.copyOf(people.values()), List.of(there), who, since, NOW, false, now);
        roll.changed().forEach(p -> people.put(p.person().key(), p));
        return roll;
    }

    private Occupant known(String key, String name, UserId user) {
        who.put(key, Person.of(user));
        return new Occupant(key, name, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Occupant stranger(String key, String name) {
        who.put(key, Person.external(key, name, Optional.empty()));
        return new Occupant(key, name, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private void invite(UserId user) {
        Participant invited = Participant.invited(CALL, user, ANA, NOW);
        people.put(invited.person().key(), invited);
    }
}
