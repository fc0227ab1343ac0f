package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.meeting.MeetingSession;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.PostedMessage;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Slack takes its time to say who the people in a room are, as it does when very many come at once. */
class LateIdentitiesTest {
    @RegisterExtension
    final Office office = new Office().withJitsi();

    private Call call;
    private MeetingSession bo;

    @BeforeEach
    void bo_is_in_and_slack_does_not_say_who_that_is() {
        office.faults().on("users.lookupByEmail").always().rateLimit(Duration.ofSeconds(1));
        call = office.startCall(office.ana(), "/call Standup", office.general());
        String path = URI.create(call.joinUrl()).getPath();
        bo = office.jitsi()
                .join(
                        path.substring(path.lastIndexOf('/') + 1),
                        "Robert",
                        office.bo().email());
        eventually(() -> !office.requests("users.lookupByEmail").isEmpty());
        office.clock().advance(Duration.ofMinutes(3));
        looks();
    }

    @Test
    void once_it_does_their_time_counts_from_when_they_came() {
        office.faults().clear();
        eventually(() -> {
            office.clock().advance(Duration.ofMillis(100));
            return Office.lists(call, office.bo());
        });
        assertThat(summary()).contains("<@" + office.bo().id() + "> (3 min)");
    }

    @Test
    void who_leave_before_it_does_were_there_by_the_name_they_gave() {
        bo.leave();
        looks();
        assertThat(summary())
                .contains("Robert (3 min)")
                .doesNotContain(office.bo().id());
    }

    private String summary() {
        office.types(office.ana(), "/call end", office.general());
        eventually(() -> office.general().messages().stream()
                .anyMatch(message -> message.threadTs().isPresent()));
        return office.general().messages().stream()
                .filter(message -> message.threadTs().isPresent())
                .map(PostedMessage::text)
                .findFirst()
                .orElseThrow();
    }

    private void looks() {
        int before = office.jitsi().journal().count();
        eventually(() -> {
            office.clock().advance(Duration.ofMillis(50));
            return office.jitsi().journal().count() >= before + 8;
        });
    }
}
