package dev.switchboard;

import static dev.switchboard.Office.eventually;

import dev.switchboard.sandbox.slack.Call;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where looks are far between, a room in which people may be already does not wait for the next one. */
class FirstLooksTest {
    @RegisterExtension
    final Office office = new Office().withJitsi().with("SWITCHBOARD_POLL_INTERVAL", "1m");

    @Test
    void whoever_came_while_the_bot_was_down_is_listed_at_once_when_it_is_back() {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        office.atRest();
        office.stop();
        String path = URI.create(call.joinUrl()).getPath();
        office.jitsi()
                .join(
                        path.substring(path.lastIndexOf('/') + 1),
                        office.cy().displayName(),
                        office.cy().email());
        office.start();
        eventually(() -> Office.lists(call, office.cy()));
    }

    @Test
    void whoever_is_in_a_room_whose_link_somebody_types_is_listed_at_once() {
        office.jitsi().join("retro", office.bo().displayName(), office.bo().email());
        Call call = office.startCall(office.ana(), "/call " + office.jitsi().address() + "/retro", office.general());
        eventually(() -> Office.lists(call, office.bo()));
    }
}
