package dev.switchboard.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.slack.Sockets.NotConnected;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import javax.websocket.ClientEndpointConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One connection kept up through hours that pass in no time: how often Slack is asked for one, and when. */
class LineTest {
    private final Time time = new Time();
    private final Line line = new Line(0, time);

    // A server that can be relied on

    @Test
    void a_connection_that_held_is_replaced_at_once() {
        time.script(ScriptedServer::greets);
        line.start();
        time.pass(Duration.ofHours(1));
        time.newest().closes();
        time.pass(Duration.ofMillis(1));

        assertThat(time.opened).hasSize(2);
        assertThat(line.connected()).isTrue();
    }

    @Test
    void a_warning_and_then_the_request_to_refresh_are_one_new_connection() {
        time.script(ScriptedServer::greets);
        line.start();
        time.pass(Duration.ofHours(1));
        ScriptedServer old = time.newest();
        old.says("{\"type\":\"disconnect\",\"reason\":\"warning\"}");
        time.pass(Duration.ofSeconds(5));
        assertThat(old.open)
                .as("the old one is kept while Slack may still use it")
                .isTrue();
        old.says("{\"type\":\"disconnect\",\"reason\":\"refresh_requested\"}");
        time.pass(Duration.ofSeconds(30));

        assertThat(time.opened).hasSize(2);
        assertThat(old.open).isFalse();
        assertThat(time.newest().open).isTrue();
    }

    @Test
    void the_old_connection_stays_until_the_new_one_was_greeted() {
        time.script(ScriptedServer::greets);
        line.start();
        time.pass(Duration.ofHours(1));
        ScriptedServer old = time.newest();
        time.script(ScriptedServer::isSilent);
        old.says("{\"type\":\"disconnect\",\"reason\":\"warning\"}");
        time.pass(Line.OVERLAP.plusMillis(1));
        assertThat(old.open).isTrue();

        time.script(ScriptedServer::greets);
        time.pass(Duration.ofMinutes(2));
        assertThat(old.open).isFalse();
        assertThat(line.connected()).isTrue();
    }

    @Test
    void several_lines_ask_one_after_the_other() {
        Line third = new Line(2, time);
        time.script(ScriptedServer::greets);
        third.start();
        time.pass(Line.STAGGER.multipliedBy(2).minusMillis(1));
        assertThat(time.asked).isEmpty();
        time.pass(Duration.ofMillis(1));
        assertThat(time.asked).hasSize(1);

        time.pass(Duration.ofHours(1));
        time.newest().closes();
        time.pass(Line.STAGGER.multipliedBy(2).minusMillis(1));
        assertThat(time.asked)
                .as("not together with the others, which lost theirs too")
                .hasSize(1);
        time.pass(Duration.ofMillis(1));
        assertThat(time.asked).hasSize(2);
    }

    // Half-open connections

    @Test
    void a_connection_that_falls_silent_is_found_within_seconds() {
        time.script(ScriptedServer::greets);
        line.start();
        time.pass(Duration.ofMinutes(5));
        assertThat(time.opened).hasSize(1);
        time.newest().freezes();
        time.pass(Duration.ofSeconds(8));

        assertThat(time.opened).hasSize(2);
        assertThat(line.connected()).isTrue();
    }

    @Test
    void a_connection_on_which_nothing_ever_comes_is_found_within_seconds() {
        time.script(ScriptedServer::isSilent);
        line.start();
        time.pass(Duration.ofSeconds(1));
        time.script(ScriptedServer::greets);
        time.pass(Duration.ofSeconds(13));

        assertThat(time.opened).hasSize(2);
        assertThat(line.connected()).isTrue();
    }

    @Test
    void a_peer_that_answers_pings_but_never_says_hello_is_left_within_seconds() {
        time.script(ScriptedServer::answersPingsOnly);
        line.start();
        time.pass(Duration.ofSeconds(9));
        assertThat(time.opened).hasSize(1);
        time.script(ScriptedServer::greets);
        time.pass(Duration.ofSeconds(5));

        assertThat(time.opened).hasSize(2);
        assertThat(line.connected()).isTrue();
    }

    @Test
    void a_peer_that_answers_no_pings_is_given_more_time_and_left_when_it_says_nothing() {
        time.script(ScriptedServer::greetsAndSwallowsPings);
        line.start();
        time.pass(Duration.ofSeconds(14));
        assertThat(time.opened).hasSize(1);
        time.pass(Duration.ofSeconds(5));
        assertThat(time.opened).hasSize(2);
    }

    @Test
    void whatever_goes_wrong_over_connecting_it_is_tried_again() {
        time.script(server -> {
            throw new IllegalArgumentException("a URL without a host");
        });
        line.start();
        time.pass(Duration.ofSeconds(5));
        time.script(ScriptedServer::greets);
        time.pass(Duration.ofSeconds(30));

        assertThat(line.connected()).isTrue();
        assertThat(line.connections()).hasSize(1);
    }

    // Storms

    @Test
    void a_server_that_greets_and_closes_is_not_run_at() {
        time.script(server -> {
            server.greets();
            server.closes();
        });
        line.start();
        time.pass(Duration.ofMinutes(10));

        assertThat(time.opened).hasSizeBetween(20, 50);
    }

    @Test
    void a_server_that_greets_and_asks_to_leave_is_not_run_at() {
        time.script(server -> {
            server.greets();
            server.says("{\"type\":\"disconnect\",\"reason\":\"warning\"}");
        });
        line.start();
        time.pass(Duration.ofMinutes(10));

        assertThat(time.opened).hasSizeBetween(20, 50);
    }

    @Test
    void a_server_that_takes_connections_and_drops_them_is_not_run_at() {
        time.script(ScriptedServer::closes);
        line.start();
        time.pass(Duration.ofMinutes(10));

        assertThat(time.opened).hasSizeBetween(20, 50);
    }

    @Test
    void what_failed_before_a_connection_proved_itself_is_forgotten() {
        time.script(ScriptedServer::closes);
        line.start();
        time.pass(Duration.ofMinutes(10));
        time.script(ScriptedServer::greets);
        time.pass(Duration.ofMinutes(10));
        int before = time.opened.size();
        time.newest().closes();
        time.pass(Duration.ofMillis(1));
        assertThat(time.opened).hasSize(before + 1);
        time.script(ScriptedServer::closes);
        time.newest().closes(); // too young to have proved anything
        time.pass(Line.FIRST_WAIT);

        assertThat(time.opened).hasSize(before + 2);
    }

    @Test
    void many_bots_do_not_come_back_at_the_same_moment() {
        List<Long> waits = new ArrayList<>();
        for (double random : new double[] {0, 0.3, 0.7, 1}) {
            Time ofIts = new Time();
            ofIts.random = random;
            ofIts.script(ScriptedServer::closes);
            new Line(0, ofIts).start();
            ofIts.pass(Duration.ofSeconds(1));
            waits.add(ofIts.asked.get(1) - ofIts.asked.get(0));
        }
        assertThat(waits).doesNotHaveDuplicates().allMatch(wait -> wait >= Line.FIRST_WAIT.toNanos() / 2);
    }

    // What Slack says instead of an address

    @Test
    void told_to_wait_it_waits_that_long() {
        time.refusals.add(new NotConnected("http_429", Optional.of(Duration.ofMinutes(3))));
        time.script(ScriptedServer::greets);
        line.start();
        time.pass(Duration.ofMinutes(3).minusMillis(1));
        assertThat(time.asked).hasSize(1);
        time.pass(Duration.ofMillis(1));

        assertThat(time.asked).hasSize(2);
        assertThat(line.connected()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"link_disabled", "too_many_websockets", "invalid_auth"})
    void what_a_person_has_to_mend_is_asked_about_twice_a_minute_until_it_is_mended(String code) {
        for (int i = 0; i < 20; i++) {
            time.refusals.add(new NotConnected(code, Optional.empty()));
        }
        time.script(ScriptedServer::greets);
        line.start();
        time.pass(Duration.ofMinutes(9));
        assertThat(time.asked).hasSize(19);
        assertThat(line.connected()).isFalse();
        time.pass(Duration.ofMinutes(2));

        assertThat(line.connected()).isTrue();
        assertThat(time.opened).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"link_disabled", "too_many_websockets"})
    void said_over_the_connection_it_is_left_and_asked_for_half_a_minute_later(String reason) {
        time.script(ScriptedServer::greets);
        line.start();
        time.pass(Duration.ofHours(1));
        ScriptedServer old = time.newest();
        old.says("{\"type\":\"disconnect\",\"reason\":\"" + reason + "\"}");
        assertThat(old.open).isFalse();
        time.pass(Line.LONGEST_WAIT.minusMillis(1));
        assertThat(time.asked).hasSize(1);
        time.pass(Duration.ofMillis(1));

        assertThat(line.connected()).isTrue();
    }

    @Test
    void a_stopped_line_asks_no_more() {
        time.script(ScriptedServer::greets);
        line.start();
        time.pass(Duration.ofHours(1));
        ScriptedServer old = time.newest();
        line.close();
        time.pass(Duration.ofHours(1));

        assertThat(old.open).isFalse();
        assertThat(time.asked).hasSize(1);
    }

    /** What a line is surrounded by: time that passes when it is told to, and servers that do as they are told. */
    private final class Time implements Line.Surroundings {
        private final Queue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
        private final Deque<NotConnected> refusals = new ArrayDeque<>();
        private final List<Long> asked = new ArrayList<>();
        private final List<ScriptedServer> opened = new ArrayList<>();
        private Consumer<ScriptedServer> script = server -> {};
        private long now;
        private double random = 0.5;

        private record Due(long at, Runnable work) {}

        void script(Consumer<ScriptedServer> servers) {
            script = servers;
        }

        ScriptedServer newest() {
            return opened.get(opened.size() - 1);
        }

        /** Lets time pass, with a look at the connections every two seconds. */
        void pass(Duration duration) {
            long end = now + duration.toNanos();
            long everyNanos = Duration.ofSeconds(2).toNanos();
            while (true) {
                long nextWatch = (now / everyNanos + 1) * everyNanos;
                Due next = due.peek();
                long at = next == null ? nextWatch : Math.min(next.at(), nextWatch);
                if (at > end) {
                    now = end;
                    return;
                }
                now = at;
                if (next != null && next.at() <= now) {
                    due.remove(next);
                    next.work().run();
                } else {
                    line.watch();
                }
            }
        }

        @Override
        public URI address() throws NotConnected {
            asked.add(now);
            if (!refusals.isEmpty()) {
                throw refusals.remove();
            }
            return URI.create("wss://slack.example/");
        }

        @Override
        public void connect(Connection connection, URI address) {
            ScriptedServer server = new ScriptedServer(connection);
            opened.add(server);
            connection.onOpen(
                    server.session(), ClientEndpointConfig.Builder.create().build());
            script.accept(server);
        }

        @Override
        public void after(Duration delay, Runnable work) {
            due.add(new Due(now + delay.toNanos(), work));
        }

        @Override
        public void heard(Connection connection, Envelopes.Message message) {}

        @Override
        public void greeted() {}

        @Override
        public LongSupplier nanos() {
            return () -> now;
        }

        @Override
        public DoubleSupplier random() {
            return () -> random;
        }
    }
}
