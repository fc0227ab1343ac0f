package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import dev.switchboard.sandbox.meeting.JitsiTokens;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    @Test
    void whoever_started_the_call_leads_its_room_and_nobody_else_does() throws ParseException {
        office.startCall(office.ana(), "/call Standup", office.general());
        assertThat(userOf(ownLink(office.ana())))
                .containsEntry("moderator", "true")
                .containsEntry("affiliation", "owner");
        assertThat(userOf(ownLink(office.bo())))
                .containsEntry("moderator", "false")
                .containsEntry("affiliation", "member");
    }

    @Test
    void a_room_that_was_there_before_is_not_led_by_whoever_brings_its_link() throws ParseException {
        office.startCall(office.ana(), "/call " + office.jitsi().address() + "/retro", office.general());
        assertThat(userOf(ownLink(office.ana()))).containsEntry("moderator", "false");
    }

    @Test
    void neither_is_a_room_of_ours_in_which_people_still_are() throws ParseException {
        Call call = office.startCall(office.ana(), "/call Standup", office.general());
        office.jitsi().follow(ownLink(office.bo()));
        eventually(() -> Office.lists(call, office.bo()));
        office.types(office.ana(), "/call end", office.general());
        eventually(call::ended);
        office.startCall(office.cy(), "/call " + call.joinUrl(), office.general());
        assertThat(userOf(ownLink(office.cy()))).containsEntry("moderator", "false");
    }

    /** What the token of that link says of whoever follows it. */
    private static Map<String, Object> userOf(URI ownLink) throws ParseException {
        Matcher token = Pattern.compile("jwt=([^&]+)").matcher(ownLink.getRawFragment());
        assertThat(token.find()).isTrue();
        Map<String, Object> context =
                SignedJWT.parse(token.group(1)).getJWTClaimsSet().getJSONObjectClaim("context");
        return JSONObjectUtils.getJSONObject(context, "user");
    }

    private URI ownLink(Person person) {
        List<PostedMessage> cards = Office.cards(office.general());
        int before = Office.words(person, office.general()).size();
        office.presses(person, cards.get(cards.size() - 1), "Join as me");
        eventually(() -> Office.words(person, office.general()).size() > before);
        List<PostedMessage> words = Office.words(person, office.general());
        return URI.create(
                words.get(words.size() - 1).elements().get(0).get("url").getAsString());
    }
}
