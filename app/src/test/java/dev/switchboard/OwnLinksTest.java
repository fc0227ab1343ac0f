package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static dev.switchboard.Office.eventuallyAssert;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.switchboard.sandbox.meeting.BigBlueButtonServer;
import dev.switchboard.sandbox.meeting.MeetingSession;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On BigBlueButton each person joins by a link of their own, and is on the card as themselves. */
class OwnLinksTest {
    @RegisterExtension
    final Office office = new Office().withBigBlueButton().with("SWITCHBOARD_EMPTY_GRACE", "2s");

    @Test
    void the_room_is_there_before_anybody_is_sent_to_it() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        assertThat(server().journal().requests("/create")).hasSize(1);
        MeetingSession guest = server().follow(URI.create(call.joinUrl()));
        assertThat(guest.id()).isNotBlank();
    }

    @Test
    void the_card_has_a_button_without_a_link_and_the_answer_is_for_one_pair_of_eyes() {
        office.startCall(office.ana(), "/call Standup", office.general());
        assertThat(card(office.general()).elements()).singleElement().satisfies(button -> {
            assertThat(button.get("action_id").getAsString()).isEqualTo("join_as_me");
            assertThat(button.has("url")).isFalse();
        });
        URI link = ownLink(office.bo(), office.general());
        assertThat(link.getRawQuery()).contains("userID=" + office.bo().id(), "role=VIEWER");
        assertThat(ownLink(office.ana(), office.general()).getRawQuery()).contains("role=MODERATOR");
        assertThat(Office.cards(office.general())).hasSize(1);
        assertThat(card(office.general()).elements()).hasSize(1);
    }

    @Test
    void whoever_follows_their_own_link_is_on_the_card_as_themselves() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        MeetingSession bo = server().follow(ownLink(office.bo(), office.general()));
        server().follow(ownLink(office.bo(), office.general()));
        eventually(() -> Office.lists(call, office.bo()));
        assertThat(call.activeParticipants()).hasSize(1);
        bo.leave();
        office.atRest();
        assertThat(Office.lists(call, office.bo())).isTrue();
    }

    @Test
    void people_whom_slack_does_not_know_are_there_by_name_and_stop_nobody_else() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        Person ex = office.acme().person("ex");
        server().join(meetingId(call), ex.displayName(), ex.id());
        server().join(meetingId(call), "From elsewhere", "U0ELSEWHERE1");
        server().follow(ownLink(office.bo(), office.general()));
        eventually(() -> call.activeParticipants().size() == 3);
        assertThat(Office.lists(call, office.bo())).isTrue();
        assertThat(Office.lists(call, ex)).isTrue(); // Slack knows the id of somebody who is deactivated
        assertThat(call.activeParticipants().stream().flatMap(p -> p.displayName().stream()))
                .containsExactly("From elsewhere");
        assertThat(Office.words(office.ana(), office.general())).isEmpty();
    }

    @Test
    void where_the_bot_may_not_post_the_button_works_too_and_goes_when_the_call_is_over() {
        Call call = office.startCall(office.ana(), "/call Standup", office.secret());
        assertThat(ownLink(office.bo(), office.secret()).toString())
                .contains("userID=" + office.bo().id());
        office.types(office.ana(), "/call end", office.secret());
        eventually(call::ended);
        office.presses(office.bo(), card(office.secret()), "Join as me");
        eventuallyAssert(() -> assertThat(card(office.secret()).elements()).isEmpty());
    }

    @Test
    void a_call_ended_by_hand_closes_the_room_for_all() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        URI bo = ownLink(office.bo(), office.general());
        server().follow(bo);
        eventually(() -> Office.lists(call, office.bo()));
        assertThat(office.answer(office.ana(), "/call end", office.general()))
                .isNotEmpty()
                .doesNotContain("stays open");
        eventually(() -> !server().journal().requests("/end").isEmpty());
        eventually(call::ended);
        office.clock().advance(Duration.ofSeconds(5));
        office.atRest();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> server().follow(bo))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_server_that_is_down_holds_the_card_back_and_the_creator_is_told() {
        server().down(true);
        office.types(office.ana(), "/call Standup", office.general());
        eventually(() -> !server().journal().requests("/create").isEmpty());
        office.clock().advance(Duration.ofSeconds(10));
        eventually(() -> Office.words(office.ana(), office.general()).stream()
                .anyMatch(word -> word.text().contains("has not opened a room")));
        assertThat(Office.cards(office.general())).isEmpty();
        server().down(false);
        office.clock().advance(Duration.ofMinutes(1));
        eventually(() -> Office.cards(office.general()).size() == 1);
    }

    @Test
    void a_link_asked_for_while_the_server_is_down_is_answered_in_words() {
        office.startCall(office.ana(), "/call Standup", office.general());
        server().down(true);
        office.presses(office.bo(), card(office.general()), "Join as me");
        eventually(() -> Office.words(office.bo(), office.general()).stream()
                .anyMatch(word -> word.text().contains("at the moment")));
    }

    @Test
    void a_room_of_ours_that_comes_alive_again_is_ours_still() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        URI link = ownLink(office.bo(), office.general());
        MeetingSession bo = server().follow(link);
        eventually(() -> Office.lists(call, office.bo()));
        bo.leave();
        eventually(() -> {
            office.clock().advance(Duration.ofMillis(100));
            return call.ended();
        });
        server().follow(link);
        eventually(() -> {
            office.clock().advance(Duration.ofMillis(100));
            return Office.cards(office.general()).size() == 2;
        });
        assertThat(ownLink(office.ana(), office.general()).getRawQuery()).contains("role=MODERATOR");
        office.types(office.ana(), "/call end", office.general());
        eventually(() -> !server().journal().requests("/end").isEmpty());
    }

    @Test
    void a_room_of_ours_that_is_pasted_later_is_opened_again() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        office.types(office.ana(), "/call end", office.general());
        eventually(() -> {
            office.clock().advance(Duration.ofMillis(100));
            return office.count("select count(*) from watches where vacated") == 1;
        });
        Call next = office.startCall(office.bo(), "/call " + call.joinUrl(), office.general());
        assertThat(server().follow(URI.create(next.joinUrl())).id()).isNotBlank();
        assertThat(ownLink(office.bo(), office.general()).getRawQuery()).contains("role=MODERATOR");
    }

    @Test
    void a_recording_comes_into_the_thread_once_it_is_ready() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        MeetingSession bo = server().follow(ownLink(office.bo(), office.general()));
        eventually(() -> Office.lists(call, office.bo()));
        office.clock().advance(Duration.ofSeconds(90));
        eventuallyAssert(() -> assertThat(server().journal().requests()).isNotEmpty());
        office.atRest();
        bo.leave();
        office.types(office.ana(), "/call end", office.general());
        eventually(call::ended);
        server().addRecording(meetingId(call), "https://bbb.example.com/playback/1", Duration.ofMinutes(1));
        eventually(() -> said(office.general()).stream().anyMatch(text -> text.contains("playback/1")));
        looks();
        assertThat(said(office.general()).stream().filter(text -> text.contains("playback/1")))
                .hasSize(1);
    }

    @Test
    void a_recording_of_what_was_held_in_the_room_before_is_not_told() {
        Call first = office.startCall(office.ana(), "/call Standup", office.general());
        server().follow(ownLink(office.bo(), office.general()));
        eventually(() -> Office.lists(first, office.bo()));
        server().addRecording(meetingId(first), "https://bbb.example.com/playback/1", Duration.ofMinutes(1));
        office.types(office.ana(), "/call end", office.general());
        eventually(() -> said(office.general()).stream().anyMatch(text -> text.contains("playback/1")));

        office.clock().advance(Duration.ofHours(3));
        Call second = office.startCall(office.ana(), "/call " + first.joinUrl(), office.general());
        server().follow(ownLink(office.bo(), office.general()));
        eventually(() -> Office.lists(second, office.bo()));
        office.types(office.ana(), "/call end", office.general());
        eventually(second::ended);
        int asked = server().journal().requests("/getRecordings").size();
        eventually(() -> {
            office.clock().advance(Duration.ofSeconds(1));
            return server().journal().requests("/getRecordings").size() > asked + 2;
        });
        office.atRest();
        assertThat(said(office.general()).stream().filter(text -> text.contains("playback/1")))
                .hasSize(1);

        server().addRecording(meetingId(second), "https://bbb.example.com/playback/2", Duration.ofMinutes(1));
        eventually(() -> {
            office.clock().advance(Duration.ofSeconds(1));
            return said(office.general()).stream().anyMatch(text -> text.contains("playback/2"));
        });
        looks();
        office.atRest();
        assertThat(Office.said(office.general()).stream()
                        .filter(message -> message.text().contains("playback/2")))
                .singleElement()
                .satisfies(message -> assertThat(message.threadTs())
                        .contains(card(office.general()).ts()));
    }

    @Test
    void a_pasted_greenlight_room_is_a_call_with_the_people_in_it() {
        server().joinGreenlight("abc-def-ghi-jkl", "Zoë & <Co>");
        Call call = pastedGreenlight();
        eventually(() -> lists(call, "Zoë & <Co>"));
    }

    @Test
    void a_pasted_room_is_not_ours_to_close() {
        server().joinGreenlight("abc-def-ghi-jkl", "Zoë");
        Call call = pastedGreenlight();
        eventually(() -> lists(call, "Zoë"));
        assertThat(office.answer(office.ana(), "/call end", office.random())).contains("stays open");
        eventually(call::ended);
        office.atRest();
        assertThat(server().journal().requests("/end")).isEmpty();
    }

    @Test
    void a_pasted_room_that_comes_alive_again_is_not_ours_to_close_either() {
        MeetingSession zoe = server().joinGreenlight("abc-def-ghi-jkl", "Zoë");
        Call call = pastedGreenlight();
        eventually(() -> lists(call, "Zoë"));
        zoe.leave();
        eventually(() -> {
            office.clock().advance(Duration.ofMillis(100));
            return call.ended();
        });
        server().joinGreenlight("abc-def-ghi-jkl", "Zoë");
        eventually(() -> {
            office.clock().advance(Duration.ofMillis(100));
            return Office.cards(office.random()).size() == 2;
        });
        Call next = office.callIn(office.random());
        office.types(office.ana(), "/call end", office.random());
        eventually(next::ended);
        office.atRest();
        assertThat(server().journal().requests("/end")).isEmpty();
    }

    /** The Call of a room of Greenlight's whose link Ana pastes. */
    private Call pastedGreenlight() {
        office.ana().posts("here: " + server().greenlightUrl() + "/rooms/abc-def-ghi-jkl/join", office.random());
        return office.callIn(office.random());
    }

    private static boolean lists(Call call, String name) {
        return call.activeParticipants().stream().anyMatch(p -> p.displayName().equals(Optional.of(name)));
    }

    @Test
    void a_pasted_link_that_slack_escaped_is_read_as_it_was_signed() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        office.types(office.ana(), "/call end", office.general());
        eventually(call::ended);
        JsonObject link = new JsonObject();
        link.addProperty("url", call.joinUrl().replace("&", "&amp;"));
        link.addProperty("domain", "127.0.0.1");
        JsonArray links = new JsonArray();
        links.add(link);
        JsonObject event = new JsonObject();
        event.addProperty("type", "link_shared");
        event.addProperty("channel", office.general().id());
        event.addProperty("user", office.bo().id());
        event.addProperty("message_ts", "1700000000.000100");
        event.add("links", links);
        office.slack().sendEnvelope("events_api", Payloads.event(office.acme(), "Ev0ESCAPED", event));
        eventually(() -> office.acme().calls().size() == 2);
    }

    @Test
    void no_secret_gets_into_the_log() {
        try (LogLines log = LogLines.listen()) {
            office.startCall(office.ana(), "/call Standup", office.general());
            ownLink(office.bo(), office.general());
            server().down(true);
            office.presses(office.bo(), card(office.general()), "Join as me");
            eventually(() -> log.lines().stream().anyMatch(line -> line.contains("no own link")));
            assertThat(log.lines()).noneMatch(line -> line.contains("checksum=") || line.contains(server().secret()));
        }
    }

    private BigBlueButtonServer server() {
        return office.bigBlueButton();
    }

    private static PostedMessage card(Conversation where) {
        List<PostedMessage> cards = Office.cards(where);
        return cards.get(cards.size() - 1);
    }

    private static List<String> said(Conversation where) {
        return Office.said(where).stream().map(PostedMessage::text).toList();
    }

    /** Presses the button, and waits for the link that only that person sees. */
    private URI ownLink(Person person, Conversation where) {
        int before = Office.words(person, where).size();
        office.presses(person, card(where), "Join as me");
        eventually(() -> Office.words(person, where).size() > before);
        List<PostedMessage> words = Office.words(person, where);
        JsonObject button = words.get(words.size() - 1).elements().get(0);
        return URI.create(button.get("url").getAsString());
    }

    private static String meetingId(Call call) {
        return URI.create(call.joinUrl())
                .getQuery()
                .lines()
                .flatMap(query -> List.of(query.split("&")).stream())
                .filter(pair -> pair.startsWith("meetingID="))
                .map(pair -> pair.substring("meetingID=".length()))
                .findFirst()
                .orElseThrow();
    }

    private void looks() {
        int before = server().journal().count();
        eventually(() -> {
            office.clock().advance(Duration.ofMillis(50));
            return server().journal().count() >= before + 6;
        });
    }
}
