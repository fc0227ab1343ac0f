package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Gate;
import dev.switchboard.sandbox.slack.SentEnvelope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A message of which nobody knows whether Slack has it is looked for before it is posted again; anything else is asked for
 * again, unless its opposite is owed by then.
 */
class LostRepliesTest {
    @RegisterExtension
    final Office office = new Office();

    @Test
    void it_is_found_however_much_was_said_since() {
        office.startCall(office.ana(), "/call Standup", office.general());
        office.atRest();
        office.faults().on("chat.postMessage").next(1).dropAfterEffect();
        office.types(office.ana(), "/call invite @bo", office.general());
        eventually(() -> office.rings(office.bo()).size() == 1);
        Conversation direct = office.acme().botMessagesOf(office.bo());
        for (int i = 0; i < 450; i++) {
            office.bo().posts("Where is it, " + i, direct);
        }
        office.clock().advance(Duration.ofSeconds(5));
        office.atRest();
        assertThat(office.requests("conversations.history")).hasSize(3);
        assertThat(office.rings(office.bo())).hasSize(1);
    }

    @Test
    void whoever_left_before_it_was_known_that_they_are_on_the_card_is_taken_off() {
        Call call = callWithBoUnanswered();
        assertThat(Office.lists(call, office.bo())).isTrue();
        declined(office, call);
        settled();
        assertThat(Office.lists(call, office.bo())).isFalse();
    }

    @Test
    void a_request_that_may_still_be_under_way_in_slack_is_not_overtaken_by_its_opposite() {
        Call call = callWithBoUnanswered();
        Instant before = office.clock().instant();
        declined(office, call);
        eventually(() -> !Office.lists(call, office.bo()));
        assertThat(office.requests("calls.participants.remove"))
                .singleElement()
                .satisfies(request -> assertThat(request.time()).isAfterOrEqualTo(before.plusSeconds(2)));
    }

    @Test
    void whoever_came_back_before_it_was_known_that_they_are_off_the_card_is_put_on_again() {
        Call call = office.startCall(office.ana(), "/call @bo Standup", office.general());
        office.faults().on("calls.participants.remove").next(1).dropAfterEffect();
        eventually(() -> office.rings(office.bo()).size() == 1);
        declined(office, call);
        eventually(() -> !Office.lists(call, office.bo()));
        office.types(office.ana(), "/call invite @bo", office.general());
        settled();
        assertThat(Office.lists(call, office.bo())).isTrue();
    }

    @Test
    void a_title_that_was_taken_back_before_it_was_known_to_be_shown_is_taken_back() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        office.faults().on("calls.update").next(1).dropAfterEffect();
        office.types(office.ana(), "/call rename Sitdown", office.general());
        eventually(() -> call.title().equals(Optional.of("Sitdown")));
        office.types(office.ana(), "/call rename Standup", office.general());
        settled();
        assertThat(call.title()).contains("Standup");
    }

    @Test
    void a_title_that_changes_while_slack_is_asked_is_told_whatever_it_changes_to() throws Exception {
        Gate refused = office.faults().on("calls.add").holdAfterEffect();
        Gate again = office.faults().on("calls.add").holdAfterEffect();
        office.slack()
                .sendEnvelope(
                        "slash_commands", Payloads.command(office.ana(), office.general(), "<@U0NOBODY|nobody> Alpha"));
        refused.awaitReached(Office.PATIENCE);
        office.types(office.ana(), "/call rename Beta", office.general());
        refused.open();
        again.awaitReached(Office.PATIENCE);
        office.types(office.ana(), "/call rename Alpha", office.general());
        again.open();
        office.atRest();
        assertThat(office.callIn(office.general()).title()).contains("Alpha");
    }

    @Test
    void a_call_does_not_end_under_a_title_that_slack_was_not_known_to_have_got() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        office.faults().on("calls.update").next(2).dropBeforeEffect();
        office.types(office.ana(), "/call rename Sitdown", office.general());
        eventually(() -> office.requests("calls.update").size() == 1);
        office.types(office.ana(), "/call end", office.general());
        eventually(call::ended);
        assertThat(call.title()).contains("Sitdown");
    }

    /** A Call whose card shows Bo, which the bot has not been told. */
    private Call callWithBoUnanswered() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        office.faults().on("calls.participants.add").next(1).dropAfterEffect();
        office.types(office.ana(), "/call invite @bo", office.general());
        eventually(() -> office.rings(office.bo()).size() == 1);
        return call;
    }

    private static void declined(Office office, Call call) {
        office.bo().declines(call, office.direct());
        eventually(() -> office.count("select count(*) from participants where standing = 'DECLINED'") == 1);
    }

    private void settled() {
        office.clock().advance(Duration.ofSeconds(5));
        office.atRest();
    }

    @Nested
    class Where_slack_has_the_call_already {
        @RegisterExtension
        final Office office = new Office().slack(options -> options.sameCallForSameExternalId(true));

        @Test
        void it_is_given_the_title_and_the_people_of_now() {
            office.faults().on("calls.add").next(1).dropAfterEffect();
            office.faults().on("calls.add").always().rateLimit(Duration.ofSeconds(30));
            office.types(office.ana(), "/call @bo @cy Standup", office.general());
            eventually(() -> office.acme().calls().size() == 1);
            Call call = office.acme().calls().get(0);
            office.types(office.ana(), "/call rename Sitdown", office.general());
            office.types(office.ana(), "/call invite @dee", office.general());
            declined(office, call);
            office.faults().clear();
            office.clock().advance(Duration.ofSeconds(31));
            office.atRest();
            assertThat(office.callIn(office.general())).isSameAs(call);
            assertThat(call.title()).contains("Sitdown");
            assertThat(Office.lists(call, office.bo())).isFalse();
            assertThat(Office.lists(call, office.cy())).isTrue();
            assertThat(Office.lists(call, office.dee())).isTrue();
        }
    }

    @Nested
    class Where_slack_s_clock_is_behind_ours {
        @RegisterExtension
        final Office office =
                new Office().slack(options -> options.clock(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-10))));

        @Test
        void it_is_found_all_the_same() {
            office.faults().on("chat.postMessage").next(1).dropAfterEffect();
            office.types(office.ana(), "/call Standup", office.general());
            eventually(() -> Office.cards(office.general()).size() == 1);
            office.clock().advance(Duration.ofSeconds(5));
            office.atRest();
            assertThat(Office.cards(office.general())).hasSize(1);
        }
    }

    @Test
    void an_unfurled_link_is_not_taken_for_the_card_where_the_bot_can_not_read() {
        office.faults().on("chat.postMessage").next(1).dropBeforeEffect();
        office.types(office.ana(), "/call Standup", office.random());
        eventually(() -> office.requests("chat.postMessage").size() == 1);
        Call call = office.acme().calls().get(0);
        office.bo().posts("come to " + call.joinUrl(), office.random());
        eventually(
                () -> office.slack().journal().envelopes("events_api").stream().anyMatch(SentEnvelope::acknowledged));
        office.clock().advance(Duration.ofSeconds(5));
        office.atRest();
        assertThat(Office.cards(office.random())).hasSize(2);
        assertThat(office.requests("calls.info")).isNotEmpty();
        assertThat(office.requests("chat.postMessage")).hasSize(2);
    }
}
