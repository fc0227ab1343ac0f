package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.LedgerFile.Row;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Json;
import dev.switchboard.sandbox.slack.Participant;
import dev.switchboard.sandbox.slack.PostedMessage;
import dev.switchboard.sandbox.slack.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many people, many commands, and everything that can go wrong at once; when all is right again, ledger and Slack agree,
 * and everything was done once. {@code -Dchaos.seed=42} repeats a script (what races stays a race), {@code -Dchaos.minutes=30} is the long form,
 * {@code -Dchaos.disk=true} fills the disk now and then as well.
 */
@Timeout(7200)
class ChaosIT {
    private static final Duration NORMALLY = Duration.ofSeconds(25);
    private static final int ROUND = 600;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder = Path.of("");

    @Test
    void everything_asked_for_is_there_once_whatever_went_wrong() throws Exception {
        int minutes = Integer.getInteger("chaos.minutes", 0);
        Duration effort = minutes > 0 ? Duration.ofMinutes(minutes) : NORMALLY;
        long end = System.nanoTime() + effort.toNanos();
        long seed = Long.getLong("chaos.seed", new Random().nextLong());
        do {
            Path round = Files.createDirectory(folder.resolve("of-" + seed));
            try (ChaosWorld world = new ChaosWorld(round)) {
                ChaosScript script = new ChaosScript(world, seed);
                for (int i = 0; i < ROUND && System.nanoTime() < end; i++) {
                    script.next();
                }
                script.allLeave();
                world.settle();
                check(world, script, "-Dchaos.seed=" + seed + ", log in " + round);
            }
            seed++;
        } while (System.nanoTime() < end);
    }

    private static void check(ChaosWorld world, ChaosScript script, String seed) {
        SoftAssertions softly = new SoftAssertions();
        List<Row> calls = world.rows("select * from calls");
        List<Row> announcements = world.rows("select * from announcements");
        List<Row> participants = world.rows("select * from participants where told");
        script.starts().forEach((title, attempt) -> {
            boolean due = attempt.acknowledged() && !script.refused().contains(title);
            askedOnce(softly, seed, title, due, calls);
        });
        for (Row row : calls) {
            Workspace workspace = workspace(world, row.get("team_id"));
            agrees(softly, seed, row, workspace, participants);
            hasOneCard(softly, seed, row, workspace, announcements);
        }
        for (Workspace workspace : world.slack().workspaces()) {
            saidOnce(softly, seed, workspace, announcements);
        }
        softly.assertThat(world.slack().violations()).as(seed).isEmpty();
        softly.assertThat(ChaosProcess.lines(world.log()))
                .as(seed)
                .noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception in thread"));
        softly.assertAll();
        assertThat(calls).as("%s: the script did something", seed).isNotEmpty();
    }

    private static Workspace workspace(ChaosWorld world, String team) {
        return world.slack().workspaces().stream()
                .filter(workspace -> workspace.id().equals(team))
                .findFirst()
                .orElseThrow();
    }

    /** Acknowledged: one Call; not acknowledged: one at most. The room's name tells which command it was. */
    private static void askedOnce(SoftAssertions softly, String seed, String title, boolean due, List<Row> calls) {
        String slug = title.toLowerCase(Locale.ROOT).replace(' ', '-') + "-";
        long made = calls.stream()
                .filter(row -> row.get("room_key").contains("/" + slug))
                .count();
        softly.assertThat(made)
                .as("%s: Calls for %s, which was %s", seed, title, due ? "acknowledged" : "not")
                .isBetween(due ? 1L : 0L, 1L);
    }

    private static void agrees(
            SoftAssertions softly, String seed, Row row, Workspace workspace, List<Row> participants) {
        String what = seed + ": " + row.get("room_key");
        softly.assertThat(row.text("slack_id")).as(what).isPresent();
        if (row.text("slack_id").isEmpty()) {
            return;
        }
        Call call = workspace.call(row.get("slack_id"));
        boolean ended = row.text("ended_at").isPresent();
        softly.assertThat(call.externalUniqueId()).as(what).isEqualTo(row.get("id"));
        softly.assertThat(call.title()).as(what).isEqualTo(row.text("title"));
        softly.assertThat(call.ended()).as(what + " ended").isEqualTo(ended);
        if (ended && call.ended()) {
            softly.assertThat(call.duration().orElse(-1))
                    .as(what + " duration")
                    .isEqualTo(Long.parseLong(row.get("duration_ms")) / 1000);
            return;
        }
        softly.assertThat(call.activeParticipants().stream()
                        .map(ChaosIT::key)
                        .sorted()
                        .toList())
                .as(what + " participants")
                .isEqualTo(participants.stream()
                        .filter(person -> person.get("call_id").equals(row.get("id")))
                        .map(person -> person.text("told_slack_id").orElseGet(() -> person.get("told_external_id")))
                        .sorted()
                        .toList());
    }

    private static String key(Participant participant) {
        return participant.slackId().or(participant::externalId).orElse("");
    }

    private static void hasOneCard(
            SoftAssertions softly, String seed, Row row, Workspace workspace, List<Row> announcements) {
        Conversation where = workspace.conversation(row.get("channel_id"));
        long cards = where.messages().stream()
                .filter(message -> message.fromApp()
                        && message.threadTs().isEmpty()
                        && message.callIds().contains(row.get("slack_id")))
                .count();
        boolean shown = announcements.stream()
                .filter(announcement -> announcement.get("call_id").equals(row.get("id")))
                .filter(announcement -> announcement.get("kind").equals("CARD"))
                .anyMatch(ChaosIT::delivered);
        softly.assertThat(cards)
                .as("%s: cards of %s in %s", seed, row.get("room_key"), where.name())
                .isEqualTo(shown ? 1 : 0);
    }

    private static boolean delivered(Row announcement) {
        return List.of("DELIVERED", "RETIRED").contains(announcement.get("state"));
    }

    /** Each announcement whose message can be told from others is there once, or not at all if it was given up. */
    private static void saidOnce(SoftAssertions softly, String seed, Workspace workspace, List<Row> announcements) {
        Map<String, Long> said = conversations(workspace)
                .flatMap(where -> where.messages().stream())
                .flatMap(message -> announcement(message).stream())
                .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
        softly.assertThat(said.entrySet().stream().filter(entry -> entry.getValue() > 1))
                .as("%s: messages that were posted twice", seed)
                .isEmpty();
        List<String> missing = new ArrayList<>();
        announcements.stream()
                .filter(ChaosIT::delivered)
                .filter(row -> row.text("posted_ts").isPresent())
                .filter(row -> workspaceHas(workspace, row.get("posted_channel_id")))
                .filter(row -> !said.containsKey(row.get("id")))
                .forEach(row -> missing.add(row.get("kind") + " " + row.get("id")));
        softly.assertThat(missing).as("%s: messages that nobody sees", seed).isEmpty();
    }

    private static Stream<Conversation> conversations(Workspace workspace) {
        return Stream.concat(
                        workspace.conversations().stream(),
                        workspace.people().stream().map(workspace::botMessagesOf))
                .distinct();
    }

    private static boolean workspaceHas(Workspace workspace, String channel) {
        return conversations(workspace).anyMatch(where -> where.id().equals(channel));
    }

    private static Optional<String> announcement(PostedMessage message) {
        return message.metadata()
                .flatMap(metadata -> Json.child(metadata, "event_payload"))
                .flatMap(payload -> Json.text(payload, "announcement"));
    }
}
