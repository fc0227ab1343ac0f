package dev.switchboard.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.call.Participant.Standing;
import dev.switchboard.call.Presence.Live;
import dev.switchboard.call.Presence.Unknown;
import dev.switchboard.call.Ruling.Fate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What follows from a look at a room: by what the server said, and what the looks before had shown. */
class RulingTest extends Looks {
    @Nested
    class NobodyHasComeYet {
        @Test
        void a_room_that_is_not_there_is_waited_for() {
            assertThat(after(10, GONE).fate()).isEqualTo(Fate.UNCHANGED);
            assertThat(after(20 * 60, GONE).fate()).isEqualTo(Fate.UNCHANGED);
        }

        @Test
        void it_is_looked_at_three_times_as_seldom() {
            assertThat(after(10, GONE).due()).contains(now.plusSeconds(30));
        }

        @Test
        void after_half_an_hour_nobody_will_come() {
            for (int minute = 0; minute < 30; minute++) {
                assertThat(after(60, minute % 2 == 0 ? GONE : NOBODY).fate()).isEqualTo(Fate.UNCHANGED);
            }
            assertThat(after(60, GONE).fate()).isEqualTo(Fate.OVER);
        }

        @Test
        void somebody_without_a_name_is_no_recorder_as_long_as_nobody_else_came() {
            for (int minute = 0; minute < 60; minute++) {
                assertThat(after(60, new Live(List.of(), 1)).fate()).isEqualTo(Fate.UNCHANGED);
            }
        }

        @Test
        void unless_somebody_in_slack_still_cares() {
            after(10, GONE);
            watch = watch.touched(START.plusSeconds(20 * 60));
            assertThat(after(30 * 60, GONE).fate()).isEqualTo(Fate.UNCHANGED);
        }
    }

    @Nested
    class PeopleAreIn {
        @Test
        void the_first_one_is_there_at_once() {
            Ruling ruling = after(10, ANA_IN);
            assertThat(ruling.changed()).singleElement().satisfies(ana -> {
                assertThat(ana.person()).isEqualTo(Person.of(ANA));
                assertThat(ana.standing()).isEqualTo(Standing.PRESENT);
            });
            assertThat(ruling.due()).contains(now.plusSeconds(10));
        }

        @Test
        void what_stays_as_it_is_is_not_written_again() {
            after(10, ANA_IN);
            assertThat(after(10, ANA_IN).changed()).isEmpty();
        }

        @Test
        void when_nobody_comes_or_goes_for_long_looks_get_rarer() {
            after(10, ANA_IN);
            assertThat(pauseAfter(11 * 60)).isEqualTo(Duration.ofSeconds(20));
            assertThat(pauseAfter(11 * 60)).isEqualTo(Duration.ofSeconds(30));
            assertThat(pauseAfter(3 * 3_600)).isEqualTo(Duration.ofMinutes(1));
        }

        private Duration pauseAfter(int seconds) {
            return Duration.between(
                    now.plusSeconds(seconds), after(seconds, ANA_IN).due().orElseThrow());
        }

        @Test
        void when_somebody_comes_again_after_long_they_don_t() {
            after(10, ANA_IN);
            after(3 * 3_600, ANA_IN);
            assertThat(after(60, BOTH_IN).due()).contains(now.plusSeconds(10));
        }

        @Test
        void whoever_gave_no_name_is_not_counted_beside_those_who_did() {
            after(10, new Live(List.of(occupant("Ana", ANA)), 2));
            assertThat(watch.peak()).isEqualTo(1);
        }

        @Test
        void several_sessions_without_a_name_can_t_all_be_recorders() {
            after(10, new Live(List.of(), 2));
            assertThat(after(3_600, new Live(List.of(), 2)).fate()).isEqualTo(Fate.UNCHANGED);
            assertThat(watch.occupied()).isTrue();
        }
    }

    @Nested
    class SomebodyIsMissed {
        @Test
        void one_look_without_them_is_not_a_leave_and_the_next_look_is_soon() {
            after(10, ANA_IN);
            Ruling ruling = after(10, NOBODY);
            assertThat(people.values()).allMatch(Participant::present);
            assertThat(ruling.due()).contains(now.plusSeconds(5));
        }

        @Test
        void neither_is_it_with_others_in_the_room() {
            after(10, BOTH_IN);
            assertThat(after(10, ANA_IN).due()).contains(now.plusSeconds(5));
            assertThat(people.values()).allMatch(Participant::present);
        }

        @Test
        void two_looks_are() {
            after(10, ANA_IN);
            after(60, ANA_IN);
            after(10, NOBODY);
            after(5, NOBODY);
            assertThat(people.values()).singleElement().satisfies(ana -> {
                assertThat(ana.standing()).isEqualTo(Standing.LEFT);
                assertThat(ana.attended(now)).isEqualTo(Duration.ofSeconds(60));
            });
        }

        @Test
        void back_in_between_they_never_left() {
            after(10, ANA_IN);
            after(10, NOBODY);
            after(5, ANA_IN);
            after(10, NOBODY);
            assertThat(people.values()).allMatch(Participant::present);
        }

        @Test
        void after_an_hour_without_looks_one_is_enough() {
            after(10, ANA_IN);
            after(10, ERROR);
            after(3_600, NOBODY);
            assertThat(people.values()).noneMatch(Participant::present);
        }
    }

    @Nested
    class TheRoomIsEmpty {
        @Test
        void its_call_ends_after_the_grace_with_the_time_people_were_in() {
            after(10, ANA_IN);
            after(60, ANA_IN);
            after(10, NOBODY);
            assertThat(after(115, NOBODY).fate()).isEqualTo(Fate.UNCHANGED);
            assertThat(after(5, NOBODY).fate()).isEqualTo(Fate.OVER);
            assertThat(watch.lasted(now)).isEqualTo(Duration.ofSeconds(60));
        }

        @Test
        void a_recorder_that_stays_does_not_keep_it() {
            Presence recorder = new Live(List.of(), 1);
            after(10, ANA_IN);
            after(10, recorder);
            after(5, recorder);
            assertThat(after(115, recorder).fate()).isEqualTo(Fate.OVER);
        }

        @Test
        void the_look_that_may_end_it_is_not_late() {
            after(10, ANA_IN);
            after(10, NOBODY);
            after(5, NOBODY);
            after(110, NOBODY);
            assertThat(watch.emptySince().orElseThrow().plus(Duration.ofMinutes(2)))
                    .isEqualTo(now.plusSeconds(5));
            assertThat(after(0, NOBODY).due()).contains(now.plusSeconds(5));
        }

        @Test
        void somebody_back_in_time_starts_the_grace_anew() {
            after(10, ANA_IN);
            after(10, NOBODY);
            after(100, ANA_IN);
            after(10, NOBODY);
            assertThat(after(30, NOBODY).fate()).isEqualTo(Fate.UNCHANGED);
        }

        @Test
        void so_does_a_long_time_without_looks() {
            after(10, ANA_IN);
            after(10, NOBODY);
            assertThat(after(3_600, NOBODY).fate()).isEqualTo(Fate.UNCHANGED);
            assertThat(after(10, NOBODY).fate()).isEqualTo(Fate.UNCHANGED);
            assertThat(after(110, NOBODY).fate()).isEqualTo(Fate.OVER);
        }
    }

    @Nested
    class TheRoomIsGone {
        @Test
        void its_call_ends_when_it_is_gone_for_good() {
            after(10, ANA_IN);
            Ruling first = after(10, GONE);
            assertThat(first.fate()).isEqualTo(Fate.UNCHANGED);
            assertThat(first.due()).contains(now.plusSeconds(5));
            assertThat(after(5, GONE).fate()).isEqualTo(Fate.UNCHANGED);
            assertThat(after(25, GONE).fate()).isEqualTo(Fate.OVER);
        }

        @Test
        void one_person_alone_may_reload() {
            after(10, ANA_IN);
            after(10, GONE);
            after(5, ANA_IN);
            assertThat(after(10, GONE).fate()).isEqualTo(Fate.UNCHANGED);
            assertThat(people.values()).allMatch(Participant::present);
        }

        @Test
        void an_hour_after_the_last_look_it_takes_two_all_the_same() {
            after(10, ANA_IN);
            assertThat(after(3_600, GONE).fate()).isEqualTo(Fate.UNCHANGED);
            assertThat(after(30, GONE).fate()).isEqualTo(Fate.OVER);
            assertThat(watch.lasted(now)).isEqualTo(Duration.ZERO);
        }
    }

    @Nested
    class TheServerDoesNotTell {
        @Test
        void nothing_changes_for_hours() {
            after(10, ANA_IN);
            for (int look = 0; look < 239; look++) {
                assertThat(after(60, ERROR)).satisfies(ruling -> {
                    assertThat(ruling.fate()).isEqualTo(Fate.UNCHANGED);
                    assertThat(ruling.changed()).isEmpty();
                });
            }
        }

        @Test
        void after_four_hours_people_are_asked_instead_and_nobody_answering_it_ends_as_it_was_last_seen() {
            after(10, ANA_IN);
            after(60, ANA_IN);
            after(10, ERROR);
            assertThat(after(4 * 3_600, ERROR).fate()).isEqualTo(Fate.ASKED);
            assertThat(after(14 * 60, ERROR).fate()).isEqualTo(Fate.UNCHANGED);
            assertThat(after(60, ERROR).fate()).isEqualTo(Fate.FORGOTTEN);
            assertThat(watch.lasted()).isEqualTo(Duration.ofSeconds(60));
        }

        @Test
        void when_it_tells_again_the_question_is_moot() {
            after(10, ANA_IN);
            after(10, ERROR);
            after(4 * 3_600, ERROR);
            after(60, ANA_IN);
            assertThat(watch.askedAt()).isEmpty();
            assertThat(after(15 * 60, ERROR).fate()).isEqualTo(Fate.UNCHANGED);
        }

        @Test
        void it_is_asked_ever_less_but_once_a_minute() {
            after(10, ANA_IN);
            assertThat(after(10, ERROR).due()).contains(now.plusSeconds(10));
            assertThat(after(30, ERROR).due()).contains(now.plusSeconds(30));
            assertThat(after(3_600, ERROR).due()).contains(now.plusSeconds(60));
        }

        @Test
        void if_it_says_when_to_come_back_that_is_kept() {
            Presence busy = new Unknown("http_429", Optional.of(Duration.ofMinutes(5)));
            assertThat(after(10, busy).due()).contains(now.plusSeconds(300));
        }

        @Test
        void but_for_thirty_looks_at_most() {
            Presence maintained = new Unknown("status 503", Optional.of(Duration.ofHours(1)));
            assertThat(after(10, maintained).due()).contains(now.plusSeconds(300));
        }

        @Test
        void errors_in_between_don_t_delay_an_end() {
            after(10, ANA_IN);
            after(10, NOBODY);
            after(30, ERROR);
            after(30, NOBODY);
            after(30, ERROR);
            assertThat(after(30, NOBODY).fate()).isEqualTo(Fate.OVER);
        }

        @Test
        void an_error_between_two_looks_makes_neither_of_them_a_second_one() {
            after(10, ANA_IN);
            after(10, ERROR);
            assertThat(after(5, GONE).fate()).isEqualTo(Fate.UNCHANGED);
        }
    }
}
