package dev.switchboard.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.call.Ruling.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What follows where nobody can tell who is in a room: people are asked. */
class IdleRulingTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Rhythm RHYTHM =
            new Rhythm(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMinutes(30), Duration.ofHours(4));

    private final Call call = CallMirrorTest.call(START);
    private Watch watch = Watch.of(call.id(), START);
    private Instant now = START;
    private Instant heardSince = START;

    @Test
    void an_untouched_call_is_asked_about_then_closed() {
        assertThat(after(4 * 3_600 - 1).fate()).isEqualTo(Fate.UNCHANGED);
        assertThat(after(1).fate()).isEqualTo(Fate.ASKED);
        assertThat(after(14 * 60).fate()).isEqualTo(Fate.UNCHANGED);
        assertThat(after(60).fate()).isEqualTo(Fate.FORGOTTEN);
    }

    @Test
    void an_answer_gives_it_as_long_again() {
        after(4 * 3_600);
        watch = watch.touched(now);
        assertThat(after(3_600).due()).contains(now.plusSeconds(3 * 3_600));
    }

    @Test
    void while_nobody_could_be_heard_nobody_could_answer() {
        after(4 * 3_600);
        heardSince = now.plusSeconds(3_600);
        assertThat(after(3_600).fate()).isEqualTo(Fate.UNCHANGED);
        assertThat(after(15 * 60).fate()).isEqualTo(Fate.FORGOTTEN);
    }

    /** The ruling so many seconds later; what follows from it is kept for the next one. */
    private Ruling after(int seconds) {
        now = now.plusSeconds(seconds);
        Ruling ruling =
                Ruling.onIdle(new Ruling.Case(call, watch, List.of(), Map.of(), Map.of(), RHYTHM, heardSince, now));
        watch = ruling.watch();
        return ruling;
    }
}
