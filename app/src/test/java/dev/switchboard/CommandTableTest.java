package dev.switchboard;

import static dev.switchboard.Office.cards;
import static dev.switchboard.Office.eventually;
import static dev.switchboard.Office.lists;
import static dev.switchboard.Office.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.PostedMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each line of the command table does for the person who types it, and for the others. */
@Timeout(60)
class CommandTableTest {
    @RegisterExtension
    private final Office office = new Office();

    @Nested
    class Starting {
        @Test
        void a_plain_command_posts_a_card_and_says_nothing_else() {
            String answer = office.answer(office.ana(), "/call", office.general());
            Call call = office.callIn(office.general());
            office.atRest();

            assertThat(answer).isEmpty();
            assertThat(cards(office.general())).hasSize(1);
            assertThat(words(office.ana(), office.general())).isEmpty();
            assertThat(call.title()).isEmpty();
            assertThat(call.createdBy()).isEqualTo(office.ana().id());
            assertThat(call.activeParticipants()).isEmpty();
        }

        @Test
        void slack_is_told_all_there_is_to_say_of_a_call() {
            Call call = office.startCall(office.ana(), "/call Weekly sync", office.general());

            assertThat(call.externalUniqueId()).hasSize(36);
            assertThat(call.externalDisplayId())
                    .hasValueSatisfying(id -> assertThat(id).hasSizeBetween(4, 20));
            assertThat(call.joinUrl()).matches("https://meet\\.example\\.com/weekly-sync-[a-z0-9-]{16,}");
            assertThat(call.dateStart())
                    .isCloseTo(office.clock().instant().getEpochSecond(), org.assertj.core.data.Offset.offset(60L));
            assertThat(call.title()).contains("Weekly sync");
            assertThat(call.desktopAppJoinUrl()).isEmpty();
        }

        @Test
        void the_card_has_a_fallback_text_that_names_the_call_and_mentions_nobody() {
            Call call = office.startCall(office.ana(), "/call Weekly sync", office.general());
            PostedMessage card = cards(office.general()).get(0);

            assertThat(card.text()).contains("Weekly sync", call.joinUrl()).doesNotContain("<@");
            assertThat(office.requests("chat.postMessage").get(0).arguments()).containsKey("blocks");
        }

        @Test
        void people_in_front_of_the_title_are_listed_and_rung() {
            Call call = office.startCall(office.ana(), "/call @bo @cy Weekly sync", office.general());
            eventually(() -> lists(call, office.bo()) && lists(call, office.cy()));
            office.atRest();

            assertThat(call.title()).contains("Weekly sync");
            assertThat(office.rings(office.bo())).hasSize(1);
            assertThat(office.rings(office.cy())).hasSize(1);
            assertThat(office.rings(office.bo()).get(0).callIds()).containsExactly(call.id());
            assertThat(office.rings(office.bo()).get(0).text())
                    .contains("<@" + office.ana().id() + ">", "Weekly sync");
            assertThat(office.told(office.ana())).isEmpty();
        }

        @Test
        void the_creator_is_not_rung_by_their_own_call() {
            Call call = office.startCall(office.ana(), "/call @ana @bo Sync", office.general());
            office.atRest();

            assertThat(office.told(office.ana())).isEmpty();
            assertThat(lists(call, office.bo())).isTrue();
        }

        @Test
        void somebody_named_twice_is_rung_once() {
            office.startCall(office.ana(), "/call @bo @bo Sync", office.general());
            office.atRest();

            assertThat(office.rings(office.bo())).hasSize(1);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '~',
                value = {
                    "@bo, @cy Weekly sync ~ Weekly sync",
                    "Sync with @bo, @cy. ~ Sync with @bo, @cy.",
                    "(@bo) Retro (@cy) ~ (@bo) Retro (@cy)",
                    "@bo's and @cy's birthday ~ @bo's and @cy's birthday"
                })
        void people_are_rung_whatever_they_stand_next_to(String typed, String title) {
            Call call = office.startCall(office.ana(), "/call " + typed, office.general());
            eventually(() -> lists(call, office.bo()) && lists(call, office.cy()));
            office.atRest();

            assertThat(call.title()).contains(title);
            assertThat(office.rings(office.bo())).hasSize(1);
            assertThat(office.rings(office.cy())).hasSize(1);
        }

        @Test
        void somebody_mentioned_inside_the_title_stays_in_it() {
            Call call = office.startCall(office.ana(), "/call Sync with @bo", office.general());

            assertThat(call.title()).contains("Sync with @bo");
        }

        @ParameterizedTest
        @CsvSource({
            "/call Weekly sync, Weekly sync",
            "/call end of sprint review, end of sprint review",
            "/call start end of sprint, end of sprint",
            "/call start end, end",
            "/call start invite @bo, invite @bo",
            "/call list of demands, list of demands",
            "/call history lesson, history lesson",
            "/call help wanted, help wanted",
            "/call info session, info session",
            "/call invite the whole team, invite the whole team",
            "/call invite, invite",
            "/call rename, rename",
            "/call End of days, End of days"
        })
        void what_is_no_sub_command_is_a_title(String typed, String title) {
            Call call = office.startCall(office.ana(), typed, office.general());

            assertThat(call.title()).contains(title);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/call start", "/call START", "/call    "})
        void these_are_plain_starts(String typed) {
            Call call = office.startCall(office.ana(), typed, office.general());

            assertThat(call.title()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"general", "random", "secret", "project", "ana-bo", "ana-bo-cy"})
        void it_works_in_every_kind_of_conversation(String name) {
            Conversation where = office.acme().conversation(name);
            Call call = office.startCall(office.ana(), "/call Sync", where);
            office.atRest();

            assertThat(cards(where)).hasSize(1);
            assertThat(call.channels()).containsExactly(where.id());
            assertThat(words(office.ana(), where)).isEmpty();
        }

        @Test
        void it_works_in_the_direct_message_with_the_bot() {
            Conversation where = office.acme().botMessagesOf(office.ana());
            office.startCall(office.ana(), "/call Sync", where);

            assertThat(cards(where)).hasSize(1);
        }
    }

    @Nested
    class Where_a_call_is_live {
        @Test
        void a_plain_command_offers_to_join_it_instead() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            PostedMessage offer =
                    office.asks(office.bo(), "/call", office.general()).orElseThrow();
            office.atRest();

            assertThat(offer.onlyFor()).contains(office.bo().id());
            assertThat(offer.text()).contains("Sync", "<@" + office.ana().id() + ">", call.joinUrl());
            assertThat(offer.blocks().toString()).contains(call.joinUrl());
            assertThat(offer.callIds()).isEmpty();
            assertThat(office.acme().calls()).hasSize(1);
        }

        @Test
        void start_another_starts_one_and_takes_the_offer_away() {
            Call first = office.startCall(office.ana(), "/call Sync", office.general());
            PostedMessage offer =
                    office.asks(office.bo(), "/call", office.general()).orElseThrow();
            office.presses(office.bo(), offer, "Start another");
            eventually(() -> cards(office.general()).size() == 2);
            eventually(() -> words(office.bo(), office.general()).isEmpty());
            office.atRest();

            assertThat(office.acme().calls()).hasSize(2);
            assertThat(office.callIn(office.general()).createdBy())
                    .isEqualTo(office.bo().id());
            assertThat(first.ended()).isFalse();
        }

        @Test
        void start_another_works_where_the_bot_may_not_post() {
            office.startCall(office.ana(), "/call Sync", office.secret());
            PostedMessage offer =
                    office.asks(office.bo(), "/call", office.secret()).orElseThrow();
            office.presses(office.bo(), offer, "Start another");

            eventually(() -> cards(office.secret()).size() == 2);
        }

        @Test
        void join_on_the_offer_is_acknowledged() {
            office.startCall(office.ana(), "/call Sync", office.general());
            PostedMessage offer =
                    office.asks(office.bo(), "/call", office.general()).orElseThrow();

            office.presses(office.bo(), offer, "Join");
        }

        @Test
        void a_title_starts_another_beside_it() {
            office.startCall(office.ana(), "/call Sync", office.general());
            office.startCall(office.bo(), "/call Retro", office.general());

            assertThat(office.acme().calls())
                    .extracting(Call::title)
                    .containsExactly(Optional.of("Sync"), Optional.of("Retro"));
        }

        @Test
        void two_plain_commands_at_once_make_one_call() {
            var anas = office.ana().types("/call", office.general());
            var bos = office.bo().types("/call", office.general());
            eventually(() -> anas.acknowledged() && bos.acknowledged());
            office.atRest();

            assertThat(office.acme().calls()).hasSize(1);
            assertThat(cards(office.general())).hasSize(1);
        }

        @Test
        void elsewhere_a_plain_command_starts_one() {
            office.startCall(office.ana(), "/call Sync", office.general());
            office.startCall(office.ana(), "/call", office.random());

            assertThat(office.acme().calls()).hasSize(2);
        }

        @Test
        void after_its_end_a_plain_command_starts_one() {
            office.startCall(office.ana(), "/call", office.general());
            office.types(office.ana(), "/call end", office.general());
            office.startCall(office.ana(), "/call", office.general());

            assertThat(office.acme().calls()).hasSize(2);
        }
    }

    @Nested
    class From_a_link {
        @Test
        void a_room_of_ours_becomes_a_call() {
            Call call = office.startCall(office.ana(), "/call https://meet.example.com/standup", office.general());

            assertThat(call.joinUrl()).isEqualTo("https://meet.example.com/standup");
        }

        @Test
        void words_after_the_link_are_the_title() {
            Call call = office.startCall(
                    office.ana(), "/call @bo https://meet.example.com/standup Daily", office.general());

            assertThat(call.joinUrl()).isEqualTo("https://meet.example.com/standup");
            assertThat(call.title()).contains("Daily");
            eventually(() -> lists(call, office.bo()));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Daily https://meet.example.com/standup?jwt=secret",
                    "https://meet.example.com/standup?jwt=secret, Daily",
                    "Daily (https://meet.example.com/standup?jwt=secret).",
                })
        void the_link_may_stand_anywhere_and_what_is_private_of_it_is_not_shown(String typed) {
            Call call = office.startCall(office.ana(), "/call " + typed, office.general());

            assertThat(call.joinUrl()).isEqualTo("https://meet.example.com/standup");
            assertThat(call.title()).contains("Daily");
        }

        @Test
        void the_first_link_to_a_room_of_ours_is_the_room() {
            Call call = office.startCall(
                    office.ana(),
                    "/call Notes https://notes.example/1?key=secret of https://meet.example.com/standup",
                    office.general());

            assertThat(call.joinUrl()).isEqualTo("https://meet.example.com/standup");
            assertThat(call.title()).contains("Notes https://notes.example/1 of");
        }

        @Test
        void a_link_elsewhere_is_a_part_of_the_title() {
            Call call =
                    office.startCall(office.ana(), "/call https://notes.example/1?key=secret review", office.general());

            assertThat(call.title()).contains("https://notes.example/1 review");
        }

        @Test
        void a_room_that_is_live_is_offered_instead_wherever_it_was_started() {
            Call call = office.startCall(office.ana(), "/call https://meet.example.com/standup", office.general());
            PostedMessage offer = office.asks(
                            office.bo(), "/call https://meet.example.com/standup?lang=de", office.random())
                    .orElseThrow();
            office.atRest();

            assertThat(offer.text()).contains(call.joinUrl());
            assertThat(offer.blocks().toString()).doesNotContain("Start another");
            assertThat(office.acme().calls()).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"https://zoom.example/j/1", "https://meet.example.com.evil.example/x", "http://other/x"})
        void a_link_that_is_no_room_of_ours_is_refused_in_words(String link) {
            String answer = office.answer(office.ana(), "/call " + link, office.general());
            office.atRest();

            assertThat(answer).contains("not a room on our meeting server");
            assertThat(office.acme().calls()).isEmpty();
        }
    }

    @Nested
    class Help {
        @Test
        void it_names_every_line_of_the_table() {
            String help = office.answer(office.ana(), "/call help", office.general());

            assertThat(help)
                    .contains("/call", "Weekly sync", "@ana @bo", "start", "https://", "invite", "rename", "info")
                    .contains("end", "list", "history", "help");
            assertThat(words(office.bo(), office.general())).isEmpty();
        }
    }

    @Nested
    class Time {
        @Test
        void the_offer_says_how_long_the_call_has_been_live() {
            office.startCall(office.ana(), "/call Sync", office.general());
            office.clock().advance(Duration.ofMinutes(75));

            assertThat(office.answer(office.bo(), "/call", office.general())).contains("1 h 15 min ago");
        }
    }

    @Test
    void answers_are_for_the_person_alone() {
        office.startCall(office.ana(), "/call Sync", office.general());
        for (String command : List.of("/call", "/call info", "/call list", "/call history", "/call help")) {
            PostedMessage answer =
                    office.asks(office.bo(), command, office.general()).orElseThrow();
            assertThat(answer.onlyFor()).as(command).contains(office.bo().id());
        }
        assertThat(Office.said(office.general())).hasSize(1);
    }
}
