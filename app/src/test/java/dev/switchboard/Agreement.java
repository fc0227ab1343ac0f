package dev.switchboard;

import dev.switchboard.LedgerFile.Row;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.Json;
import dev.switchboard.sandbox.slack.Participant;
import dev.switchboard.sandbox.slack.PostedMessage;
import dev.switchboard.sandbox.slack.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/**
 * Whether a ledger that owes nothing and Slack agree: each Call is in Slack as it is in the ledger, has one card, and
 * everything was said once.
 *
 * @param ledger the rows that a query gives
 */
public record Agreement(FakeSlack slack, Function<String, List<Row>> ledger) {
    /** Adds all that isn't so to what is gathered there. */
    public void check(SoftAssertions softly, String seed) {
        List<Row> announcements = ledger.apply("select * from announcements");
        List<Row> participants = ledger.apply("select * from participants where told");
        for (Row row : ledger.apply("select * from calls")) {
            Workspace workspace = workspace(row.get("team_id"));
            agrees(softly, seed, row, workspace, participants);
            hasOneCard(softly, seed, row, workspace, announcements);
        }
        for (Workspace workspace : slack.workspaces()) {
            saidOnce(softly, seed, workspace, announcements);
        }
    }

    private Workspace workspace(String team) {
        return slack.workspaces().stream()
                .filter(workspace -> workspace.id().equals(team))
                .findFirst()
                .orElseThrow();
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
        softly.assertThat(row.text("slack_title"))
                .as(what + " title as Slack was told")
                .isEqualTo(row.text("title"));
        softly.assertThat(call.activeParticipants().stream()
                        .map(Agreement::key)
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
                .anyMatch(Agreement::delivered);
        softly.assertThat(cards)
                .as("%s: cards of %s in %s", seed, row.get("room_key"), where.name())
                .isEqualTo(shown ? 1 : 0);
    }

    private static boolean delivered(Row announcement) {
        return List.of("DELIVERED", "RETIRED").contains(announcement.get("state"));
    }

    /** What shows no Call can't, where the bot may not read: if its reply is lost, it is rather said twice than never. */
    private static boolean canBeLookedFor(PostedMessage message, Conversation where) {
        return where.hasBot() || !message.callIds().isEmpty();
    }

    /** Each announcement whose message can be told from others is there once, or not at all if it was given up. */
    private static void saidOnce(SoftAssertions softly, String seed, Workspace workspace, List<Row> announcements) {
        Map<String, Long> said = conversations(workspace)
                .flatMap(where -> where.messages().stream())
                .flatMap(message -> announcement(message).stream())
                .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
        Map<String, String> kinds =
                announcements.stream().collect(Collectors.toMap(row -> row.get("id"), row -> row.get("kind")));
        Set<String> neverLookedFor = conversations(workspace)
                .flatMap(where -> where.messages().stream().filter(message -> !canBeLookedFor(message, where)))
                .flatMap(message -> announcement(message).stream())
                .collect(Collectors.toSet());
        softly.assertThat(said.entrySet().stream()
                        .filter(message -> message.getValue() > 1 && !neverLookedFor.contains(message.getKey()))
                        .map(message -> "%d times %s %s"
                                .formatted(
                                        message.getValue(),
                                        kinds.getOrDefault(message.getKey(), "what the ledger doesn't know"),
                                        message.getKey())))
                .as("%s: messages that were posted twice", seed)
                .isEmpty();
        List<String> missing = new ArrayList<>();
        announcements.stream()
                .filter(Agreement::delivered)
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
