package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static dev.switchboard.Office.eventuallyAssert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Faults;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where a link is all there is, people tell by buttons who is in, and a Call that nobody touches is asked about. */
class IdleCallsTest {
    @RegisterExtension
    final Office office = new Office();

    @Test
    void the_join_button_opens_the_link_and_tells_who_joined() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        assertThat(card().elements().get(0).get("url").getAsString()).isEqualTo(call.joinUrl());
        office.presses(office.bo(), card(), "Join");
        eventually(() -> Office.lists(call, office.bo()));
        assertThat(card().elements()).hasSize(2);
        assertThat(Office.words(office.bo(), office.general())).isEmpty();
    }

    @Test
    void the_leave_button_takes_one_off_again() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        office.presses(office.bo(), card(), "Join");
        eventually(() -> Office.lists(call, office.bo()));
        office.presses(office.bo(), card(), "Leave");
        eventually(() -> !Office.lists(call, office.bo()));
        eventually(() -> Office.words(office.bo(), office.general()).stream()
                .anyMatch(word -> word.text().contains("You left")));
        assertThat(Office.cards(office.general())).hasSize(1);
    }

    @Test
    void whoever_leaves_without_having_been_in_has_not_declined_and_still_may() {
        Call call = office.startCall(office.ana(), "/call @bo Standup", office.general());
        eventually(() -> Office.lists(call, office.bo()));
        office.atRest();
        PostedMessage ring = office.rings(office.bo()).get(0);
        office.presses(office.bo(), card(), "Leave");
        eventually(() -> !Office.lists(call, office.bo()));
        office.atRest();

        eventuallyAssert(() ->
                assertThat(said(office.bo())).contains("no longer on “Standup”").doesNotContain("You left"));
        assertThat(office.told(office.ana())).isEmpty();
        assertThat(office.answer(office.ana(), "/call info", office.general())).doesNotContain("Declined");

        office.presses(office.bo(), ring, "Decline");
        office.atRest();
        assertThat(office.told(office.ana()))
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("declined"));
        office.types(office.ana(), "/call end", office.general());
        eventually(() -> thread().size() == 1);
        assertThat(thread().get(0).text()).doesNotContain("<@" + office.bo().id() + ">");
    }

    @Test
    void whoever_leaves_and_was_not_there_is_left_out_of_the_summary() {
        Call call = office.startCall(office.ana(), "/call @bo Standup", office.general());
        eventually(() -> Office.lists(call, office.bo()));
        office.presses(office.bo(), card(), "Leave");
        eventually(() -> !Office.lists(call, office.bo()));
        office.types(office.ana(), "/call end", office.general());
        eventually(() -> thread().size() == 1);
        assertThat(thread().get(0).text()).doesNotContain("<@" + office.bo().id() + ">");
    }

    @Test
    void whoever_is_not_on_the_call_is_told_so_when_they_leave() {
        office.startCall(office.ana(), "/call Standup", office.general());
        office.presses(office.bo(), card(), "Leave");
        eventuallyAssert(() -> assertThat(said(office.bo())).contains("You aren't on “Standup”"));
    }

    private String said(Person person) {
        return Office.words(person, office.general()).stream()
                .map(PostedMessage::text)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void whoever_declines_after_a_while_was_there_all_the_same() {
        Call call = office.startCall(office.ana(), "/call @bo Standup", office.general());
        office.presses(office.bo(), card(), "Join");
        office.atRest();
        office.clock().advance(Duration.ofMinutes(12));
        office.bo().declines(call);
        eventually(() -> !Office.lists(call, office.bo()));
        office.types(office.ana(), "/call end", office.general());
        eventually(() -> thread().size() == 1);
        assertThat(thread().get(0).text()).contains("<@" + office.bo().id() + ">");
    }

    @Test
    void after_the_end_the_buttons_go_and_the_thread_says_how_long_it_was() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        office.presses(office.bo(), card(), "Join");
        office.clock().advance(Duration.ofMinutes(12));
        office.types(office.ana(), "/call end", office.general());
        eventually(call::ended);
        eventuallyAssert(() -> assertThat(card().elements()).isEmpty());
        eventually(() -> thread().size() == 1);
        assertThat(thread().get(0).text())
                .contains("lasted 12 min", "<@" + office.bo().id() + ">");
    }

    @Test
    void a_summary_whose_reply_was_lost_is_looked_for_and_not_said_twice() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        office.faults()
                .on("chat.postMessage")
                .when(request -> request.containsKey("thread_ts"))
                .next(1)
                .dropAfterEffect();
        office.types(office.ana(), "/call end", office.general());
        eventually(call::ended);
        eventually(() -> thread().size() == 1);
        office.clock().advance(Duration.ofSeconds(5));
        office.atRest();
        assertThat(thread()).hasSize(1);
    }

    @Test
    void a_card_that_somebody_deleted_stops_nothing() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        office.faults().on("chat.update").always().failWith("message_not_found");
        office.faults()
                .on("chat.postMessage")
                .when(request -> request.containsKey("thread_ts"))
                .failWith("thread_not_found");
        office.types(office.ana(), "/call end", office.general());
        eventually(call::ended);
        office.atRest();
        assertThat(office.requests("chat.update")).hasSize(1);
    }

    @Test
    void a_call_that_nobody_touches_is_asked_about_and_goes_on_if_somebody_says_so() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        office.atRest();
        office.clock().advance(Duration.ofHours(4));
        eventually(() -> question().elements().size() == 2);
        office.presses(office.cy(), question(), "Still on");
        eventuallyAssert(() -> assertThat(question().elements()).isEmpty());
        assertThat(question().text()).contains("goes on");
        office.clock().advance(Duration.ofHours(3));
        office.atRest();
        assertThat(call.ended()).isFalse();
    }

    @Test
    void without_an_answer_it_ends_with_its_last_sign_of_life() {
        endsWithItsLastSignOfLife(call -> office.types(office.ana(), "/call rename Retro", office.general()));
    }

    @Test
    void an_invitation_is_a_sign_of_life() {
        endsWithItsLastSignOfLife(call -> office.types(office.ana(), "/call invite @bo", office.general()));
    }

    @Test
    void so_is_a_link_that_is_pasted() {
        endsWithItsLastSignOfLife(call -> {
            office.ana().posts(call.joinUrl(), office.random());
            eventually(() -> Office.cards(office.random()).size() == 1);
        });
    }

    private void endsWithItsLastSignOfLife(Consumer<Call> sign) {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        office.atRest();
        office.clock().advance(Duration.ofMinutes(50));
        sign.accept(call);
        long given = office.clock().instant().getEpochSecond();
        office.atRest();
        office.clock().advance(Duration.ofHours(4));
        eventually(() -> question().elements().size() == 2);
        assertThat(saidUntouchedSince(question())).isBetween(given - 5, given + 5);
        office.clock().advance(Duration.ofMinutes(15));
        eventually(call::ended);
        assertThat(call.duration().orElseThrow()).isBetween(50 * 60L, 50 * 60L + 30);
        eventuallyAssert(() -> assertThat(question().elements()).isEmpty());
    }

    @Test
    void it_does_not_end_before_somebody_could_be_asked() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        office.atRest();
        office.faults().on("chat.postMessage").always().failWith("service_unavailable");
        office.clock().advance(Duration.ofHours(4));
        eventually(() -> office.requests("chat.postMessage").size() >= 2);
        Instant later = office.clock().instant().plus(Duration.ofMinutes(40));
        eventually(() -> {
            office.clock().advance(Duration.ofSeconds(20));
            return office.clock().instant().isAfter(later);
        });
        office.faults().clear();
        office.clock().advance(Duration.ofMinutes(2));
        eventually(() -> question().elements().size() == 2);
        assertThat(call.ended()).isFalse();
        office.clock().advance(Duration.ofMinutes(16));
        eventually(call::ended);
    }

    @Test
    void it_does_not_end_while_slack_can_t_tell_us_of_an_answer() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        office.atRest();
        office.clock().advance(Duration.ofHours(4));
        eventually(() -> question().elements().size() == 2);
        office.atRest();
        office.faults().on(Faults.WEBSOCKET).always().http(503);
        office.slack().connections().drop();
        eventually(() -> !office.bot().connected());
        office.clock().advance(Duration.ofMinutes(20));
        long later = office.clock().instant().plus(Duration.ofMinutes(10)).toEpochMilli();
        eventually(() -> office.count("select count(*) from watches where due_at > " + later) == 1);
        assertThat(call.ended()).isFalse();
        office.faults().clear();
        eventually(() -> office.bot().connected());
        office.clock().advance(Duration.ofMinutes(16));
        eventually(call::ended);
    }

    @Test
    void it_can_be_ended_by_the_question() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        office.atRest();
        office.clock().advance(Duration.ofHours(4));
        eventually(() -> question().elements().size() == 2);
        office.presses(office.ana(), question(), "It is over");
        eventually(call::ended);
    }

    @Test
    void somebody_who_has_no_part_in_it_can_t_end_it_by_the_question() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        office.atRest();
        office.clock().advance(Duration.ofHours(4));
        eventually(() -> question().elements().size() == 2);
        office.presses(office.cy(), question(), "It is over");
        eventually(() -> Office.words(office.cy(), office.general()).stream()
                .anyMatch(word -> word.text().startsWith("Only ")));
        assertThat(call.ended()).isFalse();
        assertThat(question().elements()).hasSize(2);
    }

    @Test
    void where_the_bot_may_not_speak_whoever_started_it_is_asked() {
        office.startCall(office.ana(), "/call Standup", office.secret());
        office.atRest();
        office.clock().advance(Duration.ofHours(4));
        eventually(() -> office.told(office.ana()).stream()
                .anyMatch(message -> message.text().contains("still on")));
    }

    /** The moment that the question names, in seconds. */
    private static long saidUntouchedSince(PostedMessage question) {
        return Long.parseLong(question.text().replaceAll("(?s).*<!date\\^([0-9]+)\\^.*", "$1"));
    }

    private PostedMessage card() {
        return Office.cards(office.general()).get(0);
    }

    private PostedMessage question() {
        eventually(() -> Office.said(office.general()).size() >= 2);
        return Office.said(office.general()).get(1);
    }

    private List<PostedMessage> thread() {
        return office.general().messages().stream()
                .filter(message -> message.threadTs().equals(java.util.Optional.of(card().ts())))
                .toList();
    }
}
