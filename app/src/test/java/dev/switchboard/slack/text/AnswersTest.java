package dev.switchboard.slack.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.call.Outcome;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sentences that no test of the command table leads to. */
class AnswersTest {
    private final Answers answers = new Answers("/call", false, Clock.systemUTC());

    @Test
    void a_history_that_was_not_looked_through_does_not_say_that_there_was_nothing() {
        assertThat(history(Optional.of(500)))
                .contains("none of the last 500 Calls")
                .doesNotContain("No Call has ended");
        assertThat(history(Optional.empty())).contains("No Call has ended yet");
    }

    private String history(Optional<Integer> ofLast) {
        return new Outcome.History(List.of(), ofLast, false)
                .answer(answers)
                .map(Answer::text)
                .orElse("");
    }
}
