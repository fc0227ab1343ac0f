package dev.switchboard;

import static dev.switchboard.Office.cards;
import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.postgres.OnPostgres;
import dev.switchboard.postgres.Postgres;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.settings.Settings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Copies whose machines' clocks are forty seconds apart each do their own work, and not that of the others. */
@Timeout(120)
@ExtendWith(OnPostgres.class)
class CopiesWithOtherClocksTest {
    private final Postgres postgres;
    private final String url;
    private final FakeSlack slack = FakeSlack.start(FakeSlack.options());
    private final List<Switchboard> copies;

    CopiesWithOtherClocksTest(Postgres postgres) throws Exception {
        this.postgres = postgres;
        this.url = postgres.createDatabase();
        this.copies = List.of(copy(Duration.ofSeconds(-20)), copy(Duration.ofSeconds(20)));
        eventually(() -> slack.connections().open() == copies.size());
    }

    @AfterEach
    void close() {
        copies.forEach(Switchboard::close);
        slack.close();
    }

    private Switchboard copy(Duration ahead) {
        Map<String, String> variables = Map.of(
                "SLACK_APP_TOKEN", slack.appToken(),
                "SLACK_BOT_TOKEN", slack.botToken(),
                "SLACK_API_URL", slack.apiUrl(),
                "SLACK_TIER3_PER_MINUTE", "0",
                "SWITCHBOARD_MEETING_URL", "https://meet.example.com",
                "SWITCHBOARD_DATABASE_URL", url,
                "SWITCHBOARD_DATABASE_USER", postgres.user(),
                "SWITCHBOARD_DATABASE_PASSWORD", postgres.password());
        return Switchboard.start(Settings.from(variables), Clock.offset(Clock.systemUTC(), ahead));
    }

    @Test
    void every_call_is_registered_and_shown_once_while_slack_takes_its_time() throws Exception {
        slack.faults().on("calls.add").always().delay(Duration.ofMillis(700));
        slack.faults().on("chat.postMessage").always().delay(Duration.ofMillis(700));
        List<Conversation> channels = IntStream.range(0, 20)
                .mapToObj(i -> slack.workspace()
                        .createChannel(
                                "team-" + i,
                                Conversation.Kind.PUBLIC,
                                slack.workspace().person("ana")))
                .toList();
        channels.forEach(channel -> slack.workspace().person("ana").types("/call Standup", channel));
        eventually(() -> channels.stream().noneMatch(channel -> cards(channel).isEmpty()));
        eventually(() -> owed() == 0);

        assertThat(slack.journal().calls("calls.add")).hasSize(channels.size());
        assertThat(channels).allSatisfy(channel -> assertThat(cards(channel)).hasSize(1));
    }

    private long owed() throws SQLException {
        try (Connection connection = postgres.connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from calls where due_at is not null")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
