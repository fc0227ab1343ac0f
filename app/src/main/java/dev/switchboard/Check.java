package dev.switchboard;

import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.apps.connections.AppsConnectionsOpenResponse;
import com.slack.api.methods.response.auth.AuthTestResponse;
import dev.switchboard.call.MeetingProvider;
import dev.switchboard.settings.Database;
import dev.switchboard.settings.Secret;
import dev.switchboard.settings.Settings;
import dev.switchboard.slack.SocketMode;
import dev.switchboard.slack.gateway.SlackClients;
import dev.switchboard.slack.gateway.Workspaces;
import dev.switchboard.store.DatabaseRefused;
import dev.switchboard.store.LedgerDatabase;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code check}: tries what a start would need, and says how each thing went. */
final class Check {
    private final PrintStream out;
    private boolean good = true;

    Check(PrintStream out) {
        this.out = out;
    }

    int run(Settings settings) {
        say(true, "settings", "read");
        ledger(settings);
        try (SlackClients clients = new SlackClients(settings.slackApiUrl(), settings.proxies())) {
            app(clients, settings.appToken());
            settings.botTokens().forEach(token -> bot(clients, token));
        }
        meetings(settings);
        return good ? Main.OK : Main.FAILED;
    }

    /** What an older version left stays as it is: whoever tries a new one may want to go back. */
    private void ledger(Settings settings) {
        Database database = settings.database();
        Optional<String> password = database.password().map(Secret::reveal);
        try {
            LedgerDatabase.readThrough(database.url(), database.user(), password);
        } catch (DatabaseRefused e) {
            throw Switchboard.mistake(settings, e);
        }
        Optional<Integer> older = LedgerDatabase.olderSchema(database.url(), database.user(), password);
        if (older.isEmpty()) {
            Switchboard.open(settings, Duration.ZERO).close();
        }
        say(
                true,
                "SWITCHBOARD_DATABASE_URL",
                older.map(version -> "opened, its schema is that of an older version (" + version
                                + "), which the next start brings up to date")
                        .orElse("opened, its schema is up to date"));
    }

    private void meetings(Settings settings) {
        try (MeetingProvider meetings = Meetings.of(settings, Clock.systemUTC())) {
            meetings.doctor().forEach(finding -> say(finding.good(), finding.variable(), finding.said()));
        }
    }

    private void app(SlackClients clients, Secret token) {
        try {
            AppsConnectionsOpenResponse reply = clients.patient(token).appsConnectionsOpen(r -> r);
            say(
                    reply.isOk(),
                    "SLACK_APP_TOKEN",
                    reply.isOk() ? "Socket Mode is open to us" : ofTheApp(String.valueOf(reply.getError())));
        } catch (IOException | SlackApiException | RuntimeException e) {
            say(false, "SLACK_APP_TOKEN", unreachable(e));
        }
    }

    private void bot(SlackClients clients, Secret token) {
        MethodsClient client = clients.patient(token);
        try {
            AuthTestResponse reply = client.authTest(r -> r);
            if (!reply.isOk()) {
                String code = String.valueOf(reply.getError());
                say(false, "SLACK_BOT_TOKEN", Workspaces.refusesToken(code) ? refused(code) : notNow(code));
                return;
            }
            List<String> missing = missing(reply);
            say(
                    missing.isEmpty(),
                    "SLACK_BOT_TOKEN",
                    missing.isEmpty()
                            ? "speaks for the workspace " + reply.getTeam() + " (" + reply.getTeamId() + ")"
                            : "lacks the scopes " + String.join(", ", missing)
                                    + "; add them to the app (`manifest` lists all) and reinstall it");
        } catch (IOException | SlackApiException | RuntimeException e) {
            say(false, "SLACK_BOT_TOKEN", unreachable(e));
        }
    }

    /** The scopes we need and Slack doesn't name in its reply; none if it names none at all. */
    private static List<String> missing(AuthTestResponse reply) {
        Map<String, List<String>> headers = reply.getHttpResponseHeaders();
        List<String> scopes = headers == null ? null : headers.get("x-oauth-scopes");
        if (scopes == null) {
            return List.of();
        }
        Set<String> granted = scopes.stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .map(String::strip)
                .collect(Collectors.toSet());
        return Manifest.SCOPES.stream()
                .map(Manifest.Scope::name)
                .filter(scope -> !scope.equals(Manifest.EMAIL) && !granted.contains(scope))
                .toList();
    }

    private void say(boolean fine, String what, String how) {
        good = good && fine;
        out.println((fine ? "ok      " : "not ok  ") + what + ": " + how);
    }

    private static String ofTheApp(String code) {
        return SocketMode.remedy(code)
                .map(remedy -> refused(code) + ": " + remedy)
                .orElseGet(() -> notNow(code));
    }

    private static String notNow(String code) {
        return "could not be tried, Slack answers " + code + "; try again in a minute";
    }

    private static String refused(String code) {
        return "is refused by Slack (" + code + ")";
    }

    private static String unreachable(Exception failure) {
        return "Slack can't be reached (" + failure.getClass().getSimpleName()
                + "); check SLACK_API_URL, HTTPS_PROXY and the firewall";
    }
}
