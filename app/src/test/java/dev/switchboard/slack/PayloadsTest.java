package dev.switchboard.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.app_backend.events.payload.Authorization;
import com.slack.api.app_backend.events.payload.LinkSharedPayload;
import dev.switchboard.call.TeamId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** For which workspace an event came. */
class PayloadsTest {
    private static final TeamId OURS = new TeamId("T0OURS");
    private static final TeamId WHERE_IT_HAPPENED = new TeamId("T0THEIRS");

    @Test
    void the_installation_counts_not_the_workspace_where_it_happened() {
        assertThat(Payloads.team(event(authorization(OURS.value(), false)))).isEqualTo(OURS);
    }

    @Test
    void an_organisations_installation_names_no_workspace() {
        assertThat(Payloads.team(event(authorization(null, true)))).isEqualTo(WHERE_IT_HAPPENED);
        assertThat(Payloads.team(event(authorization("E0ORG", true)))).isEqualTo(WHERE_IT_HAPPENED);
    }

    @Test
    void without_authorizations_it_is_the_workspace_where_it_happened() {
        LinkSharedPayload event = event();
        assertThat(Payloads.team(event)).isEqualTo(WHERE_IT_HAPPENED);
        event.setAuthorizations(null);
        assertThat(Payloads.team(event)).isEqualTo(WHERE_IT_HAPPENED);
        event.setTeamId(null);
        assertThatThrownBy(() -> Payloads.team(event)).isInstanceOf(Payloads.Incomplete.class);
    }

    private static LinkSharedPayload event(Authorization... authorizations) {
        LinkSharedPayload event = new LinkSharedPayload();
        event.setTeamId(WHERE_IT_HAPPENED.value());
        event.setAuthorizations(List.of(authorizations));
        return event;
    }

    private static Authorization authorization(@Nullable String team, boolean organisation) {
        Authorization authorization = new Authorization();
        authorization.setTeamId(team);
        authorization.setIsEnterpriseInstall(organisation);
        return authorization;
    }
}
