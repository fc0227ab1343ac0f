package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static dev.switchboard.Office.eventuallyAssert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import dev.switchboard.sandbox.slack.SentEnvelope;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** While the disk is full nobody is promised anything; once there is room all goes on, without a restart. */
class LedgerAwayTest {
    private static final String REFUSED = "can't write anything down";

    @RegisterExtension
    final Office office = new Office().withBigBlueButton().onFailingDisk();

    private Call live;

    @BeforeEach
    void the_disk_fills_up_under_a_live_call() {
        live = office.startCall(office.ana(), "/call Standup", office.general());
        office.atRest();
        FailingDisk.full(true);
        assertThat(office.answer(office.ana(), "/call One too many", office.direct()))
                .contains(REFUSED);
    }

    @AfterEach
    void room() {
        FailingDisk.full(false);
    }

    @Test
    void a_command_is_refused_in_words_and_taken_once_there_is_room() {
        assertThat(office.answer(office.bo(), "/call end", office.general()))
                .contains(REFUSED)
                .contains("nothing was changed");
        assertThat(live.ended()).isFalse();
        FailingDisk.full(false);
        eventually(
                () -> office.answer(office.bo(), "/call Two", office.secret()).isEmpty());
        eventually(() -> Office.cards(office.secret()).size() == 1);
        office.atRest();
        assertThat(Office.cards(office.direct())).isEmpty();
        assertThat(office.liveCalls()).isEqualTo(2);
    }

    @Test
    void a_button_is_refused_in_the_same_words_and_works_once_there_is_room() {
        PostedMessage card = Office.cards(office.general()).get(0);
        office.presses(office.bo(), card, "Join as me");
        eventuallyAssert(
                () -> assertThat(words(office.bo())).singleElement().asString().contains(REFUSED));
        FailingDisk.full(false);
        eventually(() -> {
            office.presses(office.bo(), card, "Join as me");
            return words(office.bo()).stream().anyMatch(word -> !word.contains(REFUSED));
        });
    }

    @Test
    void a_link_that_is_pasted_meanwhile_is_unfurled_afterwards() {
        office.cy().posts(live.joinUrl(), office.general());
        eventually(() -> office.slack().journal().envelopes("events_api").size() > 1); // it is delivered again
        assertThat(office.slack().journal().envelopes("events_api")).noneMatch(SentEnvelope::acknowledged);
        FailingDisk.full(false);
        eventually(() -> Office.cards(office.general()).size() == 2);
    }

    private List<String> words(Person person) {
        return Office.words(person, office.general()).stream()
                .map(PostedMessage::text)
                .toList();
    }
}
