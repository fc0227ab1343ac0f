package dev.switchboard;

import static dev.switchboard.Office.cards;
import static dev.switchboard.Office.eventually;
import static dev.switchboard.Office.lists;
import static dev.switchboard.Office.words;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands where several Calls are live: the question which one is meant, and its buttons. */
@Timeout(60)
class SeveralLiveCallsTest {
    @RegisterExtension
    private final Office office = new Office();

    @Test
    void it_asks_which_and_the_button_does_it() {
        Call sync = office.startCall(office.ana(), "/call Sync", office.general());
        Call retro = office.startCall(office.ana(), "/call Retro", office.general());
        PostedMessage question =
                office.asks(office.ana(), "/call end", office.general()).orElseThrow();
        office.presses(office.ana(), question, buttonOf(question, retro));
        eventually(retro::ended);
        eventually(() -> office.now(question).text().contains("Ended"));
        office.atRest();

        assertThat(question.text()).contains("Which one do you want to end");
        assertThat(office.now(question).elements()).isEmpty();
        assertThat(office.now(question).onlyFor()).contains(office.ana().id());
        assertThat(sync.ended()).isFalse();
    }

    @Test
    void a_rename_reaches_the_chosen_one() {
        Call sync = office.startCall(office.ana(), "/call Sync", office.general());
        office.startCall(office.ana(), "/call Retro", office.general());
        choose(office.bo(), "/call rename Weekly | sync", sync);

        eventually(() -> sync.title().equals(Optional.of("Weekly | sync")));
    }

    @Test
    void an_invitation_reaches_the_chosen_one() {
        office.startCall(office.ana(), "/call Sync", office.general());
        Call retro = office.startCall(office.ana(), "/call Retro", office.general());
        choose(office.ana(), "/call invite @bo @cy", retro);

        eventually(() -> lists(retro, office.bo()) && lists(retro, office.cy()));
        office.atRest();
        assertThat(office.rings(office.bo())).hasSize(1);
    }

    @Test
    void info_is_told_of_the_chosen_one() {
        office.startCall(office.ana(), "/call Sync", office.general());
        Call retro = office.startCall(office.ana(), "/call Retro", office.general());
        PostedMessage question = choose(office.bo(), "/call info", retro);

        eventually(() -> office.now(question).text().contains(retro.joinUrl()));
    }

    @Test
    void the_right_to_end_is_asked_for_at_the_button_too() {
        office.startCall(office.ana(), "/call Sync", office.general());
        Call retro = office.startCall(office.ana(), "/call Retro", office.general());
        PostedMessage question = choose(office.cy(), "/call end", retro);

        eventually(() -> office.now(question).text().contains("Only <@"));
        assertThat(retro.ended()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/call end", "/call info", "/call rename Weekly", "/call invite @bo"})
    void a_call_that_ended_meanwhile_is_said_to_be_over(String command) {
        office.startCall(office.ana(), "/call Sync", office.general());
        Call retro = office.startCall(office.ana(), "/call Retro", office.general());
        PostedMessage question =
                office.asks(office.ana(), command, office.general()).orElseThrow();
        choose(office.ana(), "/call end", retro);
        eventually(retro::ended);
        office.presses(office.ana(), question, buttonOf(question, retro));

        eventually(() -> office.now(question).text().contains("has already ended"));
    }

    @Test
    void more_than_a_message_can_show_are_still_answered() {
        shareRooms(office.random(), 60);

        assertThat(office.answer(office.ana(), "/call", office.random())).contains("live");
        assertThat(office.answer(office.ana(), "/call info", office.random())).isNotEmpty();
        assertThat(office.slack().violations()).isEmpty();
    }

    @Test
    void of_more_than_twenty_the_newest_are_offered() {
        for (int rooms = 1; rooms <= 25; rooms++) {
            office.ana().posts("https://meet.example.com/room-" + rooms, office.random());
            int shown = rooms;
            eventually(() -> cards(office.random()).size() == shown);
        }
        List<Call> calls = office.acme().calls();
        PostedMessage question =
                office.asks(office.ana(), "/call info", office.random()).orElseThrow();

        assertThat(question.elements().stream().map(SeveralLiveCallsTest::callOf))
                .containsExactlyInAnyOrderElementsOf(calls.subList(5, 25).stream()
                        .map(Call::externalUniqueId)
                        .toList());
    }

    private static String callOf(JsonObject button) {
        return button.get("value").getAsString().split("\\|", 2)[0];
    }

    @Test
    void more_people_than_a_button_can_name_are_not_invited_at_once() {
        office.startCall(office.ana(), "/call Sync", office.general());
        office.startCall(office.ana(), "/call Retro", office.general());

        assertThat(office.answer(office.ana(), "/call invite " + hired(250), office.general()))
                .contains("Name fewer");
        assertThat(office.slack().violations()).isEmpty();
    }

    @Test
    void of_many_people_twenty_are_named() {
        Call call = office.startCall(office.ana(), "/call " + hired(25) + " Sync", office.general());
        eventually(() -> call.activeParticipants().size() == 25);
        String info = office.answer(office.ana(), "/call info", office.general());

        assertThat(info).contains(" and 5 more");
        assertThat(info.lines().filter(line -> line.startsWith("On the Call: ")))
                .singleElement()
                .satisfies(line -> assertThat(line.split("<@", -1)).hasSize(21));
    }

    /** Mentions of as many new people. */
    private String hired(int people) {
        return IntStream.range(0, people)
                .mapToObj(i ->
                        "@" + office.acme().hire("temp" + i, Person.Role.MEMBER).name())
                .collect(Collectors.joining(" "));
    }

    private void shareRooms(Conversation where, int rooms) {
        for (int i = 0; i < rooms; i++) {
            office.ana().posts("https://meet.example.com/room-" + i, where);
        }
        eventually(() -> cards(where).size() == rooms);
    }

    private PostedMessage choose(Person person, String command, Call call) {
        PostedMessage question = office.asks(person, command, office.general()).orElseThrow();
        office.presses(person, question, buttonOf(question, call));
        return question;
    }

    /** The value of the button that stands beside the Call's name. */
    private static String buttonOf(PostedMessage question, Call call) {
        return question.elements().stream()
                .filter(element -> element.get("value").getAsString().startsWith(call.externalUniqueId()))
                .map(element -> element.get("value").getAsString())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void questions_are_for_the_person_alone() {
        office.startCall(office.ana(), "/call Sync", office.general());
        office.startCall(office.ana(), "/call Retro", office.general());
        office.types(office.ana(), "/call end", office.general());

        assertThat(words(office.ana(), office.general())).hasSize(1);
        assertThat(words(office.bo(), office.general())).isEmpty();
    }
}
