package dev.switchboard.settings;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything the operator decides, checked. Its text form holds no secret.
 *
 * @param appToken {@code SLACK_APP_TOKEN}: opens Socket Mode
 * @param botTokens {@code SLACK_BOT_TOKEN}: one per workspace, at least one, all different
 * @param slackApiUrl {@code SLACK_API_URL}: base of the Web API, ends with one slash
 * @param tier3PerMinute {@code SLACK_TIER3_PER_MINUTE}: requests per method, workspace and minute; 0: no pacing
 * @param meetingUrl {@code SWITCHBOARD_MEETING_URL}: an http or https URL with exactly one {@code {room}}; with
 *     BigBlueButton the base of its URLs, without a slash or {@code /api} at its end
 * @param connections {@code SWITCHBOARD_CONNECTIONS}: 1 to 10
 * @param provider {@code SWITCHBOARD_PROVIDER}
 * @param desktopUrl {@code SWITCHBOARD_DESKTOP_URL}: a URL of any scheme with exactly one {@code {room}}; empty: none
 * @param database {@code SWITCHBOARD_DATABASE_URL}, {@code _USER} and {@code _PASSWORD}
 * @param keep {@code SWITCHBOARD_KEEP_DAYS}: how long ended Calls are kept; empty: for ever
 * @param command {@code SWITCHBOARD_COMMAND}: with its slash
 * @param httpAddress {@code SWITCHBOARD_HTTP_ADDRESS}: unresolved, the port may be 0 (any free); empty: don't listen
 * @param pollInterval {@code SWITCHBOARD_POLL_INTERVAL}: 100 ms at least
 * @param emptyGrace {@code SWITCHBOARD_EMPTY_GRACE}: longer than zero; empty: the provider decides
 * @param idleLimit {@code SWITCHBOARD_IDLE_LIMIT}: longer than zero
 * @param noShowLimit {@code SWITCHBOARD_NO_SHOW_LIMIT}: how long a Call waits for its first person where presence is
 *     known; longer than zero
 * @param jitsi present with the provider Jitsi
 * @param bigBlueButton present with the provider BigBlueButton
 * @param proxies {@code HTTPS_PROXY} and {@code NO_PROXY}
 * @param warnings one line per variable that is set and has no effect, without its value; may be empty
 */
public record Settings(
        Secret appToken,
        List<Secret> botTokens,
        URI slackApiUrl,
        int tier3PerMinute,
        int connections,
        String meetingUrl,
        Provider provider,
        Optional<String> desktopUrl,
        Database database,
        Optional<Duration> keep,
        String command,
        Optional<InetSocketAddress> httpAddress,
        Duration pollInterval,
        Optional<Duration> emptyGrace,
        Duration idleLimit,
        Duration noShowLimit,
        Optional<JitsiSettings> jitsi,
        Optional<BigBlueButtonSettings> bigBlueButton,
        Proxies proxies,
        List<String> warnings) {

    public Settings {
        botTokens = List.copyOf(botTokens);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the variables; names it doesn't know are passed over, blank values count as unset.
     *
     * @throws SettingsException with every mistake, when there is one
     */
    public static Settings from(Map<String, String> variables) {
        Reading reading = new Reading(variables);
        var appToken = SlackTokens.app(reading);
        var botTokens = SlackTokens.bots(reading);
        var slackApiUrl = reading.withDefault("SLACK_API_URL", "https://slack.com/api/", Urls::slackApi);
        var tier3PerMinute = reading.withDefault("SLACK_TIER3_PER_MINUTE", "50", Values::perMinute);
        var connections = reading.withDefault("SWITCHBOARD_CONNECTIONS", "1", Values::connections);
        // Mistakes are told in the order of the table, where the URL stands before the provider that it depends on.
        Optional<Provider> named =
                reading.text("SWITCHBOARD_PROVIDER").map(Provider::named).orElse(Optional.of(Provider.LINK));
        var meetingUrl = Urls.meeting(reading, named.orElse(Provider.LINK));
        var provider = reading.withDefault("SWITCHBOARD_PROVIDER", "link", Provider::parse);
        var desktopUrl =
                reading.optional("SWITCHBOARD_DESKTOP_URL", "jitsi-meet://meet.example.com/{room}", Urls::desktop);
        var database = Database.from(reading);
        var keep = reading.withDefault("SWITCHBOARD_KEEP_DAYS", "365", Values::days);
        var command = reading.withDefault("SWITCHBOARD_COMMAND", "/call", Values::command);
        var httpAddress = reading.optional("SWITCHBOARD_HTTP_ADDRESS", "127.0.0.1:8081", Values::address);
        var pollInterval = reading.withDefault("SWITCHBOARD_POLL_INTERVAL", "10s", Values::pollInterval);
        var emptyGrace = reading.optional("SWITCHBOARD_EMPTY_GRACE", "2m", Values::duration);
        var idleLimit = reading.withDefault("SWITCHBOARD_IDLE_LIMIT", "4h", Values::duration);
        var noShowLimit = reading.withDefault("SWITCHBOARD_NO_SHOW_LIMIT", "30m", Values::duration);
        Optional<JitsiSettings> jitsi =
                named.filter(Provider.JITSI::equals).flatMap(p -> JitsiSettings.from(reading, meetingUrl));
        Optional<BigBlueButtonSettings> bigBlueButton = named.filter(Provider.BIGBLUEBUTTON::equals)
                .flatMap(p -> BigBlueButtonSettings.from(reading, meetingUrl));
        var proxies = Proxies.from(reading);
        List<String> warnings = KnownVariables.warnings(variables, reading.mistaken() ? Optional.empty() : named);
        reading.throwIfMistaken(warnings);
        return new Settings(
                appToken.orElseThrow(),
                botTokens,
                slackApiUrl.orElseThrow(),
                tier3PerMinute.orElseThrow(),
                connections.orElseThrow(),
                meetingUrl.orElseThrow(),
                provider.orElseThrow(),
                desktopUrl,
                database.orElseThrow(),
                keep.orElseThrow(),
                command.orElseThrow(),
                httpAddress,
                pollInterval.orElseThrow(),
                emptyGrace,
                idleLimit.orElseThrow(),
                noShowLimit.orElseThrow(),
                jitsi,
                bigBlueButton,
                proxies,
                warnings);
    }

    /** The names of the documented table, in its order; the {@code _FILE} forms of secrets are not among them. */
    public static Set<String> variables() {
        return KnownVariables.ALL;
    }
}
