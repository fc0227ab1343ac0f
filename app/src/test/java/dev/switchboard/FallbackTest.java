package dev.switchboard;

import static dev.switchboard.Office.cards;
import static dev.switchboard.Office.eventually;
import static dev.switchboard.Office.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Faults;
import dev.switchboard.sandbox.slack.Gate;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the bot may not post, the command's response_url carries the card; where that fails too, people are told. */
@Timeout(90)
class FallbackTest {
    @RegisterExtension
    private final Office office = new Office();

    @AfterEach
    void no_call_block_is_ever_sent_in_an_ephemeral() {
        Stream<String> bodies = office.requests(Faults.RESPONSE_URL).stream()
                .map(request -> request.arguments().getOrDefault("body", ""));
        assertThat(bodies.filter(body -> body.contains("\"ephemeral\"")))
                .noneMatch(body -> body.contains("\"call_id\""));
        assertThat(office.requests("chat.postEphemeral"))
                .noneMatch(request ->
                        request.arguments().getOrDefault("blocks", "").contains("call_id"));
        assertThat(office.slack().violations()).isEmpty();
    }

    @Nested
    class The_card_comes_by_response_url {
        @ParameterizedTest
        @ValueSource(strings = {"secret", "ana-bo", "ana-bo-cy"})
        void in_private_conversations_without_the_bot(String name) {
            Conversation where = office.acme().conversation(name);
            Call call = office.startCall(office.ana(), "/call Sync", where);
            office.atRest();

            assertThat(cards(where)).hasSize(1);
            assertThat(cards(where).get(0).text()).contains("Sync", call.joinUrl());
            assertThat(office.requests(Faults.RESPONSE_URL)).hasSize(1);
            assertThat(words(office.ana(), where)).isEmpty();
        }

        @Test
        void in_a_public_channel_when_the_app_may_only_post_where_it_is_a_member() {
            office.acme().bot().withdraw("chat:write.public");
            office.startCall(office.ana(), "/call Sync", office.random());
            office.atRest();

            assertThat(cards(office.random())).hasSize(1);
            assertThat(office.requests("chat.postMessage").get(0).error()).contains("not_in_channel");
        }

        @Test
        void in_a_channel_that_was_archived_meanwhile() {
            Gate gate = office.faults().on("calls.add").holdBeforeEffect();
            office.types(office.ana(), "/call Sync", office.general());
            eventually(gate::reached);
            office.general().archive();
            gate.open();
            eventually(() -> cards(office.general()).size() == 1);
            office.atRest();

            assertThat(office.requests("chat.postMessage").get(0).error()).contains("is_archived");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "restricted_action",
                    "restricted_action_read_only_channel",
                    "msg_too_long",
                    "invalid_blocks",
                    "no_permission",
                    "channel_not_found"
                })
        void where_slack_forbids_the_message(String error) {
            office.faults().on("chat.postMessage").failWith(error);
            office.startCall(office.ana(), "/call Sync", office.general());
            office.atRest();

            assertThat(cards(office.general())).hasSize(1);
            assertThat(office.requests(Faults.RESPONSE_URL)).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"missing_scope", "token_revoked", "two_factor_setup_required", "the_moon_is_full"})
        void where_slack_refuses_the_message_for_longer_than_people_wait(String error) {
            office.faults().on("chat.postMessage").always().failWith(error);
            office.types(office.ana(), "/call Sync", office.general());
            eventually(() -> !office.requests("chat.postMessage").isEmpty());
            office.clock().advance(Duration.ofSeconds(40));
            eventually(() -> cards(office.general()).size() == 1);
            office.faults().clear();
            office.clock().advance(Duration.ofSeconds(40));
            office.atRest();

            assertThat(cards(office.general())).hasSize(1);
        }

        @Test
        void and_its_call_is_renamed_and_ended_all_the_same() {
            Call call = office.startCall(office.ana(), "/call Sync", office.secret());
            office.types(office.ana(), "/call rename Retro", office.secret());
            eventually(() -> call.title().filter("Retro"::equals).isPresent());
            office.types(office.ana(), "/call end", office.secret());

            eventually(call::ended);
        }

        @Test
        void where_the_command_was_typed_and_nowhere_else() {
            Gate gate = office.faults().on("calls.add").holdBeforeEffect();
            office.types(office.ana(), "/call https://meet.example.com/hush", office.secret());
            eventually(gate::reached);
            office.ana().posts("https://meet.example.com/hush", office.random());
            eventually(() -> office.slack().journal().envelopes("events_api").stream()
                    .allMatch(envelope -> envelope.acknowledged()));
            office.types(office.ana(), "/call invite @cy", office.random());
            gate.open();
            eventually(() -> !office.rings(office.cy()).isEmpty());
            office.atRest();

            assertThat(Office.said(office.random())).isEmpty();
            assertThat(cards(office.secret())).hasSize(1);
        }
    }

    @Nested
    class When_the_response_url_fails_too {
        @Test
        void because_it_has_expired_the_creator_is_told_and_given_the_link() {
            Gate gate = office.faults().on("calls.add").holdBeforeEffect();
            office.types(office.ana(), "/call Sync", office.secret());
            eventually(gate::reached);
            office.clock().advance(Duration.ofMinutes(31));
            gate.open();
            eventually(() -> !notices(office.ana(), office.secret()).isEmpty());
            office.atRest();

            assertThat(notices(office.ana(), office.secret()))
                    .singleElement()
                    .satisfies(notice -> assertThat(notice.text())
                            .contains("Sync", "could not be posted", theCall().joinUrl()));
            assertThat(cards(office.secret())).isEmpty();
        }

        @Test
        void because_it_is_used_up_the_creator_is_told_and_given_the_link() {
            office.faults().on(Faults.RESPONSE_URL).always().http(404);
            office.types(office.ana(), "/call Sync", office.secret());
            eventually(() -> !notices(office.ana(), office.secret()).isEmpty());
            office.atRest();

            assertThat(notices(office.ana(), office.secret()))
                    .singleElement()
                    .satisfies(notice ->
                            assertThat(notice.text()).contains(theCall().joinUrl()));
        }

        @Test
        void once_refused_the_creator_is_told_by_another_use_of_it() {
            office.faults().on(Faults.RESPONSE_URL).http(400);
            office.types(office.ana(), "/call Sync", office.secret());
            eventually(() -> !notices(office.ana(), office.secret()).isEmpty());
            office.atRest();

            assertThat(words(office.ana(), office.secret())).hasSize(1);
            assertThat(words(office.bo(), office.secret())).isEmpty();
            assertThat(office.told(office.ana())).isEmpty();
        }

        @Test
        void the_call_stays_live_and_can_be_ended() {
            office.faults().on(Faults.RESPONSE_URL).always().http(404);
            office.types(office.ana(), "/call Sync", office.secret());
            office.atRest();
            office.faults().clear();

            assertThat(office.answer(office.ana(), "/call end", office.secret()))
                    .contains("Ended");
            eventually(() -> theCall().ended());
        }

        private Call theCall() {
            return office.acme().calls().get(0);
        }
    }

    @Nested
    class When_slack_refuses_the_call {
        @ParameterizedTest
        @ValueSource(strings = {"not_authorized", "no_permission", "enterprise_is_restricted"})
        void the_creator_is_told_and_given_the_link(String error) {
            office.faults().on("calls.add").always().failWith(error);
            office.types(office.ana(), "/call @bo Sync", office.general());
            eventually(() -> !notices(office.ana(), office.general()).isEmpty());
            office.atRest();

            assertThat(notices(office.ana(), office.general()))
                    .singleElement()
                    .satisfies(notice ->
                            assertThat(notice.text()).contains("Sync", error, "https://meet.example.com/sync-"));
            assertThat(Office.said(office.general())).isEmpty();
            assertThat(office.told(office.bo())).isEmpty();
        }

        @Test
        void for_whoever_started_it_the_call_is_registered_without_them() {
            office.faults()
                    .on("calls.add")
                    .when(request -> request.containsKey("created_by"))
                    .always()
                    .failWith("invalid_created_by");
            Call call = office.startCall(office.ana(), "/call @bo Sync", office.general());
            eventually(() -> office.rings(office.bo()).size() == 1);
            office.atRest();

            assertThat(call.createdBy()).isEmpty();
            assertThat(Office.lists(call, office.bo())).isTrue();
            assertThat(notices(office.ana(), office.general())).isEmpty();
        }

        @Test
        void for_whoever_started_it_and_for_somebody_asked_in_there_is_a_card_all_the_same() {
            office.faults()
                    .on("calls.add")
                    .when(request -> request.containsKey("created_by"))
                    .always()
                    .failWith("invalid_created_by");
            office.faults()
                    .on("calls.add")
                    .when(request -> request.containsKey("users"))
                    .always()
                    .failWith("user_not_found");
            office.startCall(office.ana(), "/call @bo Sync", office.general());
            office.atRest();

            assertThat(cards(office.general())).hasSize(1);
        }

        @Test
        void it_can_still_be_ended() {
            office.faults().on("calls.add").always().failWith("not_authorized");
            office.types(office.ana(), "/call Sync", office.general());
            office.atRest();

            assertThat(office.answer(office.ana(), "/call end", office.general()))
                    .contains("Ended");
            office.atRest();
            assertThat(office.liveCalls()).isZero();
            assertThat(office.requests("calls.end")).isEmpty();
        }
    }

    /** What the bot says to this person alone: there, or in their direct messages. */
    private List<PostedMessage> notices(Person person, Conversation where) {
        return Stream.concat(words(person, where).stream(), office.told(person).stream())
                .filter(message -> message.callIds().isEmpty())
                .toList();
    }
}
