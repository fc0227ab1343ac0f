package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static dev.switchboard.Office.eventuallyAssert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.meeting.JitsiServer;
import dev.switchboard.sandbox.meeting.MeetingSession;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Participant;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The card tells who is in the room, as the meeting server sees it. */
class AttendanceTest {
    @RegisterExtension
    final Office office = new Office().withJitsi().with("SWITCHBOARD_EMPTY_GRACE", "1s");

    @Nested
    class WhoIsIn {
        @Test
        void somebody_whose_address_slack_knows_is_on_the_card_as_themselves() {
            Call call = start("/call Standup");
            join(call, office.bo());
            eventually(() -> Office.lists(call, office.bo()));
        }

        @Test
        void somebody_else_is_there_by_name() {
            Call call = start("/call Standup");
            office.jitsi().join(room(call), "Zoë O'Brien <!channel>", "");
            eventually(() -> names(call).equals(List.of("Zoë O'Brien <!channel>")));
            assertThat(call.activeParticipants().get(0).externalId()).isPresent();
        }

        @Test
        void without_the_scope_for_addresses_people_are_there_by_name_and_slack_is_asked_once_for_each() {
            office.faults().on("users.lookupByEmail").always().failWith("missing_scope");
            Call call = start("/call Standup");
            join(call, office.bo());
            join(call, office.cy());
            eventually(() -> call.activeParticipants().size() == 2);
            looks();
            looks();
            assertThat(office.requests("users.lookupByEmail")).hasSize(2);
            office.clock().advance(Duration.ofMinutes(11));
            looks();
            assertThat(office.requests("users.lookupByEmail")).hasSize(2);
        }

        @Test
        void whoever_leaves_is_taken_off_and_may_come_back() {
            Call call = start("/call Standup");
            join(call, office.ana());
            MeetingSession bo = join(call, office.bo());
            MeetingSession zoe = office.jitsi().join(room(call), "Zoë", "");
            eventually(() -> call.activeParticipants().size() == 3);

            bo.leave();
            zoe.leave();
            eventually(() -> people(call).equals(List.of(office.ana().id())));

            join(call, office.bo());
            office.jitsi().join(room(call), "Zoë", "");
            eventually(() -> call.activeParticipants().size() == 3);
            assertThat(call.allParticipants()).hasSize(3);
        }

        @Test
        void a_second_tab_and_a_reload_change_nothing() {
            Call call = start("/call Standup");
            join(call, office.ana());
            MeetingSession bo = join(call, office.bo());
            eventually(() -> call.activeParticipants().size() == 2);
            int requests = changes();

            MeetingSession second = join(call, office.bo());
            looks();
            bo.reload();
            looks();
            second.leave();
            looks();
            office.atRest();
            assertThat(changes()).isEqualTo(requests);
        }

        @Test
        void one_person_alone_may_reload() {
            Call call = start("/call Standup");
            MeetingSession ana = join(call, office.ana());
            eventually(() -> Office.lists(call, office.ana()));
            ana.reload();
            looks();
            assertThat(call.ended()).isFalse();
            assertThat(office.requests("calls.participants.remove")).isEmpty();
        }

        @Test
        void a_recorder_is_nobody() {
            Call call = start("/call Standup");
            join(call, office.ana());
            office.jitsi().recorder(room(call));
            eventually(() -> Office.lists(call, office.ana()));
            looks();
            assertThat(call.allParticipants()).hasSize(1);
        }

        @Test
        void a_join_button_from_before_this_server_was_asked_is_no_word_of_who_is_in() {
            Call call = start("/call Standup");
            office.slack()
                    .sendEnvelope(
                            "interactive",
                            Payloads.press(office.bo(), office.general(), "join_call", call.externalUniqueId()));
            office.atRest();
            assertThat(office.requests("calls.participants.add")).isEmpty();
        }

        @Test
        void people_invited_are_rung_and_listed_and_those_who_never_came_are_not_in_the_end() {
            Call call = start("/call @bo @cy Standup");
            eventually(() -> Office.lists(call, office.cy()));
            MeetingSession bo = join(call, office.bo());
            looks();
            bo.leave();
            eventually(call::ended);
            assertThat(Office.lists(call, office.cy())).isFalse();
            eventually(() -> summary().isPresent());
            assertThat(summary().orElseThrow())
                    .contains(office.bo().id())
                    .doesNotContain(office.cy().id());
        }

        @Test
        void somebody_who_has_left_the_company_is_a_stranger_with_a_name() {
            Call call = start("/call Standup");
            join(call, office.acme().person("ex"));
            join(call, office.acme().person("gus"));
            eventually(() -> call.activeParticipants().size() == 2);
            assertThat(people(call)).containsExactly(office.acme().person("gus").id());
            assertThat(names(call)).contains(office.acme().person("ex").displayName());
        }
    }

    @Nested
    class TheEnd {
        @Test
        void when_all_have_left_the_card_ends_with_the_time_they_were_in() {
            Call call = start("/call Standup");
            MeetingSession ana = join(call, office.ana());
            MeetingSession bo = join(call, office.bo());
            eventually(() -> call.activeParticipants().size() == 2);
            office.clock().advance(Duration.ofMinutes(42));
            looks();
            ana.leave();
            bo.leave();
            eventually(call::ended);
            assertThat(call.duration().orElseThrow()).isBetween(42 * 60L, 42 * 60L + 30);

            eventually(() -> summary().isPresent());
            assertThat(summary().orElseThrow())
                    .contains(
                            "lasted 42 min",
                            "2 people",
                            office.ana().id(),
                            office.bo().id());
            eventuallyAssert(() -> assertThat(card().elements()).isEmpty());
            assertThat(card().text()).contains("has ended");
        }

        @Test
        void a_room_that_stays_though_nobody_is_in_waits_for_the_grace() {
            Call call = start("/call Standup");
            MeetingSession ana = join(call, office.ana());
            eventually(() -> Office.lists(call, office.ana()));
            office.jitsi().hold(room(call)); // as breakout rooms do
            ana.leave();
            eventually(() -> !Office.lists(call, office.ana()));
            eventually(call::ended);
        }

        @Test
        void ended_by_hand_it_says_that_people_are_still_in_and_does_not_come_back_while_they_are() {
            Call call = start("/call Standup");
            join(call, office.ana());
            eventually(() -> Office.lists(call, office.ana()));
            assertThat(office.answer(office.ana(), "/call end", office.general()))
                    .contains("room stays open");
            eventually(call::ended);
            looks();
            looks();
            assertThat(office.acme().calls()).hasSize(1);
        }
    }

    @Nested
    class NobodyComes {
        @RegisterExtension
        final Office patientOffice = new Office().withJitsi().with("SWITCHBOARD_NO_SHOW_LIMIT", "1s");

        @Test
        void a_call_that_nobody_joins_ends_and_says_so() {
            Call call = patientOffice.startCall(patientOffice.ana(), "/call @bo Standup", patientOffice.general());
            eventually(call::ended);
            assertThat(call.duration()).hasValue(0);
            eventually(() -> Office.said(patientOffice.general()).stream()
                    .anyMatch(message -> message.text().contains("Nobody joined")));
        }
    }

    @Nested
    class TheServer {
        @Test
        void an_hour_without_it_ends_nothing_and_then_the_card_is_right_again() {
            Call call = start("/call Standup");
            MeetingSession ana = join(call, office.ana());
            join(call, office.bo());
            eventually(() -> call.activeParticipants().size() == 2);
            office.jitsi().down(true);
            int asked = office.jitsi().journal().count();
            for (int minutes = 0; minutes < 60; minutes += 10) {
                office.clock().advance(Duration.ofMinutes(10));
                int before = office.jitsi().journal().count();
                eventually(() -> office.jitsi().journal().count() > before);
            }
            assertThat(office.jitsi().journal().count()).isGreaterThan(asked);
            ana.leave();
            join(call, office.cy());
            assertThat(call.ended()).isFalse();
            assertThat(call.activeParticipants()).hasSize(2);

            office.jitsi().down(false);
            eventually(() ->
                    people(call).equals(List.of(office.bo().id(), office.cy().id())));
            assertThat(call.ended()).isFalse();
        }

        @Test
        void with_every_second_answer_broken_the_card_is_right_all_the_same() {
            office.jitsi().faults().every(2).badGateway();
            Call call = start("/call Standup");
            MeetingSession ana = join(call, office.ana());
            MeetingSession bo = join(call, office.bo());
            eventually(() -> call.activeParticipants().size() == 2);
            bo.leave();
            eventually(() -> people(call).equals(List.of(office.ana().id())));
            looks();
            assertThat(call.ended()).isFalse();
            ana.leave();
            eventually(call::ended);
        }

        @Test
        void what_happened_while_the_bot_was_down_is_seen_at_once_when_it_is_back() {
            Call call = start("/call Standup");
            MeetingSession ana = join(call, office.ana());
            join(call, office.bo());
            eventually(() -> call.activeParticipants().size() == 2);
            office.stop();
            ana.leave();
            join(call, office.cy());
            office.clock().advance(Duration.ofHours(1));
            office.start();
            eventually(() ->
                    people(call).equals(List.of(office.bo().id(), office.cy().id())));
            assertThat(call.ended()).isFalse();
        }

        @Test
        void a_room_that_went_while_the_bot_was_down_ends_its_call_with_the_time_that_was_seen() {
            Call call = start("/call Standup");
            MeetingSession ana = join(call, office.ana());
            eventually(() -> Office.lists(call, office.ana()));
            office.clock().advance(Duration.ofMinutes(10));
            looks();
            office.stop();
            ana.leave();
            office.clock().advance(Duration.ofHours(1));
            office.start();
            eventually(call::ended);
            assertThat(call.duration().orElseThrow()).isBetween(600L, 630L);
        }

        @Test
        void stopped_while_it_tells_the_end_it_tells_it_once_when_it_is_back() {
            Call call = start("/call Standup");
            MeetingSession ana = join(call, office.ana());
            eventually(() -> Office.lists(call, office.ana()));
            office.faults().on("calls.end").always().http(503);
            ana.leave();
            eventually(() -> !office.requests("calls.end").isEmpty());
            office.stop();
            office.faults().clear();
            office.clock().advance(Duration.ofMinutes(5));
            office.start();
            eventually(() -> summary().isPresent());
            office.atRest();
            assertThat(call.ended()).isTrue();
            assertThat(Office.cards(office.general())).hasSize(1);
            assertThat(office.general().messages().stream()
                            .filter(message -> message.threadTs().isPresent()))
                    .hasSize(1);
        }

        @Test
        void a_pasted_link_shows_who_is_in_already() {
            office.jitsi().join("retro", office.bo().displayName(), office.bo().email());
            office.ana().posts("come " + office.jitsi().address() + "/retro", office.random());
            Call call = office.callIn(office.random());
            eventually(() -> Office.lists(call, office.bo()));
        }
    }

    @Test
    void a_call_that_is_renamed_gives_its_room_the_new_title() {
        Call call = start("/call Standup");
        office.types(office.ana(), "/call rename Retro", office.general());
        eventually(() -> call.joinUrl().contains("config.subject=%22Retro%22"));
    }

    private Call start(String command) {
        return office.startCall(office.ana(), command, office.general());
    }

    private MeetingSession join(Call call, Person person) {
        return office.jitsi().join(room(call), person.displayName(), person.email());
    }

    private static String room(Call call) {
        String path = URI.create(call.joinUrl()).getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static List<String> people(Call call) {
        return call.activeParticipants().stream()
                .flatMap(p -> p.slackId().stream())
                .sorted()
                .toList();
    }

    private static List<String> names(Call call) {
        return call.activeParticipants().stream()
                .map(Participant::displayName)
                .flatMap(Optional::stream)
                .toList();
    }

    /** How often Slack was told of people. */
    private int changes() {
        return office.requests("calls.participants.add").size()
                + office.requests("calls.participants.remove").size();
    }

    /** Waits until the server was asked three times more, each time because a look was due. */
    private void looks() {
        JitsiServer server = office.jitsi();
        int before = server.journal().requests("/room-census").size();
        eventually(() -> {
            office.clock().advance(Duration.ofMillis(50));
            return server.journal().requests("/room-census").size() >= before + 3;
        });
    }

    private PostedMessage card() {
        return Office.cards(office.general()).get(0);
    }

    /** What was said in the thread of the first card. */
    private Optional<String> summary() {
        return office.general().messages().stream()
                .filter(message -> message.threadTs().equals(Optional.of(card().ts())))
                .map(PostedMessage::text)
                .findFirst();
    }
}
