package dev.switchboard.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CallsTest {
    private FakeSlack slack;
    private Workspace acme;
    private WireApp app;
    private Person ana;
    private Person bo;

    @BeforeEach
    void start() throws Exception {
        slack = FakeSlack.start();
        acme = slack.workspace();
        app = new WireApp(slack);
        ana = acme.person("ana");
        bo = acme.person("bo");
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    private String add(String... more) throws Exception {
        String[] arguments = new String[6 + more.length];
        String[] usual = {"external_unique_id", "u-1", "join_url", "https://meet.example.com/x", "created_by", ana.id()
        };
        System.arraycopy(usual, 0, arguments, 0, 6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        JsonObject answer = app.call("calls.add", arguments);
        return answer.has("call")
                ? answer.getAsJsonObject("call").get("id").getAsString()
                : answer.get("error").getAsString();
    }

    private static String error(JsonObject answer) {
        return Json.text(answer, "error").orElse("none");
    }

    private static String slackUser(Person person) {
        return "[{\"slack_id\":\"" + person.id() + "\"}]";
    }

    @Nested
    class Adding {
        @Test
        void a_call_is_registered_with_what_was_said() throws Exception {
            String id = add(
                    "title", "Sync", "external_display_id", "705", "users", slackUser(bo), "date_start", "1700000000");

            Call call = acme.call(id);
            assertThat(call.title()).contains("Sync");
            assertThat(call.externalUniqueId()).isEqualTo("u-1");
            assertThat(call.activeParticipants())
                    .extracting(Participant::slackId)
                    .containsExactly(Optional.of(bo.id()));
            assertThat(call.ended()).isFalse();
        }

        @Test
        void the_same_external_id_gives_a_new_call() throws Exception {
            assertThat(add()).startsWith("R").isNotEqualTo(add());
        }

        @Test
        void without_a_join_url_it_is_refused() throws Exception {
            JsonObject answer = app.call("calls.add", "external_unique_id", "u-1");

            assertThat(error(answer)).isEqualTo("invalid_arguments");
            assertThat(answer.getAsJsonObject("response_metadata").toString()).contains("join_url");
        }

        @Test
        void an_unknown_creator_is_refused() throws Exception {
            assertThat(error(app.call(
                            "calls.add", "external_unique_id", "u", "join_url", "https://a.b/c", "created_by", "U404")))
                    .isEqualTo("invalid_created_by");
        }

        @Test
        void milliseconds_are_no_start_time() throws Exception {
            assertThat(add("date_start", "1700000000000")).isEqualTo("invalid_start_time");
            assertThat(add("date_start", "-1")).isEqualTo("invalid_start_time");
        }

        @Test
        void one_unknown_person_spoils_the_batch() throws Exception {
            assertThat(add("users", "[{\"slack_id\":\"" + bo.id() + "\"},{\"slack_id\":\"U404\"}]"))
                    .isEqualTo("user_not_found");
            assertThat(acme.calls()).isEmpty();
        }
    }

    @Nested
    class Participants {
        @Test
        void a_participant_added_twice_is_ok_with_bad_users() throws Exception {
            String id = add("users", slackUser(bo));

            JsonObject answer = app.call("calls.participants.add", "id", id, "users", slackUser(bo));

            assertThat(answer.get("ok").getAsBoolean()).isTrue();
            assertThat(error(answer)).isEqualTo("bad_users");
            assertThat(answer.getAsJsonObject("call").getAsJsonArray("users")).hasSize(1);
        }

        @Test
        void one_unknown_person_spoils_the_batch() throws Exception {
            String id = add();

            String users = "[{\"slack_id\":\"" + bo.id() + "\"},{\"slack_id\":\"U404\"}]";
            assertThat(error(app.call("calls.participants.add", "id", id, "users", users)))
                    .isEqualTo("user_not_found");
            assertThat(acme.call(id).activeParticipants()).isEmpty();
        }

        @Test
        void somebody_removed_was_here() throws Exception {
            String id = add("users", slackUser(bo));

            app.call("calls.participants.remove", "id", id, "users", slackUser(bo));

            assertThat(acme.call(id).activeParticipants()).isEmpty();
            assertThat(acme.call(id).allParticipants()).hasSize(1);
        }

        @Test
        void an_external_id_alone_leaves_the_person_on_the_card() throws Exception {
            String kim = "[{\"external_id\":\"7\",\"display_name\":\"Kim\"}]";
            String id = add("users", kim);

            app.call("calls.participants.remove", "id", id, "users", "[{\"external_id\":\"7\"}]");
            assertThat(acme.call(id).activeParticipants()).hasSize(1);

            app.call("calls.participants.remove", "id", id, "users", kim);
            assertThat(acme.call(id).activeParticipants()).isEmpty();
        }
    }

    @Nested
    class Updating {
        @Test
        void an_update_with_nothing_but_the_id_is_refused() throws Exception {
            assertThat(error(app.call("calls.update", "id", add()))).isEqualTo("invalid_arguments");
        }

        @Test
        void the_title_changes() throws Exception {
            String id = add();
            app.call("calls.update", "id", id, "title", "New");
            assertThat(acme.call(id).title()).contains("New");
        }

        @Test
        void an_unknown_call_is_refused() throws Exception {
            assertThat(error(app.call("calls.update", "id", "R404", "title", "New")))
                    .isEqualTo("invalid_call_id");
        }
    }

    @Nested
    class Ending {
        @Test
        void it_lasted_as_long_as_was_said() throws Exception {
            String id = add("users", slackUser(bo));

            app.call("calls.end", "id", id, "duration", "180");

            assertThat(acme.call(id).ended()).isTrue();
            assertThat(acme.call(id).duration()).hasValue(180);
            assertThat(acme.call(id).allParticipants()).hasSize(1);
        }

        @Test
        void after_the_end_it_is_inactive() throws Exception {
            String id = add();
            app.call("calls.end", "id", id);

            assertThat(error(app.call("calls.end", "id", id))).isEqualTo("inactive_call");
            assertThat(error(app.call("calls.participants.add", "id", id, "users", slackUser(bo))))
                    .isEqualTo("inactive_call");
            assertThat(error(app.call("calls.participants.remove", "id", id, "users", slackUser(bo))))
                    .isEqualTo("inactive_call");
        }

        @Test
        void a_negative_duration_is_refused() throws Exception {
            assertThat(error(app.call("calls.end", "id", add(), "duration", "-1")))
                    .isEqualTo("invalid_arguments");
        }
    }

    @Test
    void info_tells_where_the_card_stands_and_when_it_ended() throws Exception {
        String id = add();
        Conversation general = acme.conversation("general");
        app.call("chat.postMessage", "channel", general.id(), "text", "x", "blocks", block(id));
        app.call("calls.end", "id", id, "duration", "5");

        JsonObject call = app.call("calls.info", "id", id).getAsJsonObject("call");

        assertThat(call.getAsJsonArray("channels").toString()).contains(general.id());
        assertThat(call.get("date_end").getAsLong())
                .isEqualTo(call.get("date_start").getAsLong() + 5);
    }

    private static String block(String callId) {
        return "[{\"type\":\"call\",\"call_id\":\"" + callId + "\"}]";
    }

    @Test
    void a_card_reads_as_in_slack() throws Exception {
        String id = add("title", "Weekly sync", "external_display_id", "705-292-868", "users", slackUser(bo));
        Conversation general = acme.conversation("general");
        app.call("chat.postMessage", "channel", general.id(), "text", "x", "blocks", block(id));

        PostedMessage message = general.messages().get(0);
        assertThat(acme.render(message, ana)).containsExactly("Weekly sync   705-292-868", "In the call: Bo", "[Join]");

        app.call("calls.end", "id", id, "duration", "180");
        assertThat(acme.render(message, ana))
                .containsExactly("Weekly sync   705-292-868", "Ended · lasted 3 min", "Was in the call: Bo");
    }

    @Test
    void a_call_shared_in_a_direct_message_can_be_declined() throws Exception {
        WireApp.Socket socket = app.connect();
        String id = add();
        String dm = acme.botMessagesOf(bo).id();
        app.call("chat.postMessage", "channel", bo.id(), "text", "x", "blocks", block(id));

        bo.declines(acme.call(id));

        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> !socket.ofType("events_api").isEmpty());
        JsonObject event =
                socket.ofType("events_api").get(0).getAsJsonObject("payload").getAsJsonObject("event");
        assertThat(event.toString()).contains("call_rejected", id, bo.id(), dm, "u-1");
    }
}
