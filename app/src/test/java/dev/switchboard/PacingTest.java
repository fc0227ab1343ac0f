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
}
