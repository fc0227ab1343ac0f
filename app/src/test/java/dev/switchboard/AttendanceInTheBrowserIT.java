package dev.switchboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.switchboard.sandbox.Sandbox;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Participant;
import dev.switchboard.sandbox.slack.PostedMessage;
import dev.switchboard.sandbox.slack.Workspace;
import dev.switchboard.settings.Settings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Call as three people live it, each in a browser of their own, with real tabs in the room. */
class AttendanceInTheBrowserIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Browser browser;

    @BeforeAll
    static void launch() {
        browser = Browser.launch();
    }

    @AfterAll
    static void quit() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void three_join_one_reloads_one_is_in_twice_all_leave_and_the_card_tells_the_truth() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0, Sandbox.Meetings.JITSI);
                Switchboard bot = Switchboard.start(Settings.from(impatient(sandbox)), Clock.systemUTC())) {
            await().atMost(PATIENCE).until(bot::connected);
            SlackWindow ana = window(sandbox, "ana");
            SlackWindow bo = window(sandbox, "bo");
            SlackWindow cy = window(sandbox, "cy");

            ana.says("/call Standup");
            Instant before = Instant.now();
            Page anasTab = ana.joins("Standup");
            Page bosTab = bo.joins("Standup");
            Page cysTab = cy.joins("Standup");
            Call call = sandbox.slack().workspace().calls().get(0);
            await().atMost(PATIENCE).until(() -> call.activeParticipants().size() == 3);
            Instant allIn = Instant.now();
            assertThat(cy.card("Standup")).containsText("Ana");

            bosTab.reload();
            Page cysSecondTab = cy.joins("Standup");
            afterLooks(sandbox, 4);
            cysTab.close();
            afterLooks(sandbox, 4);
            assertThat(people(call)).isEqualTo(ids(sandbox.slack().workspace(), "ana", "bo", "cy"));
            assertThat(sandbox.slack().journal().calls("calls.participants.remove"))
                    .isEmpty();

            // Somebody's breakout room keeps the room there, so that the grace has to run.
            sandbox.jitsi().hold(URI.create(call.joinUrl()).getPath());
            Instant leaving = Instant.now();
            List.of(anasTab, bosTab, cysSecondTab).forEach(Page::close);
            await().atMost(PATIENCE).until(() -> call.activeParticipants().isEmpty());
            assertThat(call.ended()).isFalse();
            await().atMost(PATIENCE).until(call::ended);

            assertThat(call.duration().orElseThrow())
                    .isBetween(
                            Duration.between(allIn, leaving).toSeconds() - 1,
                            Duration.between(before, Instant.now()).toSeconds());
            assertThat(ana.card("Standup")).containsText("Ended · lasted");
            String summary = await().atMost(PATIENCE)
                    .until(() -> summary(sandbox.slack().workspace()), Optional::isPresent)
                    .orElseThrow();
            assertThat(summary).contains(ids(sandbox.slack().workspace(), "ana", "bo", "cy"));
            assertThat(summary).contains("3 people in at once");
            for (SlackWindow window : List.of(ana, bo, cy)) {
                assertThat(window.complaints()).isEmpty();
                window.close();
            }
        }
    }

    private static Map<String, String> impatient(Sandbox sandbox) {
        Map<String, String> variables = new HashMap<>(sandbox.variables());
        variables.put("SWITCHBOARD_POLL_INTERVAL", "300ms");
        variables.put("SWITCHBOARD_EMPTY_GRACE", "3s");
        return variables;
    }

    private static SlackWindow window(Sandbox sandbox, String person) {
        return new SlackWindow(browser.chromium().newContext(), sandbox, person, "general");
    }

    /** Waits until the room was looked at that many times more. */
    private static void afterLooks(Sandbox sandbox, int looks) {
        int before = sandbox.jitsi().journal().requests("/room").size();
        await().atMost(PATIENCE)
                .until(() -> sandbox.jitsi().journal().requests("/room").size() >= before + looks);
    }

    private static List<String> people(Call call) {
        return call.activeParticipants().stream()
                .map(Participant::slackId)
                .flatMap(Optional::stream)
                .sorted()
                .toList();
    }

    private static List<String> ids(Workspace workspace, String... names) {
        return List.of(names).stream()
                .map(name -> workspace.person(name).id())
                .sorted()
                .toList();
    }

    private static Optional<String> summary(Workspace workspace) {
        return workspace.conversation("general").messages().stream()
                .filter(message -> message.threadTs().isPresent())
                .map(PostedMessage::text)
                .findFirst();
    }
}
