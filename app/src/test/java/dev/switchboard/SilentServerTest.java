package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.PostedMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Jitsi that has never told who is in a room: of what nobody knows nothing is said. */
class SilentServerTest {
    @RegisterExtension
    final Office office = new Office().withJitsi();

    @Test
    void its_call_is_as_long_as_it_was_live_and_nobody_is_taken_off_its_card() {
        office.jitsi().sizeModule(false);
        office.jitsi().censusModule(false);
        Call call = office.startCall(office.ana(), "/call @bo Standup", office.general());
        office.atRest();
        office.clock().advance(Duration.ofMinutes(50));
        String answer = office.answer(office.ana(), "/call end", office.general());
        eventually(call::ended);
        eventually(() -> thread().size() == 1);

        assertThat(answer).contains("after 50 min");
        assertThat(call.duration().orElseThrow()).isBetween(50 * 60L, 50 * 60L + 30);
        assertThat(thread().get(0).text()).contains("lasted 50 min").doesNotContain("obody");
        assertThat(office.requests("calls.participants.remove")).isEmpty();
    }

    @Test
    void once_it_tells_the_question_whether_the_call_goes_on_is_taken_back() {
        office.jitsi().sizeModule(false);
        office.jitsi().censusModule(false);
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        eventually(() -> office.count("select count(*) from watches where unclear_since is not null") == 1);
        office.clock().advance(Duration.ofHours(5));
        eventually(() -> {
            office.clock().advance(Duration.ofMillis(100));
            return Office.said(office.general()).size() == 2;
        });
        assertThat(question().elements()).hasSize(2);
        office.atRest();
        office.jitsi().sizeModule(true);
        office.jitsi().censusModule(true);
        eventually(() -> {
            office.clock().advance(Duration.ofMillis(100));
            return question().elements().isEmpty();
        });
        assertThat(call.ended()).isFalse();
    }

    private PostedMessage question() {
        return Office.said(office.general()).get(1);
    }

    private List<PostedMessage> thread() {
        return office.general().messages().stream()
                .filter(message -> message.threadTs().isPresent())
                .toList();
    }
}
