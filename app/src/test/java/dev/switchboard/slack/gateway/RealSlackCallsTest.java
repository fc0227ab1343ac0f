package dev.switchboard.slack.gateway;

import dev.switchboard.call.ChannelId;
import dev.switchboard.call.SlackCalls;
import dev.switchboard.call.TeamId;
import dev.switchboard.call.UserId;
import dev.switchboard.settings.Settings;
import dev.switchboard.slack.text.Contents;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The same promises against Slack itself:
 *
 * <pre>mvn test -Dtest=RealSlackCallsTest -Dslack.botToken=xoxb-... -Dslack.team=T... -Dslack.channel=C... -Dslack.user=U...</pre>
 *
 * <p>The bot has the scopes of the manifest and is a member of the channel, which is public. A few ended Calls stay
 * there.
 */
@Timeout(60)
@EnabledIfSystemProperty(
        named = "slack.botToken",
        matches = "xoxb-.+",
        disabledReason = "needs a real workspace: -Dslack.botToken, -Dslack.team, -Dslack.channel and -Dslack.user")
@SuppressWarnings("NullAway.Init") // set before all tests
class RealSlackCallsTest implements SlackCallsContract {
    private static SlackClients clients;
    private static SlackCalls gateway;

    @BeforeAll
    static void connect() {
        Settings settings = Settings.from(Map.of(
                "SLACK_APP_TOKEN", "xapp-1-not-needed-here",
                "SLACK_BOT_TOKEN", property("slack.botToken"),
                "SWITCHBOARD_MEETING_URL", "https://meet.example.com"));
        clients = new SlackClients(settings.slackApiUrl(), settings.proxies());
        gateway = new SlackGateway(
                clients, new Workspaces(clients, settings.botTokens()), new Contents(Set.of()), 0, Clock.systemUTC());
    }

    @AfterAll
    static void disconnect() {
        clients.close();
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("the real workspace also needs -D" + name + "=...");
        }
        return value;
    }

    @Override
    public SlackCalls slack() {
        return gateway;
    }

    @Override
    public TeamId team() {
        return new TeamId(property("slack.team"));
    }

    @Override
    public ChannelId channel() {
        return new ChannelId(property("slack.channel"));
    }

    @Override
    public UserId user() {
        return new UserId(property("slack.user"));
    }
}
