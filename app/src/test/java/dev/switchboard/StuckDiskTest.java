package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Conversation;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A disk on which nothing can be written for longer than Slack waits for an acknowledgement. */
@Timeout(60)
class StuckDiskTest {
    /** More than are dealt with at the same time. */
    private static final int COMMANDS = 90;

    @RegisterExtension
    final Office office = new Office()
            .onFailingDisk()
            // A Slack that waits for longer than the real one, so that the bot has given them up when it does.
            .slack(options -> options.acknowledgeWithin(Duration.ofSeconds(4)));

    @AfterEach
    void goOn() {
        FailingDisk.stuck(false);
    }

    /** Whoever typed it was told by Slack that it failed, and has typed it again since. */
    @Test
    void what_waited_in_line_for_longer_is_not_carried_out_and_the_rest_once() {
        List<Conversation> channels = IntStream.range(0, COMMANDS)
                .mapToObj(i -> office.acme().createChannel("team-" + i, Conversation.Kind.PUBLIC, office.ana()))
                .toList();
        FailingDisk.stuck(true);
        List<Attempt> attempts = channels.stream()
                .map(channel -> office.ana().types("/call Standup", channel))
                .toList();
        eventually(() -> attempts.stream().allMatch(attempt -> attempt.error().isPresent()));
        FailingDisk.stuck(false);
        office.atRest();
        eventually(() ->
                office.answer(office.ana(), "/call Sitdown", office.general()).isEmpty());
        eventually(() -> Office.cards(office.general()).size() == 1);

        long started = channels.stream()
                .filter(channel -> !Office.cards(channel).isEmpty())
                .count();
        assertThat(started).isBetween(1L, COMMANDS - 1L);
        assertThat(channels)
                .allSatisfy(channel -> assertThat(Office.cards(channel)).hasSizeLessThanOrEqualTo(1));
    }
}
