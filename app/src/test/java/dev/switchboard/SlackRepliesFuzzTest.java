package dev.switchboard;

import static dev.switchboard.Office.cards;
import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.fuzz.Effort;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Journal.ApiCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A Web API that answers anything at all for a while. What is owed is owed until Slack has said that it is done, and then
 * everything is there once. The long form is {@code -Dfuzz.minutes}.
 */
@Timeout(7200)
class SlackRepliesFuzzTest {
    private static final Duration NORMALLY = Duration.ofSeconds(12);
    private static final int CALLS_IN_ONE_OFFICE = 200;
    private static final List<String> METHODS = List.of(
            "calls.add",
            "chat.postMessage",
            "calls.participants.add",
            "calls.update",
            "calls.end",
            "calls.info",
            "chat.update",
            "conversations.open",
            "conversations.info",
            "conversations.history",
            "users.info");

    /** None that lies: with these nothing has been said of what was done. */
    private static final List<String> ODD = List.of(
            "",
            " ".repeat(2_000_000),
            "null",
            "[]",
            "42",
            "{}",
            "{\"ok\":\"perhaps\"}",
            "{\"ok\":[true]}",
            "{\"ok\":true}",
            "{\"ok\":true,\"ts\":null,\"channel\":null,\"call\":null,\"messages\":null,\"user\":null}",
            "{\"ok\":true,\"call\":{},\"message\":{},\"messages\":[null],\"user\":{}}",
            "{\"ok\":true,\"ts\":{},\"channel\":[],\"call\":7,\"messages\":{},\"user\":\"U1\"}",
            "{\"a\":".repeat(1_000),
            "<!DOCTYPE html><html><body>Sign in to the hotel's network</body></html>");

    @RegisterExtension
    private final Office office = new Office();

    @Test
    void whatever_is_answered_everything_is_there_once_in_the_end() throws Exception {
        Effort effort = Effort.of(NORMALLY);
        Random random = new Random(effort.seed());
        while (effort.goesOn()) {
            liveAndEnd("Well", effort); // so that there are good answers to start from
            List<ApiCall> good = office.slack().journal().calls();
            try (LogLines log = LogLines.listen()) {
                for (int i = 0; i < CALLS_IN_ONE_OFFICE && effort.goesOn(); i++) {
                    spoil(random, good);
                    liveAndEnd("Round " + i, effort);
                    office.faults().clear();
                }
                assertThat(log.lines())
                        .allSatisfy(line -> assertThat(line)
                                .hasSizeLessThan(1_000)
                                .doesNotContain("\tat ", "Exception in thread")
                                .doesNotContain(office.slack().botToken()));
            }
            office.renew();
        }
    }

    /** Has Slack do what it is asked, and the answers of this round arrive as something that says so to nobody. */
    private void spoil(Random random, List<ApiCall> good) {
        for (int faults = 1 + random.nextInt(4); faults > 0; faults--) {
            String method = METHODS.get(random.nextInt(METHODS.size()));
            List<String> answers = good.stream()
                    .filter(call -> call.method().equals(method))
                    .map(ApiCall::answer)
                    .toList();
            String answer = answers.isEmpty() ? "{\"ok\":true}" : answers.get(random.nextInt(answers.size()));
            String odd = random.nextBoolean()
                    ? ODD.get(random.nextInt(ODD.size()))
                    : answer.substring(0, random.nextInt(answer.length()));
            office.faults().on(method).garble(random.nextInt(6) == 0 ? 200 + random.nextInt(100) : 200, odd);
        }
    }

    /** A Call with Bo from its start to its end. */
    private void liveAndEnd(String title, Effort effort) {
        int before = cards(office.general()).size();
        int rings = office.rings(office.bo()).size();
        office.types(office.ana(), "/call @bo " + title, office.general());
        settle();
        assertThat(cards(office.general())).as("%s: cards of %s", effort, title).hasSize(before + 1);
        assertThat(office.rings(office.bo()))
                .as("%s: rings of %s", effort, title)
                .hasSize(rings + 1);
        Call call = office.callIn(office.general());
        assertThat(call.title()).as("%s", effort).contains(title);
        office.types(office.ana(), "/call rename New " + title, office.general());
        office.types(office.ana(), "/call end", office.general());
        settle();
        assertThat(call.ended()).as("%s: the end of %s", effort, title).isTrue();
        List<String> live = new ArrayList<>();
        office.acme().calls().stream().filter(one -> !one.ended()).forEach(one -> live.add(one.externalUniqueId()));
        // A Call whose registration was answered oddly is nobody's: it was never shown.
        assertThat(cards(office.general())).noneMatch(card -> live.containsAll(card.callIds()));
    }

    /** Until nothing is owed; where all that is waits for its time, that time is made to come. */
    private void settle() {
        eventually(() -> {
            String due = "select count(*) from calls where due_at <= "
                    + office.clock().millis();
            if (office.owed() > 0 && office.count(due) == 0) {
                office.clock().advance(Duration.ofSeconds(31));
            }
            return office.owed() == 0;
        });
    }
}
