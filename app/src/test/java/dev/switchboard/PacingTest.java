package dev.switchboard;

import static dev.switchboard.Office.cards;
import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Journal.ApiCall;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Within what Slack grants: no 429 of our own making, and nothing forgotten. */
@Timeout(60)
class PacingTest {
    @RegisterExtension
    private final Office office = new Office().with("SLACK_TIER3_PER_MINUTE", "50");

    @Test
    void a_storm_is_spread_over_the_minutes() {
        office.slack().rateLimits(Duration.ofMinutes(1));
        int storm = 60;
        for (int i = 0; i < storm; i++) {
            office.types(office.ana(), "/call Sync " + i, office.general());
        }
        eventually(() -> office.acme().calls().size() == 50);
        eventually(() -> {
            office.clock().advance(Duration.ofSeconds(1));
            return cards(office.general()).size() == storm;
        });

        assertThat(office.slack().journal().calls())
                .extracting(ApiCall::error)
                .doesNotContain(Optional.of("ratelimited"));
        assertThat(office.acme().calls()).extracting(Call::title).doesNotHaveDuplicates();
    }

    @Test
    void an_end_waits_for_what_slack_takes_of_a_live_call_only() {
        Call call = renamedAndEnded(Duration.ofSeconds(4));
        office.clock().advance(Duration.ofSeconds(5));
        eventually(call::ended);
        assertThat(call.title()).contains("Sitdown");
    }

    @Test
    void but_not_for_long() {
        Call call = renamedAndEnded(Duration.ofMinutes(5));
        office.clock().advance(Duration.ofSeconds(10));
        eventually(call::ended);
        assertThat(office.requests("calls.update")).hasSize(1);
    }

    @Test
    void a_clock_that_is_set_back_makes_nobody_wait_longer() {
        office.faults().on("calls.add").next(1).http(500);
        office.types(office.ana(), "/call Standup", office.general());
        eventually(() -> office.requests("calls.add").size() == 1);
        eventually(() -> office.count("select count(*) from calls where due_at > 0 and leased_until is null") == 1);
        office.clock().advance(Duration.ofMinutes(-10));
        eventually(() -> cards(office.general()).size() == 1);
    }

    private Call renamedAndEnded(Duration retryAfter) {
        office.types(office.ana(), "/call Standup", office.general());
        office.atRest();
        Call call = office.callIn(office.general());
        office.faults().on("calls.update").next(1).rateLimit(retryAfter);
        office.types(office.ana(), "/call rename Sitdown", office.general());
        eventually(() -> office.requests("calls.update").size() == 1);
        office.types(office.ana(), "/call end", office.general());
        return call;
    }
}
