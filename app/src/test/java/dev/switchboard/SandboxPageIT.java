package dev.switchboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.switchboard.sandbox.slack.SentEnvelope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The real bot in the sandbox, as people see it in a browser. */
class SandboxPageIT extends InTheBrowser {
    private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
            new LocatorAssertions.ContainsTextOptions().setTimeout(30_000);

    @Test
    void two_people_start_join_rename_and_end_a_call() throws Exception {
        SlackWindow ana = window("ana", "general");
        SlackWindow bo = window("bo", "general");
        ana.says("/call @bo Weekly sync");
        assertThat(bo.card("Weekly sync")).containsText("Bo is in the call");
        assertThat(ana.card("Weekly sync")).containsText(Pattern.compile("ID \\d{3}-\\d{3}-\\d{3}"));

        Page anasRoom = ana.joins("Weekly sync");
        assertThat(anasRoom.getByRole(AriaRole.STATUS)).hasText("You are alone here.");
        Page bosRoom = bo.joins("Weekly sync");
        Locator tiles = anasRoom.getByRole(AriaRole.LISTITEM);
        assertThat(tiles).hasCount(2);
        assertThat(tiles.nth(1)).containsText("Bo");
        bosRoom.getByText("Mute", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(tiles.nth(1)).containsText("muted");
        assertThat(roomOf(anasRoom)).contains("\"ana@acme.example\"", "\"bo@acme.example\"");
        bosRoom.getByText("Leave").click();
        assertThat(tiles).hasCount(1);
        anasRoom.close();
        Awaitility.await().untilAsserted(() -> assertThat(roomOf(anasRoom)).isEqualTo("404 "));

        ana.says("/call rename Weekly sync & cake");
        assertThat(bo.card("Weekly sync & cake")).isVisible();
        ana.says("/call end");
        assertThat(bo.card("Weekly sync & cake")).containsText("Ended · lasted a few seconds");
        assertThat(bo.card("Weekly sync & cake").getByText("Join")).hasCount(0);
    }

    /** What Jitsi's {@code /room} says of the room in that tab. */
    private String roomOf(Page tab) throws IOException, InterruptedException {
        String path = URI.create(tab.url()).getPath();
        HttpResponse<String> answer =
                get("/room?domain=127.0.0.1&subdomain=meet&room=" + path.substring(path.lastIndexOf('/') + 1));
        return answer.statusCode() == 200 ? answer.body() : answer.statusCode() + " " + answer.body();
    }

    @Test
    void a_call_is_declined_in_a_direct_message() {
        SlackWindow ana = window("ana", "general");
        SlackWindow bo = window("bo", "random");
        ana.says("/call @bo Weekly sync");
        assertThat(bo.page().getByLabel(Pattern.compile("^Switchboard, direct message, 1 unread")))
                .isVisible();
        bo.goes("Switchboard");
        assertThat(bo.log()).containsText("@Ana is calling you: “Weekly sync”.");
        bo.card("Weekly sync").getByText("Decline").click();
        assertThat(bo.card("Weekly sync")).containsText("You declined");
        assertThat(ana.card("Weekly sync")).containsText("Nobody is in the call yet");
        ana.goes("Switchboard");
        assertThat(ana.log()).containsText("@Bo declined “Weekly sync”.");
        assertThat(events()).contains("call_rejected");
    }

    private List<String> events() {
        return sandbox.slack().journal().envelopes("events_api").stream()
                .map(SentEnvelope::payload)
                .map(payload -> payload.getAsJsonObject("event").get("type").getAsString())
                .toList();
    }

    @Test
    void a_pasted_link_shows_its_call_already_in_the_composer() {
        SlackWindow ana = window("ana", "general");
        ana.says("/call Standup");
        assertThat(ana.card("Standup")).isVisible();
        String link = sandbox.slack().workspace().calls().get(0).joinUrl();

        SlackWindow cy = window("cy", "random");
        cy.drafts("anyone? " + link);
        Locator preview = cy.page().getByLabel("Preview of the links");
        assertThat(preview.getByLabel("Call Standup")).isVisible();
        assertThat(cy.cards()).hasCount(0);
        cy.page().keyboard().press("Enter");
        assertThat(cy.card("Standup")).isVisible();
        assertThat(preview).isHidden();
        assertThat(sandbox.slack().workspace().calls()).hasSize(1);

        ana.says("/call end");
        assertThat(cy.card("Standup")).containsText("Ended");
    }

    @Test
    void a_call_starts_where_the_bot_is_no_member() {
        SlackWindow ana = window("ana", "secret");
        SlackWindow bo = window("bo", "secret");
        assertThat(ana.page().getByText("Switchboard is not a member")).isVisible();
        ana.says("/call Secret plans");
        assertThat(bo.card("Secret plans")).isVisible();

        ana.goes("Bo");
        bo.goes("Ana");
        ana.says("/call");
        assertThat(ana.cards()).hasCount(1);
        assertThat(ana.cards().getByText("Decline")).hasCount(0);
        bo.cards().getByText("Decline").click();
        assertThat(bo.cards()).containsText("You declined");
        Awaitility.await().until(() -> events().contains("call_rejected"));
    }

    @Test
    void a_button_chooses_between_two_calls_and_the_question_is_seen_by_one_alone() {
        SlackWindow ana = window("ana", "project");
        SlackWindow bo = window("bo", "project");
        ana.says("/call One");
        assertThat(bo.card("One")).isVisible();
        ana.says("/call Two");
        assertThat(bo.card("Two")).isVisible();
        ana.says("/call");
        assertThat(ana.log()).containsText("Only visible to you");
        ana.clicks("Start another");
        assertThat(bo.cards()).hasCount(3);
        ana.says("/call end");
        assertThat(ana.log()).containsText("Which one do you want to end?");
        assertThat(bo.log()).not().containsText("Only visible to you");
        assertThat(bo.log()).not().containsText("Which one");
        Locator choices = ana.log().locator(".section:has(button)");
        assertThat(choices).hasCount(3);
        choices.filter(new Locator.FilterOptions().setHasText("“Two”"))
                .getByRole(AriaRole.BUTTON)
                .click();
        assertThat(bo.card("Two")).containsText("Ended");
        assertThat(bo.log().locator(".call.ended")).hasCount(1);
        assertThat(bo.log()).not().containsText("Only visible to you");
    }

    @Test
    void the_call_icon_leads_to_a_room() {
        SlackWindow ana = window("ana", "general");
        ana.page().locator("#call-icon").click();
        Locator door = ana.page().getByRole(AriaRole.ALERT).getByText("Go to the room");
        assertThat(door).isVisible();
        Page room = ana.page().context().waitForPage(door::click);
        assertThat(room.getByRole(AriaRole.STATUS)).hasText("You are alone here.");
        assertThat(ana.cards()).hasCount(1);
    }

    @Test
    void a_card_catches_up_after_a_rate_limit() {
        SlackWindow ana = window("ana", "general");
        ana.says("/call Standup");
        assertThat(ana.card("Standup")).isVisible();
        ana.opensWire();
        ana.turns("Rate limits");
        ana.says("/call rename First");
        assertThat(ana.card("First")).isVisible();
        ana.says("/call rename Second");
        ana.page().getByLabel("Filter what went over the wire").fill("calls.update");
        Locator limited = ana.page()
                .locator("#entries details:visible")
                .filter(new Locator.FilterOptions().setHasText("ratelimited"));
        assertThat(limited.first()).isVisible();
        assertThat(ana.card("First")).isVisible();
        assertThat(ana.log()).containsText("Second", PATIENTLY);
        assertThat(ana.cards().first()).containsText("Second", PATIENTLY);
        limited.first().click();
        assertThat(limited.first()).containsText("HTTP 429");
        assertThat(limited.first()).containsText("\"title\": \"Second\"");
    }

    @Test
    void the_bot_comes_back_when_its_socket_is_dropped_and_goes_on_after_a_failure() {
        SlackWindow ana = window("ana", "general");
        ana.opensWire();
        assertThat(ana.page().locator("#connection")).containsText("connection 1 ");
        ana.page().getByText("Drop the socket").click();
        assertThat(ana.page().locator("#connection")).containsText("connection 2 ", PATIENTLY);
        assertThat(ana.page().getByTitle("The bot is connected")).isVisible();
        ana.turns("Slack is slow");
        ana.turns("Next call fails");
        ana.says("/call Standup");
        assertThat(ana.cards().first()).containsText("Standup", PATIENTLY);
        assertThat(ana.page().locator("#entries")).containsText("internal_error");
    }
}
