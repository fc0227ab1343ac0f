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

    private List<PostedMessage> thread() {
        return office.general().messages().stream()
                .filter(message -> message.threadTs().isPresent())
                .toList();
    }
}
