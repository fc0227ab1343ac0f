package dev.switchboard.slack.gateway;

import dev.switchboard.call.ChannelId;
import dev.switchboard.call.SlackCalls;
import dev.switchboard.call.TeamId;
import dev.switchboard.call.UserId;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.Workspace;
import dev.switchboard.settings.Settings;
import dev.switchboard.slack.text.Contents;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** The gateway keeps the port's promises in the sandbox. */
@Timeout(30)
@SuppressWarnings("NullAway.Init") // set before each test
class SandboxSlackCallsTest implements SlackCallsContract {
    private FakeSlack fake;
    private SlackClients clients;
    private SlackCalls gateway;

    @BeforeEach
    void start() throws IOException {
        fake = FakeSlack.start();
        Settings settings = Settings.from(Map.of(
                "SLACK_APP_TOKEN", fake.appToken(),
                "SLACK_BOT_TOKEN", fake.botToken(),
                "SLACK_API_URL", fake.apiUrl(),
                "SWITCHBOARD_MEETING_URL", "https://meet.example.com"));
        clients = new SlackClients(settings.slackApiUrl(), settings.proxies());
        gateway = new SlackGateway(
                clients, new Workspaces(clients, settings.botTokens()), new Contents(Set.of()), 0, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        clients.close();
        fake.close();
    }

    private Workspace acme() {
        return fake.workspace();
    }

    @Override
    public SlackCalls slack() {
        return gateway;
    }

    @Override
    public TeamId team() {
        return new TeamId(acme().id());
    }

    @Override
    public ChannelId channel() {
        return new ChannelId(acme().conversation("general").id());
    }

    @Override
    public UserId user() {
        return new UserId(acme().person("ana").id());
    }
}
