package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.slack.Call;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The settings name another meeting server than before, and Calls on the old one are still live. */
class AnotherServerTest {
    private static final String OLD = "https://old.example.com";

    @RegisterExtension
    final Office office = new Office().withJitsi().closed().with("SWITCHBOARD_NO_SHOW_LIMIT", "1s");

    @Test
    void what_it_says_of_rooms_that_it_does_not_have_ends_no_call_and_moves_none() {
        Call old = startedOnTheOldServer();
        office.start();
        Call here = office.startCall(office.ana(), "/call Sitdown", office.random());
        eventually(here::ended);
        office.types(office.ana(), "/call rename Retro", office.general());
        eventually(() -> old.title().equals(Optional.of("Retro")));
        office.atRest();

        assertThat(old.ended()).isFalse();
        assertThat(old.joinUrl()).startsWith(OLD);
        assertThat(here.joinUrl()).startsWith(office.jitsi().address());
    }

    private Call startedOnTheOldServer() {
        String address = office.jitsi().address();
        office.with("SWITCHBOARD_PROVIDER", "link")
                .with("SWITCHBOARD_MEETING_URL", OLD)
                .start();
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        office.atRest();
        office.stop();
        office.with("SWITCHBOARD_PROVIDER", "jitsi").with("SWITCHBOARD_MEETING_URL", address);
        return call;
    }
}
