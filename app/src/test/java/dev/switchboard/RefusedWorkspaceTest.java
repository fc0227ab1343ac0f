package dev.switchboard;

import static dev.switchboard.Office.cards;
import static dev.switchboard.Office.eventually;
import static dev.switchboard.Office.lists;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A workspace that refuses the bot: its work is held, loudly, and goes on when that is mended. */
@Timeout(60)
class RefusedWorkspaceTest {
    /** Longer than a workspace that refuses is left alone. */
    private static final Duration A_WHILE = Duration.ofMinutes(2);

    @Nested
    class Alone {
        @RegisterExtension
        private final Office office = new Office();

        @Test
        void a_revoked_token_holds_the_work_until_it_is_mended() {
            try (LogLines log = LogLines.listen()) {
                office.acme().bot().revoke();
                office.types(office.ana(), "/call @bo Sync", office.general());
                eventually(() -> complaints(log, "token_revoked").size() == 1);
                office.types(office.ana(), "/call rename Retro", office.general());
                office.acme().bot().restore();
                office.clock().advance(A_WHILE);
                Call call = office.callIn(office.general());
                office.atRest();

                assertThat(call.title()).contains("Retro");
                assertThat(office.rings(office.bo())).hasSize(1);
                assertThat(complaints(log, "token_revoked")).hasSize(1);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"invalid_auth", "account_inactive", "not_authed", "token_expired"})
        void every_refusal_of_the_token_is_said_aloud_and_got_over(String code) {
            try (LogLines log = LogLines.listen()) {
                office.faults().on("calls.add").failWith(code);
                office.types(office.ana(), "/call Sync", office.general());
                eventually(() -> complaints(log, code).size() == 1);
                office.clock().advance(A_WHILE);
                eventually(() -> cards(office.general()).size() == 1);

                assertThat(log.lines()).anyMatch(line -> line.contains("accepts us again"));
            }
        }

        @Test
        void while_refused_slack_is_not_asked_again_and_again() {
            try (LogLines log = LogLines.listen()) {
                office.acme().bot().revoke();
                office.types(office.ana(), "/call One", office.general());
                eventually(() -> complaints(log, "token_revoked").size() == 1);
                for (int i = 0; i < 5; i++) {
                    office.types(office.ana(), "/call Number " + i, office.general());
                }
                office.acme().bot().restore();
                office.clock().advance(A_WHILE);
                eventually(() -> cards(office.general()).size() == 6);

                assertThat(office.requests("calls.add").stream().filter(request -> !request.ok()))
                        .hasSize(1);
            }
        }

        @Test
        void whoever_starts_a_call_meanwhile_is_told_once() {
            office.acme().bot().revoke();
            office.types(office.ana(), "/call One", office.general());
            eventually(() -> !Office.words(office.ana(), office.general()).isEmpty());
            office.types(office.bo(), "/call Two", office.random());
            eventually(() -> !Office.words(office.bo(), office.random()).isEmpty());
            assertThat(Office.words(office.ana(), office.general()))
                    .singleElement()
                    .satisfies(said ->
                            assertThat(said.text()).contains("One", "token_revoked", "comes as soon as it does"));
            assertThat(Office.words(office.bo(), office.random()))
                    .singleElement()
                    .satisfies(said -> assertThat(said.text()).contains("Two", "token_revoked"));
            int asked = office.requests("calls.add").size();
            office.clock().advance(A_WHILE);
            eventually(() -> office.requests("calls.add").size() > asked);
            office.acme().bot().restore();
            eventually(() -> {
                office.clock().advance(Duration.ofSeconds(1)); // the last refusal may only just have been heard
                return cards(office.general()).size() == 1
                        && cards(office.random()).size() == 1;
            });
            office.atRest();

            assertThat(Office.words(office.ana(), office.general())).hasSize(1);
            assertThat(Office.words(office.bo(), office.random())).hasSize(1);
            assertThat(office.told(office.ana())).isEmpty();
        }

        @Test
        void a_missing_scope_holds_only_what_needs_it() {
            try (LogLines log = LogLines.listen()) {
                Call call = office.startCall(office.ana(), "/call Sync", office.general());
                office.acme().bot().withdraw("links:write");
                office.ana().posts(call.joinUrl(), office.random());
                eventually(() -> complaints(log, "missing_scope").size() == 1);
                office.types(office.ana(), "/call rename Retro", office.general());
                eventually(() -> call.title().equals(Optional.of("Retro")));
                office.acme().bot().grant("links:write");
                office.clock().advance(A_WHILE);
                eventually(() -> cards(office.random()).size() == 1);

                assertThat(complaints(log, "missing_scope"))
                        .singleElement()
                        .satisfies(line -> assertThat(line).contains("chat.unfurl", "manifest"));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"team_access_not_granted", "accesslimited", "not_allowed_token_type"})
        void what_is_only_looked_up_holds_nothing_when_it_is_refused(String code) {
            try (LogLines log = LogLines.listen()) {
                office.faults().on("conversations.info").always().failWith(code);
                office.startCall(office.ana(), "/call One", office.secret());
                office.startCall(office.ana(), "/call Two", office.general());
                office.atRest();

                assertThat(complaints(log, code)).isEmpty();
            }
        }

        @Test
        void one_refused_method_holds_no_other() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            office.faults().on("calls.info").always().failWith("accesslimited");
            office.answer(office.ana(), "/call info", office.general());
            office.types(office.ana(), "/call rename Retro", office.general());

            eventually(() -> call.title().equals(Optional.of("Retro")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"ekm_access_denied", "access_denied", "no_permission"})
        void what_slack_shows_is_put_right_once_an_admin_allows_it_again(String code) {
            Call call = office.startCall(office.ana(), "/call @bo Sync", office.general());
            eventually(() -> lists(call, office.bo()));
            for (String method : List.of("calls.update", "calls.participants.remove", "calls.end")) {
                office.faults().on(method).failWith(code);
            }
            office.types(office.ana(), "/call rename Retro", office.general());
            eventually(() -> call.title().equals(Optional.of("Retro")));
            office.bo().declines(call, office.acme().botMessagesOf(office.bo()));
            eventually(() -> !lists(call, office.bo()));
            office.types(office.ana(), "/call end", office.general());

            eventually(call::ended);
        }

        @Test
        void a_call_that_slack_does_not_take_for_long_is_spoken_of_once() {
            office.faults().on("calls.add").always().http(503);
            office.types(office.ana(), "/call Sync", office.general());
            eventually(() -> !office.requests("calls.add").isEmpty());
            office.clock().advance(Duration.ofSeconds(20));
            eventually(() -> !Office.words(office.ana(), office.general()).isEmpty());
            office.faults().clear();
            office.clock().advance(A_WHILE);
            eventually(() -> cards(office.general()).size() == 1);
            office.atRest();

            assertThat(Office.words(office.ana(), office.general()))
                    .singleElement()
                    .satisfies(said -> assertThat(said.text())
                            .contains(
                                    "Sync",
                                    "http_503",
                                    office.callIn(office.general()).joinUrl()));
        }

        @Test
        void no_complaint_holds_a_token() {
            try (LogLines log = LogLines.listen()) {
                office.acme().bot().revoke();
                office.types(office.ana(), "/call Sync", office.general());
                eventually(() -> !complaints(log, "token_revoked").isEmpty());

                assertThat(log.lines()).noneMatch(line -> line.contains("xoxb-") || line.contains("xapp-"));
            }
            office.acme().bot().restore();
        }

        @Test
        void an_unknown_code_is_tried_again_for_a_day_and_then_told() {
            office.faults().on("calls.add").always().failWith("the_moon_is_full");
            office.types(office.ana(), "/call Sync", office.general());
            eventually(() -> office.requests("calls.add").size() >= 2);
            assertThat(Office.words(office.ana(), office.general())).isEmpty();
            office.clock().advance(Duration.ofHours(25));
            eventually(() -> !office.told(office.ana()).isEmpty()
                    || !Office.words(office.ana(), office.general()).isEmpty());
            office.atRest();
            int asked = office.requests("calls.add").size();
            office.types(office.ana(), "/call end", office.general());
            office.atRest();

            assertThat(office.requests("calls.add")).hasSize(asked);
        }
    }

    @Nested
    class Beside_another {
        @RegisterExtension
        private final Office office = new Office().slack(options -> options.workspaces("acme", "globex"));

        @Test
        void does_not_stop_the_other() {
            try (LogLines log = LogLines.listen()) {
                office.acme().bot().revoke();
                office.types(office.ana(), "/call Sync", office.general());
                eventually(() -> complaints(log, "token_revoked").size() == 1);
                Workspace globex = office.slack().workspace("globex");
                Conversation general = globex.conversation("general");
                office.types(globex.person("ana"), "/call @bo Sync", general);
                eventually(() -> cards(general).size() == 1);

                assertThat(cards(office.general())).isEmpty();
                office.acme().bot().restore();
                office.clock().advance(A_WHILE);
                eventually(() -> cards(office.general()).size() == 1);
            }
        }

        @Test
        void each_one_s_calls_are_its_own() {
            Workspace globex = office.slack().workspace("globex");
            Person stranger = globex.person("ana");
            office.startCall(office.ana(), "/call https://meet.example.com/standup Sync", office.general());
            office.types(stranger, "/call https://meet.example.com/standup Other", globex.conversation("general"));
            eventually(() -> cards(globex.conversation("general")).size() == 1);

            assertThat(globex.calls()).hasSize(1);
            assertThat(office.acme().calls()).hasSize(1);
            assertThat(office.answer(stranger, "/call list", globex.conversation("general")))
                    .contains("Other")
                    .doesNotContain("Sync");
        }

        @Test
        void nobody_does_anything_to_a_call_of_the_other() throws Exception {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            Workspace globex = office.slack().workspace("globex");
            for (String action : List.of("end_call", "decline_call", "join_call")) {
                office.slack()
                        .sendEnvelope(
                                "interactive",
                                Payloads.press(
                                        globex.person("dee"), // an admin, who may end any Call there
                                        globex.conversation("general"),
                                        action,
                                        call.externalUniqueId()));
            }
            JsonObject declined = new JsonObject();
            declined.addProperty("type", "call_rejected");
            declined.addProperty("call_id", call.id());
            declined.addProperty("user_id", globex.person("bo").id());
            declined.addProperty("external_unique_id", call.externalUniqueId());
            office.slack().sendEnvelope("events_api", Payloads.event(globex, "Ev0REJECTED", declined));
            office.atRest();

            assertThat(office.liveCalls()).isEqualTo(1);
            assertThat(office.count("select count(*) from participants")).isZero();
            assertThat(office.told(office.ana())).isEmpty();
        }
    }

    @Nested
    class From_the_start {
        @RegisterExtension
        private final Office office = new Office()
                .slack(options -> options.workspaces("acme", "globex"))
                .closed();

        @Test
        void whose_a_token_is_may_take_a_while_and_nobody_is_accused() {
            try (LogLines log = LogLines.listen()) {
                office.faults().on("auth.test").http(503);
                office.faults().on("auth.test").http(503);
                office.start();
                office.types(office.ana(), "/call Sync", office.general());
                eventually(() -> log.lines().stream().anyMatch(line -> line.contains("token_not_known_yet")));
                office.clock().advance(Duration.ofSeconds(20));

                eventually(() -> cards(office.general()).size() == 1);
                assertThat(log.lines()).noneMatch(line -> line.contains("no_token"));
            }
        }

        @Test
        void does_not_keep_the_bot_from_serving_the_other() {
            office.acme().bot().revoke();
            office.start();
            Workspace globex = office.slack().workspace("globex");
            office.types(globex.person("ana"), "/call Sync", globex.conversation("general"));

            eventually(() -> cards(globex.conversation("general")).size() == 1);
        }
    }

    private static List<String> complaints(LogLines log, String code) {
        return log.lines().stream()
                .filter(line -> line.contains("ERROR") && line.contains(code))
                .toList();
    }
}
