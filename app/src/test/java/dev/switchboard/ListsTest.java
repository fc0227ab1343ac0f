package dev.switchboard;

import static dev.switchboard.Office.cards;
import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Person;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /call list} and {@code /call history}: who sees which Calls. */
@Timeout(60)
class ListsTest {
    @RegisterExtension
    private final Office office = new Office();

    @Test
    void an_empty_list_says_what_to_do() {
        assertThat(office.answer(office.ana(), "/call list", office.general())).contains("No Call is live", "/call");
    }

    @Test
    void an_empty_history_says_so() {
        assertThat(office.answer(office.ana(), "/call history", office.general()))
                .contains("No Call has ended");
    }

    @Test
    void the_calls_of_public_channels_are_for_everybody() {
        Call call = office.startCall(office.ana(), "/call Sync", office.general());
        office.atRest();

        assertThat(office.answer(office.cy(), "/call list", office.random()))
                .contains(
                        "Sync",
                        "<#" + office.general().id() + ">",
                        "<@" + office.ana().id() + ">",
                        call.joinUrl());
    }

    /** Slack shows guests no channel but those they were added to. */
    @Test
    void but_for_guests_who_see_what_they_were_asked_to_and_what_is_where_they_are() {
        Person gus = office.acme().person("gus");
        Conversation there = office.acme().botMessagesOf(gus);
        Call ended = office.startCall(office.ana(), "/call Layoffs", office.general());
        office.types(office.ana(), "/call end", office.general());
        eventually(ended::ended);
        office.startCall(office.ana(), "/call Salaries", office.general());
        office.startCall(office.ana(), "/call @gus Onboarding", office.random());
        office.atRest();

        assertThat(office.answer(gus, "/call list", there))
                .contains("Onboarding")
                .doesNotContain("Salaries");
        assertThat(office.answer(gus, "/call history", there)).doesNotContain("Layoffs");
        assertThat(office.answer(office.cy(), "/call history", office.random())).contains("Layoffs");
        assertThat(office.answer(office.cy(), "/call list", office.random())).contains("Salaries", "Onboarding");
    }

    @Test
    void whom_slack_does_not_tell_about_sees_what_a_guest_would_and_is_told_that_there_may_be_more() {
        office.startCall(office.ana(), "/call Sync", office.general());
        office.atRest();
        office.faults().on("users.info").http(503);

        assertThat(office.answer(office.cy(), "/call list", office.random()))
                .contains("did not tell")
                .doesNotContain("Sync");
        assertThat(office.answer(office.cy(), "/call list", office.random())).contains("Sync");
    }

    @Test
    void an_ended_call_goes_from_the_list_to_the_history_with_its_length() {
        Call call = office.startCall(office.ana(), "/call Sync", office.general());
        office.clock().advance(Duration.ofMinutes(25));
        office.types(office.ana(), "/call end", office.general());
        eventually(call::ended);
        office.startCall(office.ana(), "/call Retro", office.general());

        assertThat(office.answer(office.cy(), "/call list", office.random()))
                .contains("Retro")
                .doesNotContain("Sync");
        assertThat(office.answer(office.cy(), "/call history", office.random()))
                .contains("Sync", "lasted 25 min")
                .doesNotContain("Retro");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "project", "ana-bo", "ana-bo-cy"})
    void the_calls_of_private_conversations_are_hidden_from_outsiders(String name) {
        Conversation where = office.acme().conversation(name);
        office.types(office.ana(), "/call Hush", where);
        assertThat(office.answer(office.dee(), "/call list", office.general()))
                .as("at once")
                .doesNotContain("Hush");
        office.atRest();
        assertThat(office.answer(office.dee(), "/call list", office.general()))
                .as("later")
                .doesNotContain("Hush");
        office.types(office.ana(), "/call end", where);
        office.atRest();

        assertThat(office.answer(office.dee(), "/call history", office.general()))
                .doesNotContain("Hush");
    }

    @Test
    void members_see_a_private_call_from_inside() {
        office.startCall(office.ana(), "/call Hush", office.secret());

        assertThat(office.answer(office.bo(), "/call list", office.secret())).contains("Hush");
    }

    @Test
    void its_creator_and_those_invited_see_a_private_call_from_anywhere() {
        office.startCall(office.ana(), "/call @bo Hush", office.secret());
        office.atRest();

        assertThat(office.answer(office.ana(), "/call list", office.general())).contains("Hush");
        assertThat(office.answer(office.bo(), "/call list", office.general())).contains("Hush");
        assertThat(office.answer(office.cy(), "/call list", office.general())).doesNotContain("Hush");
    }

    @Test
    void a_room_whose_link_was_pasted_in_private_is_hidden_from_outsiders() {
        office.ana().posts("https://meet.example.com/hush-room", office.secret());
        eventually(() -> !cards(office.secret()).isEmpty());
        office.atRest();

        assertThat(office.answer(office.cy(), "/call list", office.general())).contains("No Call is live");
    }

    @Test
    void a_room_whose_link_was_pasted_in_public_is_for_everybody() {
        Call call = linked("https://meet.example.com/open-room");

        assertThat(office.answer(office.cy(), "/call list", office.general())).contains(call.joinUrl());
    }

    private Call linked(String link) {
        office.ana().posts(link, office.random());
        Call call = office.callIn(office.random());
        office.atRest();
        return call;
    }

    @Test
    void a_private_channel_stays_hidden_when_slack_can_not_be_asked() {
        office.faults().on("conversations.info").always().failWith("missing_scope");
        office.startCall(office.ana(), "/call Hush", office.acme().conversation("project"));
        office.atRest();

        assertThat(office.answer(office.dee(), "/call list", office.general())).doesNotContain("Hush");
    }

    @Test
    void a_long_list_begins_with_what_is_here_or_one_s_own_and_says_that_there_is_more() {
        office.types(office.ana(), "/call Own", office.secret());
        office.types(office.bo(), "/call Here", office.general());
        for (int i = 0; i < 20; i++) {
            office.types(office.bo(), "/call Elsewhere " + i + ".", office.random());
        }
        List<String> list = office.answer(office.ana(), "/call list", office.general())
                .lines()
                .toList();

        assertThat(list).hasSize(21);
        assertThat(list.subList(0, 2)).anyMatch(line -> line.contains("Own")).anyMatch(line -> line.contains("Here"));
        assertThat(list.get(2)).contains("Elsewhere 19.");
        assertThat(list.get(20)).startsWith("and more");
        assertThat(list).noneMatch(line -> line.contains("Elsewhere 1."));
        office.atRest();
    }

    @Test
    void a_list_that_just_fits_promises_no_more() {
        for (int i = 0; i < 20; i++) {
            office.types(office.ana(), "/call Sync number " + i, office.general());
        }
        assertThat(office.answer(office.ana(), "/call list", office.general()).lines())
                .hasSize(20)
                .allMatch(line -> line.startsWith("•"));
        office.atRest();
    }
}
