package dev.switchboard.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.LedgerFile;
import dev.switchboard.LedgerFile.Row;
import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.FakeSlackOptions;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import dev.switchboard.sandbox.slack.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;

/** A fake workspace and the bot's process in it, which can die and come back on the same database. */
final class World implements AutoCloseable {
    /** Longer than the second between two messages in a conversation, and than a look for one that may be lost. */
    private static final Duration QUIET = Duration.ofSeconds(4);

    private final Path folder;
    private final FakeSlack slack;
    private final List<BotProcess> bots = new ArrayList<>();

    World(Path folder) throws IOException {
        this(folder, FakeSlack.options());
    }

    World(Path folder, FakeSlackOptions options) throws IOException {
        this.folder = folder;
        this.slack = FakeSlack.start(options);
    }

    FakeSlack slack() {
        return slack;
    }

    Workspace workspace() {
        return slack.workspace();
    }

    Person person(String name) {
        return workspace().person(name);
    }

    Conversation conversation(String name) {
        return workspace().conversation(name);
    }

    String databaseUrl() {
        return "jdbc:h2:file:" + folder.resolve("data").resolve("switchboard");
    }

    /** The ledger's file. */
    Path ledger() {
        return folder.resolve("data").resolve("switchboard.mv.db");
    }

    /** The rows of the ledger while no bot runs. */
    List<Row> rows(String sql) {
        try {
            return LedgerFile.rows(databaseUrl() + ";IFEXISTS=TRUE", sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With all that a bot needs here; without pacing of its own, since this Slack sets no limits. */
    Jar jar() {
        return Jar.in(folder)
                .with("SLACK_APP_TOKEN", slack.appToken())
                .with("SLACK_BOT_TOKEN", slack.botToken())
                .with("SLACK_API_URL", slack.apiUrl())
                .with("SLACK_TIER3_PER_MINUTE", "0")
                .with("SWITCHBOARD_MEETING_URL", "https://meet.example.com")
                .with("SWITCHBOARD_DATABASE_URL", databaseUrl());
    }

    /** Starts the bot, and waits until Slack can reach it. */
    BotProcess start() {
        return start(jar());
    }

    BotProcess start(Jar jar, String... arguments) {
        int before = slack.connections().opened();
        BotProcess bot = launch(jar, arguments);
        awaitConnection(bot, before);
        return bot;
    }

    /** Waits until Slack can reach the bot, by another connection than those opened before. */
    void awaitConnection(BotProcess bot, int before) {
        try {
            await().alias("the bot's connection")
                    .atMost(BotProcess.PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !bot.isAlive()
                            || (slack.connections().opened() > before
                                    && slack.connections().open() == 1));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    slack.connections().open() + " connections open, "
                            + (slack.connections().opened() - before) + " of them new; the bot said: " + bot.err(),
                    e);
        }
        assertThat(bot.isAlive()).as("it runs; it said: %s", bot.err()).isTrue();
    }

    /** Starts the bot, and waits for nothing. */
    BotProcess launch(Jar jar, String... arguments) {
        BotProcess bot = jar.start(arguments);
        bots.add(bot);
        return bot;
    }

    /** Starts it by the start script, and waits for nothing. */
    BotProcess launch(Script script, String... arguments) {
        BotProcess bot = script.start(arguments);
        bots.add(bot);
        return bot;
    }

    /** Types it and waits for the acknowledgement. */
    Attempt says(String person, String command, String where) throws InterruptedException {
        Attempt attempt = person(person).types(command, conversation(where)).await(BotProcess.PATIENCE);
        assertThat(attempt.error()).as("%s: %s", person, command).isEmpty();
        return attempt;
    }

    /** What everybody in the conversation sees of Calls. */
    List<PostedMessage> cards(String where) {
        return cards(conversation(where));
    }

    List<PostedMessage> cards(Conversation where) {
        return where.messages().stream()
                .filter(message -> !message.callIds().isEmpty())
                .toList();
    }

    /** The messages in the person's direct messages with the bot. */
    List<PostedMessage> toldByBot(String person) {
        return workspace().botMessagesOf(person(person)).visibleTo(person(person));
    }

    /** The one Call that the one card in the conversation shows. */
    Call theCall(String where) {
        List<PostedMessage> cards = cards(where);
        assertThat(cards).as("cards in #%s", where).hasSize(1);
        assertThat(cards.get(0).callIds()).hasSize(1);
        return workspace().call(cards.get(0).callIds().get(0));
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(BotProcess.PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(assertion);
    }

    /**
     * Lets the bot do all it still has to, and stops it: from here on nothing can change, so that what is there once now
     * is there once for good.
     */
    void settle(BotProcess running) {
        settle(running, BotProcess.PATIENCE);
    }

    /** The same where it may have much to do: first it is left alone until it has nothing to ask Slack any more. */
    void settleAtLeisure(BotProcess running, Duration patience) {
        int[] asked = {-1};
        await().alias("a bot that asks Slack nothing more")
                .atMost(patience)
                .pollInterval(QUIET)
                .until(() -> {
                    int before = asked[0];
                    asked[0] = slack().journal().calls().size();
                    return asked[0] == before;
                });
        settle(running, patience);
    }

    private void settle(BotProcess running, Duration patience) {
        BotProcess[] bot = {running};
        await().alias("a ledger that owes nothing").atMost(patience).until(() -> {
            bot[0].terminate();
            assertThat(bot[0].awaitEnd().status()).isZero();
            if (owed() == 0) {
                return true;
            }
            bot[0] = start();
            return false;
        });
    }

    private int owed() throws SQLException {
        try (Connection connection = DriverManager.getConnection(databaseUrl() + ";IFEXISTS=TRUE");
                ResultSet count = connection
                        .createStatement()
                        .executeQuery("select count(*) from calls where due_at is not null")) {
            count.next();
            return count.getInt(1);
        }
    }

    /** Everything the bots said; nothing of it may be a secret, and nothing a stack trace. */
    void assertNothingLeaked() {
        for (BotProcess bot : bots) {
            String said = bot.out() + bot.err();
            assertThat(said)
                    .doesNotContain(slack.appToken())
                    .doesNotContain("/commands/T")
                    .doesNotContain("/actions/T");
            slack.workspaces().forEach(workspace -> assertThat(said).doesNotContain(workspace.botToken()));
            assertThat(said).doesNotContain("ticket=");
            assertThat(said).doesNotContain("\tat ").doesNotContain("Exception in thread");
        }
    }

    @Override
    public void close() {
        try {
            assertNothingLeaked();
        } finally {
            bots.forEach(BotProcess::close);
            slack.close();
        }
    }
}
