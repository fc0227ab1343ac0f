package dev.switchboard;

import static dev.switchboard.Office.cards;
import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Faults;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Slack's Call icon: the person is taken into the room, and the conversation gets the card. */
@Timeout(60)
class CallIconTest {
    @Nested
    class Without_a_desktop_app {
        @RegisterExtension
        private final Office office = new Office();

        @ParameterizedTest
        @CsvSource({"video, call", "audio, audio"})
        void the_room_opens_and_the_card_comes(String type, String answerType) {
            press(office, office.general(), type);
            Call call = office.callIn(office.general());
            office.atRest();

            JsonObject answer = answer(office);
            assertThat(answer.get("response_type").getAsString()).isEqualTo(answerType);
            assertThat(answer.get("call_initiation_url").getAsString()).isEqualTo(call.joinUrl());
            assertThat(answer.has("desktop_protocol_call_initiation_url")).isFalse();
            assertThat(office.ana().opened()).containsExactly(call.joinUrl());
            assertThat(cards(office.general())).hasSize(1);
            assertThat(call.createdBy()).isEqualTo(office.ana().id());
        }

        @ParameterizedTest
        @ValueSource(strings = {"secret", "ana-bo", "ana-bo-cy", "random"})
        void it_works_in_every_kind_of_conversation(String name) {
            Conversation where = office.acme().conversation(name);
            press(office, where, "video");
            eventually(() -> cards(where).size() == 1);

            assertThat(office.ana().opened()).hasSize(1);
        }

        @Test
        void the_room_opens_before_slack_has_registered_the_call() {
            var gate = office.faults().on("calls.add").holdBeforeEffect();
            press(office, office.general(), "video");
            eventually(() -> !office.ana().opened().isEmpty());

            assertThat(cards(office.general())).isEmpty();
            gate.open();
            eventually(() -> cards(office.general()).size() == 1);
        }

        @Test
        void delivered_twice_it_makes_one_call() {
            Attempt attempt = press(office, office.general(), "video");
            attempt.redeliver();
            eventually(() -> cards(office.general()).size() == 1);
            office.atRest();

            assertThat(office.acme().calls()).hasSize(1);
            assertThat(office.ana().opened()).hasSize(1);
        }

        @Test
        void a_call_that_is_live_does_not_keep_it_from_starting_another() {
            office.startCall(office.ana(), "/call Sync", office.general());
            press(office, office.general(), "video");
            eventually(() -> cards(office.general()).size() == 2);
        }

        @Test
        void the_commands_work_on_it() {
            press(office, office.general(), "video");
            Call call = office.callIn(office.general());
            office.types(office.ana(), "/call rename Sync", office.general());
            eventually(() -> call.title().filter("Sync"::equals).isPresent());
            office.types(office.ana(), "/call end", office.general());

            eventually(call::ended);
        }

        @Test
        void when_the_answer_is_refused_the_card_comes_all_the_same() {
            office.faults().on(Faults.RESPONSE_URL).http(404);
            press(office, office.general(), "video");
            eventually(() -> cards(office.general()).size() == 1);
            office.atRest();

            assertThat(office.ana().opened()).isEmpty();
        }

        @Test
        void an_answer_nobody_waits_for_any_more_is_not_sent() {
            office.faults().on(Faults.RESPONSE_URL).rateLimit(Duration.ofSeconds(1));
            press(office, office.general(), "video");
            eventually(() -> cards(office.general()).size() == 1);
            office.clock().advance(Duration.ofMinutes(5));
            office.atRest();

            assertThat(office.ana().opened()).isEmpty();
        }
    }

    @Nested
    class With_a_desktop_app {
        @RegisterExtension
        private final Office office = new Office().with("SWITCHBOARD_DESKTOP_URL", "meetapp://join/{room}");

        @ParameterizedTest
        @CsvSource({"video, call", "audio, audio"})
        void slack_is_told_how_to_open_it(String type, String answerType) {
            press(office, office.general(), type);
            Call call = office.callIn(office.general());
            office.atRest();

            String room = call.joinUrl().substring("https://meet.example.com/".length());
            JsonObject answer = answer(office);
            assertThat(answer.get("response_type").getAsString()).isEqualTo(answerType);
            assertThat(answer.get("call_initiation_url").getAsString()).isEqualTo(call.joinUrl());
            assertThat(answer.get("desktop_protocol_call_initiation_url").getAsString())
                    .isEqualTo("meetapp://join/" + room);
            assertThat(call.desktopAppJoinUrl()).contains("meetapp://join/" + room);
        }

        @Test
        void a_command_s_card_has_it_too() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());

            assertThat(call.desktopAppJoinUrl())
                    .hasValueSatisfying(url -> assertThat(url).startsWith("meetapp://join/sync-"));
        }
    }

    private static Attempt press(Office office, Conversation where, String type) {
        Attempt attempt = office.ana().startsFromCallIcon(where, type);
        eventually(attempt::acknowledged);
        return attempt;
    }

    /** The answer to the icon; the first thing that goes to the response_url. */
    private static JsonObject answer(Office office) {
        String body = office.requests(Faults.RESPONSE_URL).get(0).arguments().get("body");
        return JsonParser.parseString(String.valueOf(body)).getAsJsonObject();
    }
}
