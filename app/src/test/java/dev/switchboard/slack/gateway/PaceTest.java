package dev.switchboard.slack.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.TickingClock;
import dev.switchboard.call.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final TeamId ACME = new TeamId("T1");
    private static final TeamId OTHER = new TeamId("T2");
    private final TickingClock clock = new TickingClock();
    private final Pace pace = new Pace(3, clock);

    @Test
    void as_many_go_at_once_as_slack_grants_in_a_minute() {
        for (int i = 0; i < 3; i++) {
            assertThat(ask("calls.add")).isEmpty();
        }
        assertThat(ask("calls.add")).contains(clock.instant().plusSeconds(60));
    }

    @Test
    void a_slot_is_free_a_minute_after_its_reply() {
        Pace.Slot slow = pace.take(ACME, "calls.add", Optional.empty()).slot().orElseThrow();
        clock.tick(Duration.ofSeconds(20));
        slow.close();
        ask("calls.add");
        ask("calls.add");
        assertThat(ask("calls.add")).contains(clock.instant().plusSeconds(60));
        clock.tick(Duration.ofSeconds(60));
        assertThat(ask("calls.add")).isEmpty();
    }

    @Test
    void methods_and_workspaces_dont_wait_for_one_another() {
        for (int i = 0; i < 4; i++) {
            ask("calls.add");
        }
        assertThat(ask("calls.end")).isEmpty();
        assertThat(ask(OTHER, "calls.add")).isEmpty();
    }

    @Test
    void a_channel_takes_one_message_a_second() {
        assertThat(post("C1")).isEmpty();
        assertThat(post("C1")).contains(clock.instant().plusSeconds(1));
        assertThat(post("C2")).isEmpty();
        clock.tick(Duration.ofSeconds(1));
        assertThat(post("C1")).isEmpty();
    }

    @Test
    void what_slack_says_stands() {
        Instant until = clock.instant().plusSeconds(7);
        pace.retryAfter(ACME, "calls.add", until);
        assertThat(ask("calls.add")).contains(until);
        assertThat(ask("calls.end")).isEmpty();
        clock.tick(Duration.ofSeconds(7));
        assertThat(ask("calls.add")).isEmpty();
    }

    @Test
    void a_workspace_on_hold_is_left_alone_and_the_others_are_not() {
        Instant until = clock.instant().plusSeconds(30);
        pace.hold(ACME, until);
        assertThat(ask("calls.end")).contains(until);
        assertThat(ask(OTHER, "calls.end")).isEmpty();
    }

    @Test
    void with_zero_only_slack_itself_sets_the_pace() {
        Pace free = new Pace(0, clock);
        for (int i = 0; i < 1_000; i++) {
            assertThat(free.take(ACME, "chat.postMessage", Optional.of("C1")).slot())
                    .isPresent();
        }
        free.retryAfter(ACME, "chat.postMessage", clock.instant().plusSeconds(1));
        assertThat(free.take(ACME, "chat.postMessage", Optional.of("C1")).slot())
                .isEmpty();
    }

    @Test
    void a_clock_that_is_set_back_makes_nobody_wait_longer() {
        pace.retryAfter(ACME, "calls.add", clock.instant().plusSeconds(7));
        for (int i = 0; i < 3; i++) {
            ask("calls.end");
        }
        clock.tick(Duration.ofMinutes(-10));
        assertThat(ask("calls.add")).contains(clock.instant().plusSeconds(7));
        assertThat(ask("calls.end")).contains(clock.instant().plusSeconds(60));
        clock.tick(Duration.ofSeconds(7));
        assertThat(ask("calls.add")).isEmpty();
        clock.tick(Duration.ofSeconds(53));
        assertThat(ask("calls.end")).isEmpty();
    }

    @Test
    void what_nothing_is_counted_in_any_more_is_forgotten() {
        OwnAllowances allowances = new OwnAllowances();
        Pace ours = new Pace(3, allowances, clock);
        Pace.Slot open =
                ours.take(ACME, "chat.postMessage", Optional.of("C0")).slot().orElseThrow();
        for (int i = 1; i <= 5_000; i++) {
            ours.take(ACME, "chat.postMessage", Optional.of("C" + i)).slot().ifPresent(Pace.Slot::close);
            clock.tick(Duration.ofSeconds(1));
        }
        assertThat(allowances.size()).isLessThan(1_100);
        assertThat(ours.take(ACME, "chat.postMessage", Optional.of("C0")).slot())
                .as("one is under way")
                .isEmpty();
        open.close();
    }

    private Optional<Instant> ask(String method) {
        return ask(ACME, method);
    }

    private Optional<Instant> ask(TeamId team, String method) {
        return done(pace.take(team, method, Optional.empty()));
    }

    private Optional<Instant> post(String channel) {
        return done(pace.take(ACME, "chat.postMessage", Optional.of(channel)));
    }

    private static Optional<Instant> done(Pace.Turn turn) {
        turn.slot().ifPresent(Pace.Slot::close);
        return turn.notBefore();
    }
}
