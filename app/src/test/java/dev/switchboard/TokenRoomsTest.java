package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.sandbox.meeting.JitsiTokens;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a Jitsi that lets nobody in without a token. */
class TokenRoomsTest {
    private static final String SECRET = "a-secret-of-more-than-thirty-two-characters";

    @RegisterExtension
    final Office office = new Office()
            .withJitsi()
            .with("SWITCHBOARD_JITSI_APP_ID", "switchboard")
            .with("SWITCHBOARD_JITSI_APP_SECRET", SECRET);

    @BeforeEach
    void tokens_are_wanted() {
        office.jitsi().requireTokens(JitsiTokens.hs256("switchboard", SECRET));
    }

    @Test
    void the_link_on_the_card_lets_nobody_in_and_ones_own_does() {
        try (LogLines log = LogLines.listen()) {
            Call call = office.startCall(office.ana(), "/call Standup", office.general());
            assertThat(call.joinUrl()).doesNotContain("jwt");
            assertThatThrownBy(() -> office.jitsi().follow(URI.create(call.joinUrl())))
                    .isInstanceOf(IllegalStateException.class);

            URI link = ownLink(office.bo());
            assertThat(link.getRawFragment()).contains("jwt=");
            office.jitsi().follow(link);
            eventually(() -> Office.lists(call, office.bo()));
            assertThat(log.lines()).noneMatch(line -> line.contains("eyJ"));
        }
    }

    @Test
    void when_all_have_left_the_call_ends_though_the_server_refuses_to_speak_of_a_room_that_is_gone() {
        office.jitsi().censusModule(false);
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        var bo = office.jitsi().follow(ownLink(office.bo()));
        eventually(() -> Office.lists(call, office.bo()));
        bo.leave();
        eventually(call::ended);
    }

    private URI ownLink(Person person) {
        PostedMessage card = Office.cards(office.general()).get(0);
        office.presses(person, card, "Join as me");
        eventually(() -> !Office.words(person, office.general()).isEmpty());
        List<PostedMessage> words = Office.words(person, office.general());
        return URI.create(
                words.get(words.size() - 1).elements().get(0).get("url").getAsString());
    }
}
