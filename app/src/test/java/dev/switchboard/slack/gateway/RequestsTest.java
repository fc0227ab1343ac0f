package dev.switchboard.slack.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.methods.response.calls.CallsEndResponse;
import dev.switchboard.TickingClock;
import dev.switchboard.call.Allowances;
import dev.switchboard.call.Reply;
import dev.switchboard.call.TeamId;
import dev.switchboard.settings.Proxies;
import dev.switchboard.settings.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private final TickingClock clock = new TickingClock();
    private final SlackClients clients = new SlackClients(URI.create("http://127.0.0.1:1/api/"), Proxies.none());
    private final Workspaces workspaces = new Workspaces(clients, List.of(new Secret("xoxb-1")));

    @AfterEach
    void close() {
        clients.close();
    }

    /** SIGSTOP, say: another copy may have told Slack the same and more since. */
    @Test
    void a_request_that_was_held_up_on_its_way_is_not_made() {
        Requests requests =
                new Requests(clients, workspaces, new Pace(50, grantingAfter(Duration.ofSeconds(2)), clock), clock);

        Reply<String> reply = requests.ask(
                new TeamId("T1"),
                "calls.end",
                client -> {
                    throw new AssertionError("Slack was asked");
                },
                (CallsEndResponse answer) -> "done");

        assertThat(reply.verdict()).isEqualTo(Reply.Verdict.LATER);
        assertThat(reply.code()).isEqualTo("overslept");
    }

    @Test
    void what_slack_answered_counts_though_its_place_can_t_be_given_back() {
        Requests requests = new Requests(clients, workspaces, new Pace(50, takingNothingBack(), clock), clock);
        CallsEndResponse ended = new CallsEndResponse();
        ended.setOk(true);

        Reply<String> reply = requests.ask(new TeamId("T1"), "calls.end", client -> ended, answer -> "done");

        assertThat(reply.value()).contains("done");
    }

    @Test
    void whatever_slack_says_of_coming_back_it_is_not_at_once_and_within_the_hour() {
        Instant now = clock.instant();
        assertThat(Failures.retryAfter("0", now)).contains(now.plusSeconds(1));
        assertThat(Failures.retryAfter("-5", now)).contains(now.plusSeconds(1));
        assertThat(Failures.retryAfter("30", now)).contains(now.plusSeconds(30));
        assertThat(Failures.retryAfter("Fri, 13 Nov", now)).contains(now.plusSeconds(60));
        assertThat(Failures.retryAfter("999999", now)).contains(now.plusSeconds(3_600));
    }

    private static Allowances takingNothingBack() {
        return new Allowances() {
            @Override
            public Turn take(List<Window> windows, Instant now) {
                return Turn.granted(List.of());
            }

            @Override
            public void giveBack(List<Place> places, Instant answeredAt) {
                throw new IllegalStateException("a statement failed");
            }

            @Override
            public void block(String name, Instant until) {}
        };
    }

    private Allowances grantingAfter(Duration time) {
        return new Allowances() {
            @Override
            public Turn take(List<Window> windows, Instant now) {
                clock.tick(time);
                return Turn.granted(List.of());
            }

            @Override
            public void giveBack(List<Place> places, Instant answeredAt) {}

            @Override
            public void block(String name, Instant until) {}
        };
    }
}
