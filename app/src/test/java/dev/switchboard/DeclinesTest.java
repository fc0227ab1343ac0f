package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static dev.switchboard.Office.lists;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import dev.switchboard.sandbox.slack.SentEnvelope;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Saying no to a Call, on Slack's card or on our button. */
@Timeout(60)
class DeclinesTest {
    @RegisterExtension
    private final Office office = new Office();

    @Nested
    class On_slacks_own_card {
        @Test
        void somebody_invited_leaves_the_card_and_the_creator_is_told() {
            Call call = calling();
            office.bo().declines(call);
            eventually(() -> !lists(call, office.bo()));
            office.atRest();

            assertThat(refusals(office.ana())).hasSize(1);
            assertThat(refusals(office.ana()).get(0).text())
                    .contains("<@" + office.bo().id() + ">", "Sync");
            assertThat(refusals(office.bo())).isEmpty();
        }

        @Test
        void twice_in_two_events_is_told_once() {
            Call call = calling();
            office.bo().declines(call);
            office.atRest();
            office.bo().declines(call);
            office.atRest();

            assertThat(refusals(office.ana())).hasSize(1);
        }

        @Test
        void the_same_event_twice_is_told_once() {
            Call call = calling();
            office.bo().declines(call);
            office.atRest();
            SentEnvelope event =
                    office.slack().journal().envelopes("events_api").get(0);
            SentEnvelope again =
                    office.slack().sendEnvelope("events_api", event.payload()).orElseThrow();
            office.atRest();

            assertThat(again.acknowledged()).isTrue();
            assertThat(refusals(office.ana())).hasSize(1);
        }

        @Test
        void a_stranger_who_was_sent_the_link_is_reported_too() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            office.ana().posts(call.joinUrl(), office.direct());
            eventually(() -> call.channels().contains(office.direct().id()));
            office.bo().declines(call, office.direct());
            office.atRest();

            assertThat(refusals(office.ana())).hasSize(1);
            assertThat(office.answer(office.ana(), "/call info", office.general()))
                    .contains("Declined: <@" + office.bo().id() + ">");
            assertThat(office.requests("calls.participants.remove")).isEmpty();
        }

        @Test
        void after_the_end_nobody_is_told() {
            Call call = calling();
            office.types(office.ana(), "/call end", office.general());
            eventually(call::ended);
            office.bo().declines(call);
            office.atRest();

            assertThat(refusals(office.ana())).isEmpty();
        }

        @Test
        void a_call_that_is_not_ours_is_passed_over() {
            JsonObject event = new JsonObject();
            event.addProperty("type", "call_rejected");
            event.addProperty("call_id", "R0NOTOURS");
            event.addProperty("user_id", office.bo().id());
            event.addProperty("channel_id", office.direct().id());
            event.addProperty("external_unique_id", "not-a-uuid");
            SentEnvelope sent = office.slack()
                    .sendEnvelope("events_api", Payloads.event(office.acme(), "Ev0REJECTED", event))
                    .orElseThrow();
            office.atRest();

            assertThat(sent.acknowledged()).isTrue();
            assertThat(office.told(office.ana())).isEmpty();
            assertThat(office.told(office.bo())).isEmpty();
        }

        @Test
        void the_creator_declining_their_own_call_is_not_told() {
            Call call = calling();
            office.ana().posts(call.joinUrl(), office.direct());
            eventually(() -> call.channels().contains(office.direct().id()));
            office.ana().declines(call, office.direct());
            office.atRest();

            assertThat(refusals(office.ana())).isEmpty();
        }

        @Test
        void a_decline_before_slack_has_told_us_the_call_s_id_is_not_lost() {
            var gate = office.faults().on("calls.add").holdAfterEffect();
            office.types(office.ana(), "/call @bo Sync", office.general());
            eventually(gate::reached);
            Call call = office.acme().calls().get(0);
            office.bo().declines(call, office.acme().botMessagesOf(office.bo()));
            eventually(() ->
                    office.slack().journal().envelopes("events_api").stream().allMatch(SentEnvelope::acknowledged));
            gate.open();
            eventually(() -> !lists(call, office.bo()));
            office.atRest();

            assertThat(refusals(office.ana())).hasSize(1);
            assertThat(office.rings(office.bo())).isEmpty();
        }
    }

    @Nested
    class On_our_button {
        @Test
        void it_takes_them_off_the_card_tells_the_creator_and_puts_the_answer_in_its_place() {
            Call call = calling();
            PostedMessage ring = office.rings(office.bo()).get(0);
            office.presses(office.bo(), ring, "Decline");
            eventually(() -> !lists(call, office.bo()));
            eventually(() -> office.now(ring).text().contains("You declined"));
            office.atRest();

            assertThat(office.now(ring).elements()).isEmpty();
            assertThat(refusals(office.ana())).hasSize(1);
        }

        @Test
        void and_on_the_card_it_is_told_once() {
            Call call = calling();
            PostedMessage ring = office.rings(office.bo()).get(0);
            office.bo().declines(call);
            office.presses(office.bo(), ring, "Decline");
            office.atRest();

            assertThat(refusals(office.ana())).hasSize(1);
        }

        @Test
        void after_the_end_it_says_that_the_call_is_over() {
            Call call = calling();
            PostedMessage ring = office.rings(office.bo()).get(0);
            office.faults().on("chat.update").always().http(503); // or its button would be gone
            office.types(office.ana(), "/call end", office.general());
            eventually(call::ended);
            office.presses(office.bo(), ring, "Decline");

            eventually(() -> office.now(ring).text().contains("has already ended"));
            assertThat(refusals(office.ana())).isEmpty();
        }

        @Test
        void the_card_of_the_declined_call_is_still_to_be_seen_elsewhere() {
            Call call = calling();
            office.presses(office.bo(), office.rings(office.bo()).get(0), "Decline");
            office.atRest();

            assertThat(call.ended()).isFalse();
            assertThat(Office.cards(office.general())).hasSize(1);
        }
    }

    @Nested
    class Asked_again {
        @Test
        void somebody_who_declined_is_listed_and_rung_anew() {
            Call call = calling();
            office.bo().declines(call);
            eventually(() -> !lists(call, office.bo()));
            office.types(office.ana(), "/call invite @bo", office.general());
            eventually(() -> lists(call, office.bo()));
            office.atRest();

            assertThat(office.rings(office.bo())).hasSize(2);
        }

        @Test
        void they_may_decline_again_and_the_creator_hears_of_it_again() {
            Call call = calling();
            office.bo().declines(call);
            office.atRest();
            office.types(office.ana(), "/call invite @bo", office.general());
            eventually(() -> lists(call, office.bo()));
            office.bo().declines(call);
            eventually(() -> !lists(call, office.bo()));
            office.atRest();

            assertThat(refusals(office.ana())).hasSize(2);
        }
    }

    /** A Call of Ana's that rings Bo. */
    private Call calling() {
        Call call = office.startCall(office.ana(), "/call @bo Sync", office.general());
        eventually(() -> lists(call, office.bo()));
        office.atRest();
        return call;
    }

    private List<PostedMessage> refusals(Person person) {
        return office.told(person).stream()
                .filter(message -> message.text().contains("declined"))
                .filter(message -> !message.text().contains("You declined"))
                .toList();
    }
}
