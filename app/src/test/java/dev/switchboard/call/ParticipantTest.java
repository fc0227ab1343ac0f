package dev.switchboard.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.call.Participant.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ParticipantTest {
    private static final Instant CAME = Instant.parse("2026-11-30T10:00:00Z");
    private static final Instant LATER = CAME.plusSeconds(78);
    private static final CallId CALL = new CallId(UUID.randomUUID());
    private static final UserId BO = new UserId("U_BO");

    /** Slack may have been slow to say so: the summary names them, with their time. */
    @Test
    void whom_slack_refuses_after_a_while_was_there_all_the_same() {
        Participant refused = Participant.arrived(CALL, Person.of(BO), CAME).refused(LATER);
        assertThat(refused.standing()).isEqualTo(Standing.REFUSED);
        assertThat(refused.came()).isTrue();
        assertThat(refused.attended(LATER.plusSeconds(60))).isEqualTo(Duration.ofSeconds(78));
    }

    @Test
    void whoever_declines_without_having_come_was_not_there() {
        Participant declined = Participant.invited(CALL, BO, BO, CAME).declined(LATER);
        assertThat(declined.standing()).isEqualTo(Standing.DECLINED);
        assertThat(declined.came()).isFalse();
    }
}
