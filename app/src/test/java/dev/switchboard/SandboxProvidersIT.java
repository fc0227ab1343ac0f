package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.sandbox.Sandbox;
import dev.switchboard.sandbox.meeting.MeetingSession;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Participant;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import dev.switchboard.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code sandbox --provider}: the real bot, and people in rooms of either meeting server. */
class SandboxProvidersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/[^\"|>\\s]+");

    private static void in(Sandbox.Meetings provider, Consumer<Sandbox> story) throws IOException {
        try (Sandbox sandbox = Sandbox.start(0, provider);
                Switchboard bot = Switchboard.start(Settings.from(sandbox.variables()), Clock.systemUTC())) {
            await().atMost(PATIENCE).until(bot::connected);
            story.accept(sandbox);
        }
    }

    private static Call started(Sandbox sandbox) {
        Person ana = sandbox.slack().workspace().person("ana");
        ana.types("/call Standup", general(sandbox));
        await().atMost(PATIENCE)
                .until(() -> general(sandbox).messages().stream()
                        .anyMatch(message -> !message.callIds().isEmpty()));
        return sandbox.slack().workspace().calls().get(0);
    }

    private static Conversation general(Sandbox sandbox) {
        return sandbox.slack().workspace().conversation("general");
    }

    private static List<String> listed(Sandbox sandbox) {
        return sandbox.slack().workspace().calls().get(0).activeParticipants().stream()
                .map(SandboxProvidersIT::name)
                .sorted()
                .toList();
    }

    private static String name(Participant participant) {
        return participant.slackId().or(participant::displayName).orElse("nobody");
    }

    @Test
    void who_is_in_a_room_of_jitsi_is_on_the_card() throws Exception {
        in(Sandbox.Meetings.JITSI, sandbox -> {
            Call call = started(sandbox);
            String path = URI.create(call.joinUrl()).getPath();
            String bo = sandbox.slack().workspace().person("bo").id();
            MeetingSession tab = sandbox.jitsi().join(path, "Bo", "bo@acme.example");
            sandbox.jitsi().join(path, "Zoë O'Brien", "");
            sandbox.jitsi().recorder(path);
            await().atMost(PATIENCE).until(() -> listed(sandbox).equals(List.of(bo, "Zoë O'Brien")));
            tab.leave();
            await().atMost(PATIENCE).until(() -> listed(sandbox).equals(List.of("Zoë O'Brien")));
            assertThat(sandbox.jitsi().journal().requests("/room")).isNotEmpty();
        });
    }

    @Test
    void a_link_of_ones_own_leads_into_a_meeting_of_bigbluebutton() throws Exception {
        in(Sandbox.Meetings.BIGBLUEBUTTON, sandbox -> {
            started(sandbox);
            Person bo = sandbox.slack().workspace().person("bo");
            PostedMessage card = general(sandbox).messages().stream()
                    .filter(message -> !message.callIds().isEmpty())
                    .findFirst()
                    .orElseThrow();
            bo.clicks(card, "join_as_me");
            URI link = await().atMost(PATIENCE)
                    .until(() -> linkFor(sandbox, bo), Optional::isPresent)
                    .orElseThrow();
            MeetingSession tab = sandbox.bigBlueButton().follow(link);
            await().atMost(PATIENCE).until(() -> listed(sandbox).equals(List.of(bo.id())));
            tab.leave();
            await().atMost(PATIENCE).until(() -> listed(sandbox).isEmpty());
        });
    }

    private static Optional<URI> linkFor(Sandbox sandbox, Person person) {
        return general(sandbox).visibleTo(person).stream()
                .filter(PostedMessage::ephemeral)
                .map(message -> message.text() + ' ' + message.blocks())
                .map(LINK::matcher)
                .filter(Matcher::find)
                .map(found -> URI.create(found.group().replace("&amp;", "&")))
                .findFirst();
    }
}
