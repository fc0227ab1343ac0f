package dev.switchboard;

import static dev.switchboard.Office.cards;
import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Draft;
import dev.switchboard.sandbox.slack.PostedMessage;
import dev.switchboard.sandbox.slack.SentEnvelope;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of links that people paste. */
@Timeout(60)
class LinksTest {
    private static final String STANDUP = "https://meet.example.com/standup";

    @RegisterExtension
    private final Office office = new Office();

    @Nested
    class A_link_in_a_message {
        @Test
        void of_an_unknown_room_becomes_a_call_under_the_link() {
            PostedMessage message = office.ana().posts("daily: " + STANDUP, office.general());
            Call call = office.callIn(office.general());
            office.atRest();

            assertThat(call.joinUrl()).isEqualTo(STANDUP);
            assertThat(call.createdBy()).isEqualTo(office.ana().id());
            assertThat(office.now(message).unfurls()).containsOnlyKeys(STANDUP);
            assertThat(Office.said(office.general())).isEmpty();
        }

        @Test
        void of_a_live_call_shows_that_call() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            PostedMessage message = office.bo().posts(call.joinUrl(), office.random());
            eventually(() -> office.now(message).callIds().equals(List.of(call.id())));
            office.atRest();

            assertThat(office.acme().calls()).hasSize(1);
        }

        @Test
        void of_an_ended_call_starts_a_new_one_in_the_same_room() {
            Call first = office.startCall(office.ana(), "/call Sync", office.general());
            office.types(office.ana(), "/call end", office.general());
            eventually(first::ended);
            PostedMessage message = office.bo().posts(first.joinUrl(), office.random());
            eventually(() -> !office.now(message).callIds().isEmpty());
            Call second = office.callIn(office.random());

            assertThat(second.id()).isNotEqualTo(first.id());
            assertThat(second.joinUrl()).isEqualTo(first.joinUrl());
            assertThat(second.externalUniqueId()).isNotEqualTo(first.externalUniqueId());
            assertThat(second.ended()).isFalse();
        }

        @Test
        void in_a_thread_is_unfurled_there() {
            PostedMessage parent = office.ana().posts("who is in?", office.general());
            PostedMessage reply = office.bo().replies(STANDUP, parent);

            eventually(() -> !office.now(reply).callIds().isEmpty());
        }

        @ParameterizedTest
        @ValueSource(strings = {"secret", "ana-bo", "ana-bo-cy"})
        void is_unfurled_where_the_bot_is_not(String name) {
            PostedMessage message = office.ana().posts(STANDUP, office.acme().conversation(name));

            eventually(() -> !office.now(message).callIds().isEmpty());
        }

        @Test
        void by_somebody_whom_slack_refuses_as_its_creator_is_shown_to_them_and_to_the_next() {
            office.faults()
                    .on("calls.add")
                    .when(request -> request.containsKey("created_by"))
                    .always()
                    .failWith("invalid_created_by");
            PostedMessage first = office.acme().person("gus").posts(STANDUP, office.general());
            PostedMessage next = office.bo().posts(STANDUP, office.random());

            eventually(() -> !office.now(first).callIds().isEmpty()
                    && !office.now(next).callIds().isEmpty());
        }

        @Test
        void by_a_guest_works_too() {
            PostedMessage message = office.acme().person("gus").posts(STANDUP, office.general());

            eventually(() -> !office.now(message).callIds().isEmpty());
        }
    }

    @Nested
    class The_same_room {
        @Test
        void twice_in_one_message_is_one_call() {
            String other = STANDUP + "?lang=de";
            PostedMessage message = office.ana().posts(STANDUP + " or " + other, office.general());
            eventually(() -> office.now(message).unfurls().size() == 2);
            office.atRest();

            assertThat(office.acme().calls()).hasSize(1);
            assertThat(office.now(message).callIds()).hasSize(1);
        }

        @Test
        void in_two_messages_is_one_call_under_both() {
            PostedMessage first = office.ana().posts(STANDUP, office.general());
            PostedMessage second = office.bo().posts("again " + STANDUP, office.general());
            eventually(() -> !office.now(first).callIds().isEmpty());
            eventually(() -> !office.now(second).callIds().isEmpty());
            office.atRest();

            assertThat(office.acme().calls()).hasSize(1);
        }

        @Test
        void in_two_channels_is_one_call_shown_in_both() {
            office.ana().posts(STANDUP, office.general());
            office.bo().posts(STANDUP, office.random());
            eventually(() -> !cards(office.general()).isEmpty()
                    && !cards(office.random()).isEmpty());
            office.atRest();

            assertThat(office.acme().calls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.channels())
                            .containsExactlyInAnyOrder(
                                    office.general().id(), office.random().id()));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    STANDUP + "?jwt=abc&lang=de",
                    STANDUP + "#config.startWithAudioMuted=true",
                    STANDUP + "/",
                    "https://meet.example.com:443/standup",
                    "https://MEET.Example.COM/standup",
                    "http://meet.example.com/standup"
                })
        void written_otherwise_is_the_same_call(String link) {
            office.ana().posts(STANDUP, office.general());
            Call call = office.callIn(office.general());
            PostedMessage message = office.bo().posts(link, office.random());
            eventually(() -> office.now(message).unfurls().containsKey(link));
            office.atRest();

            assertThat(office.acme().calls()).hasSize(1);
            assertThat(office.now(message).callIds()).containsExactly(call.id());
        }

        @Test
        void pasted_by_many_at_once_is_one_call() {
            for (int i = 0; i < 10; i++) {
                office.ana().posts(i + " " + STANDUP, office.general());
                office.bo().posts(i + " " + STANDUP, office.random());
            }
            eventually(() -> cards(office.general()).size() == 10
                    && cards(office.random()).size() == 10);
            office.atRest();

            assertThat(office.acme().calls()).hasSize(1);
            assertThat(office.liveCalls()).isEqualTo(1);
        }
    }

    @Nested
    class Several_rooms {
        @Test
        void in_one_message_each_get_their_call() {
            String links = STANDUP + " then https://meet.example.com/retro and https://meet.example.com/lunch";
            PostedMessage message = office.ana().posts(links, office.general());
            eventually(() -> office.now(message).unfurls().size() == 3);
            office.atRest();

            assertThat(office.acme().calls()).hasSize(3);
            assertThat(office.now(message).callIds()).hasSize(3);
        }

        @Test
        void a_foreign_link_beside_them_is_passed_over() {
            PostedMessage message = office.ana()
                    .posts("https://zoom.example/1 " + STANDUP + " https://meet.example.com/", office.general());
            eventually(() -> !office.now(message).unfurls().isEmpty());
            office.atRest();

            assertThat(office.now(message).unfurls()).containsOnlyKeys(STANDUP);
            assertThat(office.acme().calls()).hasSize(1);
        }
    }

    @Nested
    class A_link_that_is_no_room_of_ours {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://meet.example.com/",
                    "https://meet.example.com",
                    "https://meet.example.com/a/b",
                    "https://meet.example.com/static/close.html",
                    "https://meet.example.com/favicon.ico",
                    "https://meet.example.com/..",
                    "https://sub.meet.example.com/standup",
                    "https://meet.example.com:8443/standup",
                    "https://meet.example.com@evil.example/standup",
                    "https://evil.example/https://meet.example.com/standup",
                    "https://meet.example.com.evil.example/standup",
                    "https://meetXexample.com/standup",
                    "https://user:secret@meet.example.com/standup",
                    "ftp://meet.example.com/standup",
                    "javascript:alert(1)//meet.example.com/standup",
                    "https://meet.example.com/%zz",
                    "not a link"
                })
        void is_passed_over(String link) {
            // Slack itself would keep most of these from us; the bot doesn't rely on it.
            share(link, "Ev0SHARED");
            PostedMessage message = office.ana().posts(STANDUP, office.general());
            eventually(() -> !office.now(message).callIds().isEmpty());
            office.atRest();

            assertThat(office.acme().calls()).hasSize(1);
            assertThat(office.requests("chat.unfurl")).hasSize(1);
        }
    }

    @Nested
    class Still_in_the_composer {
        @Test
        void an_unknown_room_starts_nothing() {
            Draft draft = office.ana().drafts(STANDUP, office.general());
            office.atRest();

            assertThat(office.acme().calls()).isEmpty();
            assertThat(draft.unfurls()).isEmpty();
            assertThat(office.liveCalls()).isZero();
        }

        @Test
        void a_live_call_is_shown() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            Draft draft = office.bo().drafts("see " + call.joinUrl(), office.random());
            eventually(() -> draft.unfurls().containsKey(call.joinUrl()));

            assertThat(draft.unfurls().values()).singleElement().asString().contains(call.id());
        }

        @Test
        void then_sent_it_becomes_a_call() {
            office.ana().drafts(STANDUP, office.general());
            PostedMessage message = office.ana().posts(STANDUP, office.general());
            eventually(() -> !office.now(message).callIds().isEmpty());
            office.atRest();

            assertThat(office.acme().calls()).hasSize(1);
        }

        @Test
        void a_live_call_drafted_and_then_sent_is_shown_in_the_message_too() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            Draft draft = office.bo().drafts(call.joinUrl(), office.random());
            PostedMessage message = office.bo().posts(call.joinUrl(), office.random());
            eventually(() -> office.now(message).callIds().equals(List.of(call.id())));
            eventually(() -> !draft.unfurls().isEmpty());
        }

        @Test
        void a_draft_does_not_make_its_channel_the_call_s_own() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            Draft draft = office.bo().drafts(call.joinUrl(), office.random());
            eventually(() -> !draft.unfurls().isEmpty());

            assertThat(office.answer(office.ana(), "/call end", office.random()))
                    .contains("No Call is live here");
        }
    }

    @Nested
    class Delivered_again {
        @Test
        void an_event_does_nothing_twice() {
            PostedMessage message = office.ana().posts(STANDUP, office.general());
            eventually(() -> !office.now(message).callIds().isEmpty());
            office.atRest();
            SentEnvelope first =
                    office.slack().journal().envelopes("events_api").get(0);
            SentEnvelope second =
                    office.slack().sendEnvelope("events_api", first.payload()).orElseThrow();
            office.atRest();

            assertThat(second.acknowledged()).isTrue();
            assertThat(office.acme().calls()).hasSize(1);
            assertThat(office.requests("chat.unfurl")).hasSize(1);
        }

        @Test
        void an_event_of_an_ended_call_starts_nothing() {
            PostedMessage message = office.ana().posts(STANDUP, office.general());
            eventually(() -> !office.now(message).callIds().isEmpty());
            office.types(office.ana(), "/call end", office.general());
            office.atRest();
            SentEnvelope first =
                    office.slack().journal().envelopes("events_api").get(0);
            office.slack().sendEnvelope("events_api", first.payload());
            office.atRest();

            assertThat(office.acme().calls()).hasSize(1);
        }

        @Test
        void after_a_restart_it_is_still_known() {
            PostedMessage message = office.ana().posts(STANDUP, office.general());
            eventually(() -> !office.now(message).callIds().isEmpty());
            office.types(office.ana(), "/call end", office.general());
            office.atRest();
            SentEnvelope first =
                    office.slack().journal().envelopes("events_api").get(0);
            office.stop();
            office.start();
            office.slack().sendEnvelope("events_api", first.payload());
            office.atRest();

            assertThat(office.acme().calls()).hasSize(1);
        }
    }

    /** Slack Connect: the event happened in another company's workspace, and came to us for ours. */
    @Test
    void a_link_pasted_by_another_company_in_a_shared_channel_is_our_workspaces() {
        JsonObject authorization = new JsonObject();
        authorization.addProperty("team_id", office.acme().id());
        authorization.addProperty("is_enterprise_install", false);
        JsonArray authorizations = new JsonArray();
        authorizations.add(authorization);
        JsonObject payload = shared(STANDUP, "Ev0CONNECT");
        payload.addProperty("team_id", "T0ELSEWHERE");
        payload.addProperty("context_team_id", office.acme().id());
        payload.addProperty("is_ext_shared_channel", true);
        payload.add("authorizations", authorizations);
        office.slack().sendEnvelope("events_api", payload);
        eventually(() -> office.acme().calls().size() == 1);
        share(STANDUP, "Ev0HERE");
        office.atRest();

        assertThat(office.acme().calls()).hasSize(1);
        assertThat(office.answer(office.ana(), "/call end", office.general())).contains("Ended");
    }

    /** A link_shared of exactly this link. */
    private void share(String link, String eventId) {
        office.slack().sendEnvelope("events_api", shared(link, eventId));
    }

    private JsonObject shared(String link, String eventId) {
        JsonArray links = new JsonArray();
        JsonObject shared = new JsonObject();
        shared.addProperty("url", link);
        shared.addProperty("domain", "meet.example.com");
        links.add(shared);
        JsonObject event = new JsonObject();
        event.addProperty("type", "link_shared");
        event.addProperty("channel", office.general().id());
        event.addProperty("user", office.ana().id());
        event.addProperty("message_ts", "1700000000.000100");
        event.addProperty("source", "conversations_history");
        event.add("links", links);
        return Payloads.event(office.acme(), eventId, event);
    }
}
