package dev.switchboard.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.postgres.Postgres;
import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.FakeSlackOptions;
import dev.switchboard.sandbox.slack.Journal.ApiCall;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Copies of the bot, each a process of its own, in one workspace and on one database of a PostgreSQL server. */
final class Crew implements AutoCloseable {
    private final World world;
    private final Postgres postgres;
    private final String url;
    private final Map<String, String> more = new HashMap<>();

    Crew(Path folder, Postgres postgres, FakeSlackOptions options) throws IOException, SQLException {
        this.world = new World(folder, options);
        this.postgres = postgres;
        this.url = postgres.createDatabase();
    }

    World world() {
        return world;
    }

    /** Copies that are started from now on have this variable. */
    Crew with(String name, String value) {
        more.put(name, value);
        return this;
    }

    Jar jar() {
        return world.jar()
                .with("SWITCHBOARD_DATABASE_URL", url)
                .with("SWITCHBOARD_DATABASE_USER", postgres.user())
                .with("SWITCHBOARD_DATABASE_PASSWORD", postgres.password())
                .with(more);
    }

    /** Starts another copy, and waits until Slack can reach it. */
    BotProcess start() {
        int before = world.slack().connections().opened();
        BotProcess copy = world.launch(jar());
        await().alias("another copy's connection")
                .atMost(BotProcess.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !copy.isAlive() || world.slack().connections().opened() > before);
        assertThat(copy.isAlive()).as("it runs; it said: %s", copy.err()).isTrue();
        return copy;
    }

    /** Channels in which nothing has happened yet. */
    List<Conversation> channels(int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> world.workspace()
                        .createChannel("team-" + i, Conversation.Kind.PUBLIC, world.person("ana"), world.person("bo")))
                .toList();
    }

    /** Ana types the same in each channel, without waiting for an answer. */
    Map<Conversation, Attempt> types(String command, List<Conversation> channels) {
        Map<Conversation, Attempt> attempts = new LinkedHashMap<>();
        channels.forEach(channel -> attempts.put(channel, world.person("ana").types(command, channel)));
        return attempts;
    }

    /** Types it until a copy answers: one that is stopped may be asked first. */
    void saysUntilHeard(String person, String command, String where) {
        await().atMost(BotProcess.PATIENCE)
                .until(() -> world.person(person)
                        .types(command, world.conversation(where))
                        .await(BotProcess.PATIENCE)
                        .acknowledged());
    }

    List<ApiCall> requests(String method) {
        return world.slack().journal().calls(method);
    }

    /** Waits until Slack is owed nothing more. */
    void atRest() {
        await().alias("a ledger that owes nothing")
                .atMost(BotProcess.PATIENCE)
                .until(() -> count("select count(*) from calls where due_at is not null") == 0);
    }

    /** What the ledger counts. */
    long count(String sql) throws SQLException {
        try (Connection connection = postgres.connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    Connection connect() throws SQLException {
        return postgres.connect(url);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String url() {
        return url;
    }

    /** The Calls whose registration Slack was asked for, by our ids. */
    List<Optional<String>> registered() {
        return requests("calls.add").stream()
                .map(call -> Optional.ofNullable(call.arguments().get("external_unique_id")))
                .toList();
    }

    @Override
    public void close() {
        world.close();
    }
}
