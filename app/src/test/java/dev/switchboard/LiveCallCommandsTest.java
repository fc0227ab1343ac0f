package dev.switchboard;

import static dev.switchboard.Office.cards;
import static dev.switchboard.Office.eventually;
import static dev.switchboard.Office.lists;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.PostedMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on the live Call of a conversation: invite, rename, info, end; and which Call is meant. */
@Timeout(60)
class LiveCallCommandsTest {
    @RegisterExtension
    private final Office office = new Office();

    @Nested
    class Inviting {
        @Test
        void somebody_is_listed_and_rung_by_the_one_who_invites() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            String answer = office.answer(office.cy(), "/call invite @bo", office.general());
            eventually(() -> lists(call, office.bo()));
            office.atRest();

            assertThat(answer).contains("<@" + office.bo().id() + ">", "Sync");
            assertThat(office.rings(office.bo())).hasSize(1);
            assertThat(office.rings(office.bo()).get(0).text())
                    .contains("<@" + office.cy().id() + ">");
        }

        @Test
        void somebody_invited_before_is_not_rung_again() {
            office.startCall(office.ana(), "/call @bo Sync", office.general());
            String answer = office.answer(office.ana(), "/call invite @bo", office.general());
            office.atRest();

            assertThat(answer).contains("already");
            assertThat(office.rings(office.bo())).hasSize(1);
        }

        @Test
        void the_new_ones_are_rung_though_others_are_on_it_already() {
            Call call = office.startCall(office.ana(), "/call @bo Sync", office.general());
            String answer = office.answer(office.ana(), "/call invite @bo @cy", office.general());
            eventually(() -> lists(call, office.cy()));
            office.atRest();

            assertThat(answer).contains("<@" + office.cy().id() + ">", "already on it");
            assertThat(office.rings(office.bo())).hasSize(1);
            assertThat(office.rings(office.cy())).hasSize(1);
        }

        @Test
        void inviting_nobody_but_oneself_is_answered_in_words() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            String answer = office.answer(office.bo(), "/call invite @bo", office.general());
            office.atRest();

            assertThat(answer).contains("nobody to invite but yourself");
            assertThat(lists(call, office.bo())).isFalse();
            assertThat(office.told(office.bo())).isEmpty();
        }

        @Test
        void the_ring_has_the_card_and_a_way_to_say_no() {
            Call call = office.startCall(office.ana(), "/call @bo Sync", office.general());
            office.atRest();
            PostedMessage ring = office.rings(office.bo()).get(0);

            assertThat(ring.callIds()).containsExactly(call.id());
            assertThat(office.acme().render(ring, office.bo()))
                    .anySatisfy(line -> assertThat(line).contains("[Decline]"));
        }
    }

    @Nested
    class Renaming {
        @Test
        void the_card_gets_the_new_title() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            String answer = office.answer(office.bo(), "/call rename Weekly & cake", office.general());

            eventually(() -> call.title().equals(Optional.of("Weekly & cake")));
            assertThat(answer).contains("Weekly &amp; cake");
            assertThat(cards(office.general())).hasSize(1);
        }

        @Test
        void a_call_without_a_title_gets_one() {
            Call call = office.startCall(office.ana(), "/call", office.general());
            office.types(office.ana(), "/call rename Sync", office.general());

            eventually(() -> call.title().equals(Optional.of("Sync")));
        }

        @Test
        void of_many_renames_the_last_one_stays() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            for (int i = 1; i <= 10; i++) {
                office.types(office.ana(), "/call rename Sync " + i, office.general());
            }
            office.atRest();

            assertThat(call.title()).contains("Sync 10");
        }
    }

    @Nested
    class Info {
        @Test
        void it_tells_all_that_is_known_of_the_call() {
            Call call = office.startCall(office.ana(), "/call @bo Sync", office.general());
            eventually(() -> lists(call, office.bo()));
            String info = office.answer(office.cy(), "/call info", office.general());

            assertThat(info)
                    .contains("Sync", call.externalDisplayId().orElseThrow(), call.joinUrl())
                    .contains("<@" + office.ana().id() + ">", "<@" + office.bo().id() + ">")
                    .contains("<#" + office.general().id() + ">", "live, 1 person");
        }

        @Test
        void it_tells_who_declined() {
            Call call = office.startCall(office.ana(), "/call @bo Sync", office.general());
            office.atRest();
            office.bo().declines(call);
            office.atRest();

            assertThat(office.answer(office.ana(), "/call info", office.general()))
                    .contains("Declined: <@" + office.bo().id() + ">");
        }

        @Test
        void it_answers_in_time_when_slack_does_not() {
            office.startCall(office.ana(), "/call Sync", office.general());
            office.faults().on("calls.info").delay(Duration.ofSeconds(10));

            assertThat(office.answer(office.ana(), "/call info", office.general()))
                    .contains("Sync", "not known at the moment");
        }

        @Test
        void it_says_so_when_slack_has_ended_the_call_by_itself() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            office.faults().on("calls.info").failWith("invalid_call_id");

            assertThat(office.answer(office.ana(), "/call info", office.general()))
                    .contains(call.joinUrl(), "not known at the moment");
        }
    }

    @Nested
    class Ending {
        @Test
        void the_creator_ends_it_with_its_measured_duration() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            office.clock().advance(Duration.ofMinutes(42));
            String answer = office.answer(office.ana(), "/call end", office.general());
            eventually(call::ended);

            assertThat(answer).contains("Sync", "42 min");
            assertThat(call.durationGiven()).isTrue();
            assertThat(call.duration().orElse(0)).isBetween(42 * 60L, 42 * 60L + 30);
        }

        @Test
        void somebody_invited_may_end_it() {
            Call call = office.startCall(office.ana(), "/call @bo Sync", office.general());
            office.types(office.bo(), "/call end", office.general());

            eventually(call::ended);
        }

        @Test
        void an_admin_may_end_it() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            String answer = office.answer(office.dee(), "/call end", office.general());

            eventually(call::ended);
            assertThat(answer).contains("Ended");
        }

        @Test
        void a_stranger_may_not() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            String answer = office.answer(office.cy(), "/call end", office.general());
            office.atRest();

            assertThat(answer).contains("Only <@" + office.ana().id() + ">", "admins");
            assertThat(call.ended()).isFalse();
        }

        @Test
        void somebody_who_declined_may_not() {
            Call call = office.startCall(office.ana(), "/call @bo Sync", office.general());
            office.atRest();
            office.bo().declines(call);
            office.atRest();
            String answer = office.answer(office.bo(), "/call end", office.general());
            office.atRest();

            assertThat(answer).contains("Only <@" + office.ana().id() + ">");
            assertThat(call.ended()).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"internal_error", "missing_scope", "ratelimited", "user_not_visible"})
        void an_admin_whom_slack_can_not_confirm_is_told_so(String error) {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            office.faults().on("users.info").failWith(error);
            String answer = office.answer(office.dee(), "/call end", office.general());
            office.atRest();

            assertThat(answer).contains("could not ask Slack whether you are an admin");
            assertThat(call.ended()).isFalse();
        }

        @Test
        void an_admin_is_answered_in_time_when_slack_hangs() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            office.faults().on("users.info").delay(Duration.ofSeconds(10));

            assertThat(office.answer(office.dee(), "/call end", office.general()))
                    .contains("could not ask Slack");
            assertThat(call.ended()).isFalse();
        }

        @Test
        void people_on_the_card_leave_with_the_end() {
            Call call = office.startCall(office.ana(), "/call @bo Sync", office.general());
            eventually(() -> lists(call, office.bo()));
            office.types(office.ana(), "/call end", office.general());
            eventually(call::ended);

            assertThat(call.allParticipants()).hasSize(1);
            assertThat(call.duration()).isNotEqualTo(OptionalLong.empty());
        }
    }

    @Nested
    class Where_none_is_live {
        @ParameterizedTest
        @ValueSource(strings = {"/call end", "/call info", "/call rename Sync", "/call invite @bo"})
        void commands_on_a_call_say_so(String command) {
            assertThat(office.answer(office.ana(), command, office.general())).contains("No Call is live here");
            office.atRest();
            assertThat(office.acme().calls()).isEmpty();
            assertThat(office.told(office.bo())).isEmpty();
        }

        @Test
        void a_call_elsewhere_is_not_meant() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());

            assertThat(office.answer(office.ana(), "/call end", office.random()))
                    .contains("No Call is live here");
            assertThat(call.ended()).isFalse();
        }

        @Test
        void an_ended_one_is_not_meant() {
            office.startCall(office.ana(), "/call Sync", office.general());
            office.types(office.ana(), "/call end", office.general());

            assertThat(office.answer(office.ana(), "/call end", office.general()))
                    .contains("No Call is live here");
        }

        @Test
        void one_whose_link_was_pasted_here_is_meant() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            office.bo().posts("join us: " + call.joinUrl(), office.random());
            eventually(() -> !cards(office.random()).isEmpty());

            assertThat(office.answer(office.ana(), "/call end", office.random()))
                    .contains("Ended");
            eventually(call::ended);
        }
    }
}
