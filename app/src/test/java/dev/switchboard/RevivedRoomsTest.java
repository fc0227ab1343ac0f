package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.meeting.JitsiServer;
import dev.switchboard.sandbox.meeting.MeetingSession;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Person;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People who come into a room after its Call has ended. */
class RevivedRoomsTest {
    @RegisterExtension
    final Office office = new Office().withJitsi().with("SWITCHBOARD_EMPTY_GRACE", "1s");

    @Test
    void it_is_a_new_call_in_the_same_place() {
        Call call = held(office.general());
        join(call, office.bo());
        eventually(() -> Office.cards(office.general()).size() == 2);
        Call next = office.callIn(office.general());
        assertThat(next.joinUrl()).isEqualTo(call.joinUrl());
        assertThat(next.title()).isEqualTo(call.title());
        eventually(() -> Office.lists(next, office.bo()));
        looks();
        assertThat(office.acme().calls()).hasSize(2);
    }

    @Test
    void where_the_bot_may_not_post_it_is_shown_by_what_the_first_command_allowed() {
        Call call = held(office.secret());
        join(call, office.bo());
        eventually(() -> Office.cards(office.secret()).size() == 2);
        assertThat(office.callIn(office.secret()).joinUrl()).isEqualTo(call.joinUrl());
    }

    @Test
    void where_its_link_was_pasted_meanwhile_that_call_goes_on_in_it_and_the_next_is_its_own() {
        try (LogLines log = LogLines.listen()) {
            Call call = held(office.general());
            office.bo().posts(call.joinUrl(), office.random());
            Call pasted = office.callIn(office.random());
            MeetingSession bo = join(call, office.bo());
            eventually(() -> Office.lists(pasted, office.bo()));
            office.clock().advance(Duration.ofSeconds(2)); // the next look at the first one's room is due
            looks();
            assertThat(office.acme().calls()).hasSize(2);

            bo.leave();
            eventually(pasted::ended);
            join(call, office.cy());
            eventually(() -> Office.cards(office.random()).size() == 2);
            looks();
            assertThat(office.acme().calls()).hasSize(3);
            assertThat(Office.cards(office.general())).hasSize(1);
            assertThat(log.lines()).noneMatch(line -> line.contains(" ERROR "));
        }
    }

    /** A Call there that has ended, since whoever was in has left. */
    private Call held(Conversation where) {
        Call call = office.startCall(office.ana(), "/call Standup", where);
        MeetingSession ana = join(call, office.ana());
        eventually(() -> Office.lists(call, office.ana()));
        ana.leave();
        eventually(call::ended);
        return call;
    }

    private MeetingSession join(Call call, Person person) {
        String path = URI.create(call.joinUrl()).getPath();
        return office.jitsi().join(path.substring(path.lastIndexOf('/') + 1), person.displayName(), person.email());
    }

    /** Waits until the server was asked three times more, each time because a look was due. */
    private void looks() {
        JitsiServer server = office.jitsi();
        int before = server.journal().requests("/room-census").size();
        eventually(() -> {
            office.clock().advance(Duration.ofMillis(50));
            return server.journal().requests("/room-census").size() >= before + 3;
        });
    }
}
