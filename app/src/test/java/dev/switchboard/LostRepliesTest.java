package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.SentEnvelope;
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

    @Test
    void an_unfurled_link_is_not_taken_for_the_card_where_the_bot_can_not_read() {
        office.faults().on("chat.postMessage").next(1).dropBeforeEffect();
        office.types(office.ana(), "/call Standup", office.random());
        eventually(() -> office.requests("chat.postMessage").size() == 1);
        Call call = office.acme().calls().get(0);
        office.bo().posts("come to " + call.joinUrl(), office.random());
        eventually(
                () -> office.slack().journal().envelopes("events_api").stream().anyMatch(SentEnvelope::acknowledged));
        office.clock().advance(Duration.ofSeconds(5));
        office.atRest();
        assertThat(Office.cards(office.random())).hasSize(2);
        assertThat(office.requests("calls.info")).isNotEmpty();
        assertThat(office.requests("chat.postMessage")).hasSize(2);
    }
}
