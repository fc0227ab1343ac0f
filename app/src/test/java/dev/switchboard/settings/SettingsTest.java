package dev.switchboard.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void every_default_is_the_documented_one() {
        Settings settings = Given.settings();

        assertThat(settings.appToken().reveal()).isEqualTo(Given.APP_TOKEN);
        assertThat(settings.botTokens()).containsExactly(new Secret(Given.BOT_TOKEN));
        assertThat(settings.slackApiUrl()).isEqualTo(URI.create("https://slack.com/api/"));
        assertThat(settings.tier3PerMinute()).isEqualTo(50);
        assertThat(settings.meetingUrl()).isEqualTo("https://meet.example.com/{room}");
        assertThat(settings.provider()).isEqualTo(Provider.LINK);
        assertThat(settings.desktopUrl()).isEmpty();
        assertThat(settings.database().url()).isEqualTo("jdbc:h2:file:./switchboard-data/switchboard");
        assertThat(settings.database().user()).isEmpty();
        assertThat(settings.database().password()).isEmpty();
        assertThat(settings.command()).isEqualTo("/call");
        assertThat(settings.httpAddress()).isEmpty();
        assertThat(settings.pollInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.emptyGrace()).isEmpty();
        assertThat(settings.idleLimit()).isEqualTo(Duration.ofHours(4));
        assertThat(settings.noShowLimit()).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.jitsi()).isEmpty();
        assertThat(settings.bigBlueButton()).isEmpty();
        assertThat(settings.proxies().forHost("slack.com")).isEmpty();
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void every_variable_is_read_and_trimmed() {
        Settings settings = Given.settings(
                "SLACK_APP_TOKEN", " xapp-another-token \n",
                "SLACK_BOT_TOKEN", "xoxb-of-workspace-1 , xoxb-of-workspace-2",
                "SLACK_API_URL", " http://127.0.0.1:8080/api",
                "SLACK_TIER3_PER_MINUTE", " 0 ",
                "SWITCHBOARD_CONNECTIONS", " 3 ",
                "SWITCHBOARD_MEETING_URL", " https://meet.example.com/r/{room}?lang=de ",
                "SWITCHBOARD_PROVIDER", " Link ",
                "SWITCHBOARD_DESKTOP_URL", " jitsi-meet://meet.example.com/{room} ",
                "SWITCHBOARD_DATABASE_URL", " jdbc:h2:mem:ledger;DB_CLOSE_DELAY=-1 ",
                "SWITCHBOARD_DATABASE_USER", " sa ",
                "SWITCHBOARD_DATABASE_PASSWORD", " pw ",
                "SWITCHBOARD_COMMAND", " /meet_2-go ",
                "SWITCHBOARD_HTTP_ADDRESS", " 127.0.0.1:8081 ",
                "SWITCHBOARD_POLL_INTERVAL", " 1s ",
                "SWITCHBOARD_EMPTY_GRACE", " 500ms ",
                "SWITCHBOARD_IDLE_LIMIT", " 90m ",
                "SWITCHBOARD_NO_SHOW_LIMIT", " 5m ",
                "HTTPS_PROXY", " proxy.example.com:3128 ");

        assertThat(settings.appToken().reveal()).isEqualTo("xapp-another-token");
        assertThat(settings.botTokens())
                .extracting(Secret::reveal)
                .containsExactly("xoxb-of-workspace-1", "xoxb-of-workspace-2");
        assertThat(settings.slackApiUrl()).isEqualTo(URI.create("http://127.0.0.1:8080/api/"));
        assertThat(settings.tier3PerMinute()).isZero();
        assertThat(settings.connections()).isEqualTo(3);
        assertThat(settings.meetingUrl()).isEqualTo("https://meet.example.com/r/{room}?lang=de");
        assertThat(settings.provider()).isEqualTo(Provider.LINK);
        assertThat(settings.desktopUrl()).contains("jitsi-meet://meet.example.com/{room}");
        assertThat(settings.database().url()).isEqualTo("jdbc:h2:mem:ledger;DB_CLOSE_DELAY=-1");
        assertThat(settings.database().user()).contains("sa");
        assertThat(settings.database().password()).contains(new Secret("pw"));
        assertThat(settings.command()).isEqualTo("/meet_2-go");
        assertThat(settings.httpAddress()).contains(InetSocketAddress.createUnresolved("127.0.0.1", 8081));
        assertThat(settings.pollInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.emptyGrace()).contains(Duration.ofMillis(500));
        assertThat(settings.idleLimit()).isEqualTo(Duration.ofMinutes(90));
        assertThat(settings.noShowLimit()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.proxies().forHost("slack.com")).isPresent();
    }

    @Test
    void blank_counts_as_unset() {
        assertThat(Given.settings("SLACK_API_URL", " ", "SWITCHBOARD_EMPTY_GRACE", "", "SLACK_BOT_TOKEN_FILE", "\t"))
                .usingRecursiveComparison()
                .ignoringFields("proxies")
                .isEqualTo(Given.settings());
        assertThat(Given.mistakes("SWITCHBOARD_MEETING_URL", "  "))
                .containsExactly("SWITCHBOARD_MEETING_URL: is missing; set it to the address of your meeting server,"
                        + " for example https://meet.example.com/{room}");
    }

    @Test
    void nothing_set_tells_of_everything_required() {
        assertThat(Given.mistakes(Map.of()))
                .containsExactly(
                        "SLACK_APP_TOKEN: is missing; set it to the app-level token of your app, with"
                                + " connections:write, for example xapp-1-A0123456789-1234567890-abc",
                        "SLACK_BOT_TOKEN: is missing; set it to the bot token of your app,"
                                + " for example xoxb-1234-5678-abc",
                        "SWITCHBOARD_MEETING_URL: is missing; set it to the address of your meeting server,"
                                + " for example https://meet.example.com/{room}");
    }

    @Test
    void all_mistakes_are_told_at_once_in_the_order_of_the_table() {
        SettingsException refused =
                catchThrowableOfType(SettingsException.class, () -> Settings.from(allWrong("xoxp-HIDDEN-hush")));

        assertThat(refused.mistakes())
                .extracting(Mistake::variable)
                .containsExactly(
                        "SLACK_APP_TOKEN",
                        "SLACK_BOT_TOKEN",
                        "SLACK_API_URL",
                        "SLACK_TIER3_PER_MINUTE",
                        "SWITCHBOARD_CONNECTIONS",
                        "SWITCHBOARD_MEETING_URL",
                        "SWITCHBOARD_PROVIDER",
                        "SWITCHBOARD_DESKTOP_URL",
                        "SWITCHBOARD_DATABASE_URL",
                        "SWITCHBOARD_DATABASE_PASSWORD_FILE",
                        "SWITCHBOARD_COMMAND",
                        "SWITCHBOARD_HTTP_ADDRESS",
                        "SWITCHBOARD_POLL_INTERVAL",
                        "SWITCHBOARD_EMPTY_GRACE",
                        "SWITCHBOARD_IDLE_LIMIT",
                        "SWITCHBOARD_NO_SHOW_LIMIT",
                        "HTTPS_PROXY");
        assertThat(refused.getMessage()).hasLineCount(17);
        // What would have an effect depends on the provider, which is among the mistakes.
        assertThat(refused.warnings()).isEmpty();
    }

    @Test
    void the_variables_are_those_of_the_documented_table() {
        assertThat(Settings.variables())
                .startsWith("SLACK_APP_TOKEN", "SLACK_BOT_TOKEN", "SLACK_API_URL")
                .endsWith("HTTPS_PROXY", "NO_PROXY")
                .hasSize(34)
                .containsAll(allWrong("").keySet().stream()
                        .filter(name -> !name.endsWith("PASSWORD_FILE"))
                        .toList());
    }

    @Nested
    class No_secret_shows {
        @Test
        void in_the_text_of_good_settings() {
            Settings settings = Given.settings(
                    "SWITCHBOARD_DATABASE_URL", "jdbc:h2:file:./data;PASSWORD=hush",
                    "SWITCHBOARD_DATABASE_PASSWORD", "hush",
                    "SWITCHBOARD_BBB_SECRET", "hush",
                    "SWITCHBOARD_TYPO", "hush",
                    "HTTPS_PROXY", "http://me:hush@proxy.example.com:3128");

            assertThat(settings.toString()).doesNotContain("hush", "HIDDEN").contains("***");
            assertThat(settings.proxies().forHost("slack.com").toString()).doesNotContain("hush");
            assertThat(settings.warnings()).hasSize(2).noneMatch(line -> line.contains("hush"));
            assertThat(settings.database().url()).endsWith(";PASSWORD=hush");
        }

        @Test
        void in_an_exception_and_all_it_prints() {
            for (String strayed : List.of("xoxp-HIDDEN-hush", "xoxe.xoxb-1-hush", "XOXB-hush-hush-hush-hush")) {
                SettingsException refused =
                        catchThrowableOfType(SettingsException.class, () -> Settings.from(allWrong(strayed)));
                StringWriter trace = new StringWriter();
                refused.printStackTrace(new PrintWriter(trace));

                assertThat(trace.toString()).doesNotContain("hush", "HIDDEN");
                assertThat(refused.mistakes().toString()).doesNotContain("hush", "HIDDEN");
                assertThat(refused.mistakes()).hasSize(17);
            }
        }

        @Test
        void in_the_text_of_what_was_given_for_a_secret() {
            assertThat(new Secret("hush")).hasToString("***");
            assertThat(new Reading.Given("hush", "").toString()).isEqualTo("***");
        }
    }

    private static Map<String, String> allWrong(String strayed) {
        return Map.ofEntries(
                Map.entry("SLACK_APP_TOKEN", strayed),
                Map.entry("SLACK_BOT_TOKEN", "'" + strayed),
                Map.entry("SLACK_API_URL", strayed),
                Map.entry("SLACK_TIER3_PER_MINUTE", strayed),
                Map.entry("SWITCHBOARD_CONNECTIONS", strayed),
                Map.entry("SWITCHBOARD_MEETING_URL", "https://me:hush@meet.example.com/" + strayed),
                Map.entry("SWITCHBOARD_PROVIDER", strayed),
                Map.entry("SWITCHBOARD_DESKTOP_URL", strayed),
                Map.entry("SWITCHBOARD_DATABASE_URL", "jdbc:h2:tcp://me:hush@host/" + strayed),
                Map.entry("SWITCHBOARD_DATABASE_PASSWORD", strayed),
                Map.entry("SWITCHBOARD_DATABASE_PASSWORD_FILE", strayed),
                Map.entry("SWITCHBOARD_COMMAND", strayed),
                Map.entry("SWITCHBOARD_HTTP_ADDRESS", strayed),
                Map.entry("SWITCHBOARD_POLL_INTERVAL", strayed),
                Map.entry("SWITCHBOARD_EMPTY_GRACE", strayed),
                Map.entry("SWITCHBOARD_IDLE_LIMIT", strayed),
                Map.entry("SWITCHBOARD_NO_SHOW_LIMIT", strayed),
                Map.entry("SWITCHBOARD_BBB_SECRET", strayed),
                Map.entry("HTTPS_PROXY", "https://me:hush@proxy/" + strayed));
    }
}
