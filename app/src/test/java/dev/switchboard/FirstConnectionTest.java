package dev.switchboard;

import static dev.switchboard.Office.cards;
import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Faults;
import dev.switchboard.sandbox.slack.Gate;
import dev.switchboard.settings.SettingsException;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The start: with Slack out of reach, with a refused token, with work left over in the ledger. */
@Timeout(60)
class FirstConnectionTest {
    private static final String OPEN = "apps.connections.open";

    @RegisterExtension
    private final Office office = new Office().closed();

    @Nested
    class With_slack_out_of_reach {
        @Test
        void it_connects_when_slack_is_back() {
            office.faults().on(OPEN).http(500);
            office.faults().on(OPEN).failWith("internal_error");
            office.faults().on(OPEN).dropBeforeEffect();
            office.faults().on(Faults.WEBSOCKET).http(503);
            office.faults().on("auth.test").http(503);
            office.launch();

            comesUp();
        }

        /** As after a kill, while Slack still counts the connections of the one before. */
        @Test
        void that_all_connections_are_taken_is_no_fault_of_the_token() {
            try (LogLines log = LogLines.listen()) {
                office.faults().on(OPEN).failWith("too_many_websockets");
                office.launch();

                assertThat(log.lines())
                        .anyMatch(line -> line.contains("ERROR")
                                && line.contains("too_many_websockets")
                                && line.contains("the ten connections"));
            }
        }

        @Test
        void told_to_wait_it_waits() {
            office.faults().on(OPEN).rateLimit(Duration.ofSeconds(2));
            office.launch();
            comesUp();

            var requests = office.requests(OPEN);
            assertThat(requests.get(1).time())
                    .isAfterOrEqualTo(requests.get(0).time().plusSeconds(2));
        }

        @Test
        void a_web_page_instead_of_slack_is_got_over() {
            office.faults().on(OPEN).page(200);
            office.faults().on("auth.test").page(200);
            office.launch();

            comesUp();
        }
    }

    @Nested
    class With_a_refused_token {
        @Test
        void of_the_app_it_names_the_variable() {
            office.slack().app().revoke();

            assertThat(mistakeAtStart()).contains("SLACK_APP_TOKEN", "token_revoked");
        }

        @Test
        void of_the_app_without_the_scope_it_names_the_variable() {
            office.slack().app().withdraw("connections:write");

            assertThat(mistakeAtStart()).contains("SLACK_APP_TOKEN", "missing_scope");
        }

        @Test
        void of_the_bot_it_names_the_variable() {
            office.acme().bot().revoke();

            assertThat(mistakeAtStart()).contains("SLACK_BOT_TOKEN", "token_revoked");
            assertThat(office.slack().connections().opened())
                    .as("no command comes to a bot that can do nothing")
                    .isZero();
        }

        private String mistakeAtStart() {
            SettingsException refusal = catchThrowableOfType(SettingsException.class, office::launch);
            assertThat(refusal.mistakes()).hasSize(1);
            String line = refusal.mistakes().get(0).line();
            assertThat(line)
                    .doesNotContain(office.slack().appToken(), office.slack().botToken());
            return line;
        }
    }

    @Nested
    class With_work_left_over {
        @Test
        void a_call_that_was_not_registered_is() {
            office.start();
            Gate gate = office.faults().on("calls.add").holdBeforeEffect();
            office.types(office.ana(), "/call @bo Sync", office.general());
            eventually(gate::reached);
            office.stop();
            office.start();
            eventually(() -> cards(office.general()).size() == 1);
            office.atRest();

            assertThat(office.rings(office.bo())).hasSize(1);
        }

        @Test
        void a_card_that_was_posted_without_our_knowing_is_found() {
            office.start();
            Gate gate = office.faults().on("chat.postMessage").holdAfterEffect();
            office.types(office.ana(), "/call @bo Sync", office.general());
            eventually(gate::reached);
            office.stop();
            office.start();
            office.atRest();

            assertThat(cards(office.general())).hasSize(1);
            assertThat(office.rings(office.bo())).hasSize(1);
        }

        @Test
        void an_end_is_delivered_with_the_duration_it_had() {
            office.start();
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            office.clock().advance(Duration.ofMinutes(10));
            Gate gate = office.faults().on("calls.end").holdBeforeEffect();
            office.types(office.ana(), "/call end", office.general());
            eventually(gate::reached);
            office.stop();
            office.clock().advance(Duration.ofHours(3));
            office.start();
            eventually(call::ended);

            assertThat(call.duration().orElse(0)).isBetween(600L, 660L);
        }

        @Test
        void a_live_call_still_answers_to_its_commands() {
            office.start();
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            office.stop();
            office.start();

            assertThat(office.answer(office.ana(), "/call end", office.general()))
                    .contains("Sync");
            eventually(call::ended);
        }
    }

    private void comesUp() {
        eventually(() -> office.bot().connected());
        office.startCall(office.ana(), "/call Sync", office.general());
    }
}
