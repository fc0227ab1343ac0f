package dev.switchboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Whatever a copy's own clock says, it goes by the clock of the database's server. */
class ServerTimeTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong(-42);
    private final ServerTime time = new ServerTime(NOON, nanos::get);

    private long passes(Duration duration) {
        return nanos.getAndAdd(duration.toNanos());
    }

    @Test
    void it_goes_on_between_two_answers() {
        passes(Duration.ofSeconds(90));
        assertThat(time.instant()).isEqualTo(NOON.plusSeconds(90));
    }

    @Test
    void an_answer_that_may_be_of_the_moment_it_expects_changes_nothing() {
        long asked = passes(Duration.ofMillis(300));
        time.hear(NOON.plusMillis(100), asked);
        assertThat(time.instant()).isEqualTo(NOON.plusMillis(300));
    }

    @Test
    void a_server_that_is_ahead_is_followed_as_far_as_is_sure() {
        long asked = passes(Duration.ofMillis(300));
        time.hear(NOON.plusSeconds(40), asked);
        assertThat(time.instant()).isEqualTo(NOON.plusSeconds(40));
    }

    @Test
    void so_is_one_whose_clock_was_set_back() {
        long asked = passes(Duration.ofMillis(300));
        time.hear(NOON.minusSeconds(40), asked);
        assertThat(time.instant()).isEqualTo(NOON.minusSeconds(40).plusMillis(300));
        passes(Duration.ofSeconds(1));
        assertThat(time.instant()).isEqualTo(NOON.minusSeconds(39).plusMillis(300));
    }

    @Test
    void it_tells_how_far_a_machine_is_from_it() {
        assertThat(time.apart(Clock.fixed(NOON.minusSeconds(7), ZoneOffset.UTC)))
                .hasSeconds(7);
        assertThat(time.apart(Clock.fixed(NOON.plusSeconds(7), ZoneOffset.UTC))).hasSeconds(7);
    }
}
