package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.slack.Conversation;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A message of which nobody knows whether Slack has it is looked for before it is posted again. */
class LostRepliesTest {
    @RegisterExtension
    final Office office = new Office();

    @Test
    void it_is_found_however_much_was_said_since() {
        office.startCall(office.ana(), "/call Standup", office.general());
        office.atRest();
        office.faults().on("chat.postMessage").next(1).dropAfterEffect();
        office.types(office.ana(), "/call invite @bo", office.general());
        eventually(() -> office.rings(office.bo()).size() == 1);
        Conversation direct = office.acme().botMessagesOf(office.bo());
        for (int i = 0; i < 450; i++) {
            office.bo().posts("Where is it, " + i, direct);
        }
        office.clock().advance(Duration.ofSeconds(5));
        office.atRest();
        assertThat(office.requests("conversations.history")).hasSize(3);
        assertThat(office.rings(office.bo())).hasSize(1);
    }
}
