package dev.switchboard;

import static org.awaitility.Awaitility.await;

import dev.switchboard.sandbox.meeting.BigBlueButtonServer;
import dev.switchboard.sandbox.meeting.JitsiServer;
import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.FakeSlackOptions;
import dev.switchboard.sandbox.slack.Faults;
import dev.switchboard.sandbox.slack.Journal.ApiCall;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import dev.switchboard.sandbox.slack.SentEnvelope;
import dev.switchboard.sandbox.slack.Workspace;
import dev.switchboard.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * A workspace where the bot works: a strict fake Slack, the real bot in it, and a ledger in a file, fresh for each test.
 * Ana, Bo, Cy, Dee (an admin), Gus (a guest) and Ex (deactivated) work there; the bot is in #general and #project, not
 * in #random and #secret.
 */
final class Office implements BeforeEachCallback, AfterEachCallback {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration LOOK_EVERY = Duration.ofMillis(15);

    static {
        // As Main does it: one log, on stderr.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        Logger.getLogger("org.glassfish").setLevel(Level.SEVERE);
    }

    private final Map<String, String> variables =
            new HashMap<>(Map.of("SWITCHBOARD_MEETING_URL", "https://meet.example.com", "SLACK_TIER3_PER_MINUTE", "0"));
    private final MovableClock clock = new MovableClock();
    private final FakeSlackOptions options = FakeSlack.options()
            .clock(clock)
            .redeliverAfter(Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(2));
    private String disk = "";
    private boolean atWork = true;
    private Consumer<FakeSlack> meetingServer = slack -> {};
    private Optional<JitsiServer> jitsi = Optional.empty();
    private Optional<BigBlueButtonServer> bigBlueButton = Optional.empty();
    private Optional<FakeSlack> slack = Optional.empty();
    private Optional<Switchboard> bot = Optional.empty();
    private Optional<Path> folder = Optional.empty();

    /** An office whose bot has this variable too. */
    Office with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /** An office with another Slack. */
    Office slack(Consumer<FakeSlackOptions> change) {
        change.accept(options);
        return this;
    }

    /** An office whose bot keeps its ledger on a {@link FailingDisk}. */
    Office onFailingDisk() {
        FilePath.register(new FailingDisk());
        disk = FailingDisk.SCHEME + ":";
        return this;
    }

    /** An office whose rooms are on a Jitsi, which is asked often. */
    Office withJitsi() {
        options.unfurlDomains("127.0.0.1");
        variables.put("SWITCHBOARD_PROVIDER", "jitsi");
        variables.put("SWITCHBOARD_POLL_INTERVAL", "100ms");
        meetingServer = host -> {
            JitsiServer server = JitsiServer.mount(host);
            variables.put("SWITCHBOARD_MEETING_URL", server.address());
            variables.put("SWITCHBOARD_JITSI_API_URL", server.apiUrl());
            variables.put("SWITCHBOARD_JITSI_XMPP_DOMAIN", server.xmppDomain());
            jitsi = Optional.of(server);
        };
        return this;
    }

    /** An office whose rooms are on a BigBlueButton, which is asked often. */
    Office withBigBlueButton() {
        options.unfurlDomains("127.0.0.1");
        variables.put("SWITCHBOARD_PROVIDER", "bigbluebutton");
        variables.put("SWITCHBOARD_POLL_INTERVAL", "100ms");
        meetingServer = host -> {
            BigBlueButtonServer server = BigBlueButtonServer.mount(host);
            variables.put("SWITCHBOARD_MEETING_URL", server.address());
            variables.put("SWITCHBOARD_BBB_SECRET", server.secret());
            variables.put("SWITCHBOARD_GREENLIGHT_URL", server.greenlightUrl());
            bigBlueButton = Optional.of(server);
        };
        return this;
    }

    JitsiServer jitsi() {
        return jitsi.orElseThrow();
    }

    BigBlueButtonServer bigBlueButton() {
        return bigBlueButton.orElseThrow();
    }

    /** An office where the bot is only started by the test. */
    Office closed() {
        atWork = false;
        return this;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        open();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        shut();
    }

    /** Everything fresh, as for another test. */
    void renew() throws IOException {
        shut();
        open();
    }

    private void open() throws IOException {
        folder = Optional.of(Files.createTempDirectory("office"));
        slack = Optional.of(FakeSlack.start(options));
        meetingServer.accept(slack());
        if (atWork) {
            start();
        }
    }

    private void shut() throws IOException {
        stop();
        slack().close();
        try (Stream<Path> files = Files.walk(folder.orElseThrow())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Starts the bot on the ledger there is, and waits until Slack can reach it. */
    void start() {
        launch();
        eventually(() -> bot().connected());
    }

    /** Starts the bot, which may not be able to connect. */
    void launch() {
        variables.putIfAbsent(
                "SLACK_BOT_TOKEN",
                String.join(
                        ",",
                        slack().workspaces().stream().map(Workspace::botToken).toList()));
        variables.put("SLACK_APP_TOKEN", slack().appToken());
        variables.put("SLACK_API_URL", slack().apiUrl());
        variables.put("SWITCHBOARD_DATABASE_URL", ledgerUrl());
        bot = Optional.of(Switchboard.start(Settings.from(variables), clock));
    }

    /** Stops the bot; the ledger stays. */
    void stop() {
        bot.ifPresent(Switchboard::close);
        bot = Optional.empty();
    }

    Switchboard bot() {
        return bot.orElseThrow();
    }

    FakeSlack slack() {
        return slack.orElseThrow();
    }

    Faults faults() {
        return slack().faults();
    }

    MovableClock clock() {
        return clock;
    }

    Workspace acme() {
        return slack().workspace();
    }

    Person ana() {
        return acme().person("ana");
    }

    Person bo() {
        return acme().person("bo");
    }

    Person cy() {
        return acme().person("cy");
    }

    Person dee() {
        return acme().person("dee");
    }

    /** A public channel with the bot. */
    Conversation general() {
        return acme().conversation("general");
    }

    /** A public channel without the bot. */
    Conversation random() {
        return acme().conversation("random");
    }

    /** A private channel of Ana and Bo without the bot. */
    Conversation secret() {
        return acme().conversation("secret");
    }

    /** The direct message of Ana and Bo. */
    Conversation direct() {
        return acme().conversation("ana-bo");
    }

    // What people do

    /** Types a command, which has to be acknowledged in time. */
    Attempt types(Person person, String command, Conversation where) {
        return acknowledged(person.types(command, where));
    }

    /** Types a command; what the bot says to that person alone. */
    Optional<PostedMessage> asks(Person person, String command, Conversation where) {
        List<PostedMessage> before = words(person, where);
        types(person, command, where);
        return words(person, where).stream()
                .filter(word -> before.stream().noneMatch(old -> old.ts().equals(word.ts())))
                .findFirst();
    }

    /** Types a command; the text of what the bot says to that person alone, or nothing. */
    String answer(Person person, String command, Conversation where) {
        return asks(person, command, where).map(PostedMessage::text).orElse("");
    }

    void presses(Person person, PostedMessage message, String button) {
        acknowledged(person.clicks(message, button));
    }

    private static Attempt acknowledged(Attempt attempt) {
        try {
            attempt.await(PATIENCE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (!attempt.acknowledged()) {
            throw new AssertionError("not acknowledged: " + attempt.error());
        }
        return attempt;
    }

    // What people see

    /** The bot's messages that this person alone sees there, oldest first. */
    static List<PostedMessage> words(Person person, Conversation where) {
        return where.visibleTo(person).stream()
                .filter(message -> message.fromApp() && message.ephemeral())
                .toList();
    }

    /** The bot's messages that all see there, oldest first. */
    static List<PostedMessage> said(Conversation where) {
        return where.messages().stream().filter(PostedMessage::fromApp).toList();
    }

    /** The messages there that show a Call, people's own with an unfurl included. */
    static List<PostedMessage> cards(Conversation where) {
        return where.messages().stream()
                .filter(message -> !message.callIds().isEmpty())
                .toList();
    }

    /** Waits for a card there; the Call of the newest one. */
    Call callIn(Conversation where) {
        eventually(() -> !cards(where).isEmpty());
        List<PostedMessage> cards = cards(where);
        return acme().call(cards.get(cards.size() - 1).callIds().get(0));
    }

    /** Starts a Call and waits for its card. */
    Call startCall(Person person, String command, Conversation where) {
        int before = cards(where).size();
        types(person, command, where);
        eventually(() -> cards(where).size() == before + 1);
        return callIn(where);
    }

    /** The message as it stands now. */
    PostedMessage now(PostedMessage message) {
        return acme().conversation(message.channel()).message(message.ts()).orElseThrow();
    }

    /** What the bot told somebody in their direct messages with it, rings included. */
    List<PostedMessage> told(Person person) {
        return said(person.workspace().botMessagesOf(person));
    }

    /** The direct messages that ring somebody. */
    List<PostedMessage> rings(Person person) {
        return told(person).stream()
                .filter(message -> !message.callIds().isEmpty())
                .toList();
    }

    static boolean lists(Call call, Person person) {
        return call.activeParticipants().stream().anyMatch(p -> p.slackId().equals(Optional.of(person.id())));
    }

    /** The requests that Slack has had for a method, oldest first. */
    List<ApiCall> requests(String method) {
        return slack().journal().calls(method);
    }

    // Waiting

    /** Waits until something is so. */
    static void eventually(Callable<Boolean> condition) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK_EVERY)
                .until(condition);
    }

    /** Waits until an assertion holds. */
    static void eventuallyAssert(org.awaitility.core.ThrowingRunnable assertion) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK_EVERY)
                .untilAsserted(assertion);
    }

    /**
     * Waits until nothing more will come of what happened so far: every envelope is settled and, as the ledger says,
     * Slack is owed nothing. This is how a test sees that something does not happen.
     */
    void atRest() {
        eventually(() -> slack().journal().envelopes().stream().allMatch(Office::settled) && owed() == 0);
    }

    private static boolean settled(SentEnvelope envelope) {
        return envelope.acknowledged() || envelope.late();
    }

    long owed() throws SQLException {
        return count("select count(*) from calls where due_at is not null");
    }

    /** How many live Calls the ledger has. */
    long liveCalls() {
        try {
            return count("select count(*) from calls where ended_at is null");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    long count(String sql) throws SQLException {
        return LedgerFile.number(ledgerUrl(), sql);
    }

    private String ledgerUrl() {
        return "jdbc:h2:file:" + disk + folder.orElseThrow().resolve("ledger");
    }
}
