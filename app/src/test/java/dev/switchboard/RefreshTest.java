package dev.switchboard;

import static dev.switchboard.Office.cards;
import static dev.switchboard.Office.eventually;
import static dev.switchboard.Office.words;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Connections;
import dev.switchboard.sandbox.slack.Faults;
import dev.switchboard.sandbox.slack.Gate;
import dev.switchboard.sandbox.slack.PostedMessage;
import dev.switchboard.sandbox.slack.SentEnvelope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections come and go, and no command falls between them. */
@Timeout(180)
class RefreshTest {
    private static final int REFRESHES = 100;

    @Nested
    class With_one_connection {
        @RegisterExtension
        private final Office office = new Office().slack(options -> options.refreshGrace(Duration.ofMillis(30)));

        @Test
        void a_hundred_of_them_lose_no_command_and_do_none_twice() {
            List<Attempt> attempts = new ArrayList<>();
            Connections connections = office.slack().connections();
            for (int i = 0; i < REFRESHES; i++) {
                int opened = connections.opened();
                attempts.add(office.ana().types("/call Sync " + i, office.general()));
                switch (i % 3) {
                    case 0 -> connections.refresh();
                    case 1 -> connections.disconnect("refresh_requested");
                    default -> connections.close();
                }
                attempts.add(office.bo().types("/call list", office.general()));
                eventually(() -> connections.opened() > opened && connections.open() == 1);
                eventually(() -> attempts.stream()
                        .allMatch(attempt ->
                                attempt.acknowledged() || attempt.error().isPresent()));
            }
            office.atRest();

            assertThat(office.slack().journal().envelopes()).allMatch(SentEnvelope::acknowledged);
            assertThat(office.slack().violations()).isEmpty();
            assertThat(connections.opened()).isGreaterThan(REFRESHES);
            // What Slack had no connection for, between a close and the next connection, it never sent.
            long sent = attempts.stream()
                    .filter(attempt -> attempt.envelopeId().isPresent())
                    .count();
            assertThat(attempts.stream().filter(Attempt::acknowledged)).hasSize((int) sent);
            assertThat(cards(office.general())).hasSize(REFRESHES);
            assertThat(office.acme().calls()).hasSize(REFRESHES);
        }

        @Test
        void an_acknowledgement_that_finds_no_connection_goes_over_the_next() {
            office.startCall(office.ana(), "/call Sync", office.general());
            Gate answer = office.faults().on("calls.info").holdBeforeEffect();
            Attempt info = office.ana().types("/call info", office.general());
            eventually(answer::reached);
            Gate handshake = office.faults().on(Faults.WEBSOCKET).holdBeforeEffect();
            office.slack().connections().drop();
            eventually(() -> handshake.reached() && office.slack().connections().open() == 0);
            answer.open();
            eventually(() -> !office.requests("calls.info").isEmpty());
            handshake.open();
            eventually(() -> info.acknowledged() || info.error().isPresent());

            assertThat(info.error()).isEmpty();
            assertThat(words(office.ana(), office.general())).isNotEmpty();
        }

        @Test
        void a_button_that_fails_says_so_where_it_was_pressed() {
            Call call = office.startCall(office.ana(), "/call Sync", office.general());
            PostedMessage card = cards(office.general()).get(0);
            office.presses(office.bo(), card, "join_call");
            office.atRest();
            JsonObject pressed = office.slack()
                    .journal()
                    .envelopes("interactive")
                    .get(0)
                    .payload()
                    .deepCopy();
            pressed.remove("user");
            pressed.addProperty("trigger_id", "another");
            List<PostedMessage> before = words(office.bo(), office.general());
            SentEnvelope sent =
                    office.slack().sendEnvelope("interactive", pressed).orElseThrow();
            eventually(sent::acknowledged);
            eventually(() -> words(office.bo(), office.general()).size() == before.size() + 1);

            PostedMessage said = words(office.bo(), office.general()).get(before.size());
            assertThat(said.text()).contains("Something went wrong");
            assertThat(call.ended()).isFalse();
        }
    }

    @Nested
    class With_three_connections {
        @RegisterExtension
        private final Office office = new Office()
                .with("SWITCHBOARD_CONNECTIONS", "3")
                .slack(options -> options.refreshGrace(Duration.ofMillis(100)));

        @Test
        void each_serves_and_those_that_break_come_back() {
            Connections connections = office.slack().connections();
            eventually(() -> connections.open() == 3);
            for (int i = 0; i < 9; i++) {
                office.types(office.ana(), "/call list", office.general());
            }
            connections.drop();
            eventually(() -> connections.opened() > 3 && connections.open() > 0);
            office.types(office.ana(), "/call Sync", office.general());
            eventually(() -> connections.open() == 3);

            connections.refresh();
            for (int i = 0; i < 20; i++) {
                office.types(office.ana(), "/call list", office.general());
            }
            eventually(() -> connections.opened() == 9 && connections.open() == 3);
            assertThat(office.slack().violations()).isEmpty();
            assertThat(office.callIn(office.general()).title()).isEqualTo(Optional.of("Sync"));
        }
    }
}
