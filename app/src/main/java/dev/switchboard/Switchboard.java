package dev.switchboard;

import dev.switchboard.call.Attendance;
import dev.switchboard.call.CallMirror;
import dev.switchboard.call.Calls;
import dev.switchboard.call.Daemons;
import dev.switchboard.call.IdSource;
import dev.switchboard.call.MeetingProvider;
import dev.switchboard.call.MeetingProvider.Capability;
import dev.switchboard.call.Participation;
import dev.switchboard.call.Rhythm;
import dev.switchboard.call.SecureIds;
import dev.switchboard.operator.OperatorPage;
import dev.switchboard.settings.Mistake;
import dev.switchboard.settings.Secret;
import dev.switchboard.settings.Settings;
import dev.switchboard.settings.SettingsException;
import dev.switchboard.slack.SocketMode;
import dev.switchboard.slack.Sockets;
import dev.switchboard.slack.gateway.SlackClients;
import dev.switchboard.slack.gateway.SlackGateway;
import dev.switchboard.slack.gateway.Workspaces;
import dev.switchboard.slack.text.Answers;
import dev.switchboard.slack.text.Contents;
import dev.switchboard.store.DatabaseRefused;
import dev.switchboard.store.JdbcCallStore;
import dev.switchboard.store.LedgerDatabase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One bot: its parts in reading order, started in that order and stopped in the reverse. */
final class Switchboard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Switchboard.class);

    /** What a step that was broken off needs to say so in the ledger. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    /** People shall not wait for a Web API that is slow to say whose token it is. */
    private static final Duration TOKENS_KNOWN_WITHIN = Duration.ofSeconds(3);

    /** A bot that is started together with its database server is up first. */
    private static final Duration FOR_THE_DATABASE = Duration.ofSeconds(30);

    private final LedgerDatabase database;
    private final SlackClients clients;
    private final MeetingProvider meetings;
    private final Workspaces workspaces;
    private final CallMirror mirror;
    private final Attendance attendance;
    private final SocketMode socket;
    private final Housekeeping housekeeping;
    private Optional<OperatorPage> operatorPage = Optional.empty();

    private Switchboard(
            Settings settings,
            Clock clock,
            SlackClients clients,
            Sockets sockets,
            Workspaces workspaces,
            MeetingProvider meetings,
            LedgerDatabase database) {
        IdSource ids = new SecureIds(clock);
        this.database = database;
        JdbcCallStore store = new JdbcCallStore(database);
        this.clients = clients;
        this.workspaces = workspaces;
        this.meetings = meetings;
        SlackGateway slack = slack(settings, clock);
        this.mirror = new CallMirror(store, slack, meetings, ids, clock);
        Rhythm rhythm = rhythm(settings, meetings);
        this.attendance = new Attendance(store, meetings, slack, ids, rhythm, clock, mirror, this::connected);
        this.socket = new SocketMode(
                clients.patient(),
                sockets,
                settings.connections(),
                settings.command(),
                new Calls(store, meetings, slack, ids, rhythm, clock, mirror),
                new Participation(store, meetings, slack, ids, rhythm, clock, mirror),
                new Answers(settings.command(), meetings.can(Capability.PERSONAL_LINK), clock));
        this.housekeeping = new Housekeeping(store, workspaces, settings.keep(), clock);
    }

    /** Copies that share a database share what Slack grants; where nothing is counted there is nothing to share. */
    private SlackGateway slack(Settings settings, Clock clock) {
        Contents contents = new Contents(meetings.capabilities());
        int tier3 = settings.tier3PerMinute();
        return tier3 == 0 || database.allowances().isEmpty()
                ? new SlackGateway(clients, workspaces, contents, tier3, clock)
                : new SlackGateway(
                        clients,
                        workspaces,
                        contents,
                        tier3,
                        database.allowances().get(),
                        clock);
    }

    private static Rhythm rhythm(Settings settings, MeetingProvider meetings) {
        return new Rhythm(
                settings.pollInterval(),
                settings.emptyGrace().orElseGet(meetings::emptyGrace),
                settings.noShowLimit(),
                settings.idleLimit());
    }

    /**
     * Builds a bot and starts it. It connects at once if it can, and goes on trying if Slack can't be reached.
     *
     * @param machine the clock of this machine
     * @throws SettingsException if a setting proves wrong: a database that can't be used, a token that Slack refuses
     */
    static Switchboard start(Settings settings, Clock machine) {
        // Opening the ledger and asking Slack take about as long as one another, so all are begun at once.
        CompletableFuture<LedgerDatabase> opened =
                CompletableFuture.supplyAsync(() -> open(settings, FOR_THE_DATABASE), Switchboard::beside);
        SlackClients clients = new SlackClients(settings.slackApiUrl(), settings.proxies());
        Sockets sockets = new Sockets(clients.patient(settings.appToken()), settings.proxies());
        sockets.prepare(Switchboard::beside);
        Workspaces workspaces = new Workspaces(clients, settings.botTokens());
        CompletableFuture<Workspaces.Lesson> asked =
                CompletableFuture.supplyAsync(workspaces::learn, Switchboard::beside);
        MeetingProvider meetings = Meetings.of(settings, machine);
        Switchboard bot;
        try {
            LedgerDatabase database = opened.join();
            bot = new Switchboard(settings, database.clock(machine), clients, sockets, workspaces, meetings, database);
        } catch (CompletionException e) {
            clients.cancel();
            meetings.close();
            clients.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        try {
            bot.begin(settings, machine, asked);
            return bot;
        } catch (RuntimeException e) {
            bot.close();
            throw e;
        }
    }

    /** A thread for each: they wait, for one another's good. */
    private static void beside(Runnable work) {
        Daemons.thread("start", work).start();
    }

    /**
     * Opens the ledger's database.
     *
     * @param patience how long to wait for a server that isn't up yet
     */
    static LedgerDatabase open(Settings settings, Duration patience) {
        try {
            return LedgerDatabase.open(
                    settings.database().url(),
                    settings.database().user(),
                    settings.database().password().map(Secret::reveal),
                    patience);
        } catch (DatabaseRefused e) {
            throw mistake(settings, e);
        }
    }

    static SettingsException mistake(Settings settings, DatabaseRefused refused) {
        return mistake(
                "SWITCHBOARD_DATABASE_URL",
                String.valueOf(refused.getMessage()),
                settings.database().example());
    }

    private void begin(Settings settings, Clock machine, CompletableFuture<Workspaces.Lesson> asked) {
        database.join(machine);
        database.giveCopies();
        mirror.start();
        settings.httpAddress().ifPresent(this::listen);
        List<Mistake> mistakes = new ArrayList<>();
        // Only the WebSocket waits for what Slack says of the bot's tokens.
        socket.start(() -> !allRefused(asked, settings))
                .map(code -> new Mistake("SLACK_APP_TOKEN", refused(code), "xapp-1-A0123-4567-abcdef"))
                .ifPresent(mistakes::add);
        attendance.start();
        housekeeping.start();
        Workspaces.Lesson lesson = asked.join();
        if (allRefused(asked, settings)) {
            mistakes.add(new Mistake("SLACK_BOT_TOKEN", refused(lesson.refused().get(0)), "xoxb-1234-5678-abcdef"));
        }
        if (!mistakes.isEmpty()) {
            throw new SettingsException(mistakes);
        }
        database.newFile().ifPresent(file -> LOG.info("a new ledger was made: {}", file));
        lesson.log();
    }

    /** Whether there is no workspace to connect for. Where Slack doesn't say so soon, that is not known to be so. */
    private static boolean allRefused(CompletableFuture<Workspaces.Lesson> asked, Settings settings) {
        try {
            Workspaces.Lesson lesson = asked.get(TOKENS_KNOWN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return lesson.refused().size() == settings.botTokens().size();
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void listen(InetSocketAddress address) {
        try {
            operatorPage = Optional.of(OperatorPage.start(
                    address,
                    () -> socket.connected() && database.available(),
                    Map.of(
                            "switchboard_connected",
                            () -> socket.connected() ? 1 : 0,
                            "switchboard_ledger_available",
                            () -> database.available() ? 1 : 0)));
        } catch (IOException e) {
            throw mistake("SWITCHBOARD_HTTP_ADDRESS", "can't be listened on", "127.0.0.1:8081");
        }
    }

    /** Whether Slack can reach the bot at the moment. */
    boolean connected() {
        return socket.connected();
    }

    /** Lets what is under way come to its end, within seconds; the rest stays in the ledger. */
    @Override
    public void close() {
        operatorPage.ifPresent(OperatorPage::close);
        housekeeping.close();
        socket.close();
        attendance.close();
        mirror.close();
        clients.cancel();
        meetings.close();
        mirror.awaitWorkers(LAST_WORDS);
        attendance.awaitWorker(LAST_WORDS);
        clients.close();
        database.close();
    }

    private static String refused(String code) {
        return "is refused by Slack (" + code + ")";
    }

    private static SettingsException mistake(String variable, String problem, String example) {
        return new SettingsException(List.of(new Mistake(variable, problem, example)));
    }
}
