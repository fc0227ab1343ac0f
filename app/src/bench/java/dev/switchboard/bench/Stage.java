package dev.switchboard.bench;

import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.FakeSlackOptions;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A Slack, here in the driver's process, with one bot in it that has a process of its own. */
final class Stage implements AutoCloseable {
    /** Nothing here waits longer than that. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Calls start in so many channels in turn, as they do in a company; each is asked about once, when it is warm. */
    static final int CHANNELS = 50;

    private static final Duration OFTEN = Duration.ofNanos(500_000);

    private static final Duration AT_LEISURE = Duration.ofMillis(20);

    private static final List<String> METHODS = List.of(
            "calls.add",
            "calls.update",
            "calls.end",
            "calls.participants.add",
            "calls.participants.remove",
            "chat.postMessage",
            "chat.update",
            "chat.postEphemeral",
            "conversations.info",
            "conversations.open",
            "users.info",
            "auth.test");

    private final FakeSlack slack;
    private final Path folder;
    private final List<Conversation> channels = new ArrayList<>();
    private final Map<String, String> variables = new LinkedHashMap<>();

    /** A Slack that waits for acknowledgements as long as they take; the reports say which came after three seconds. */
    static FakeSlackOptions options() {
        return FakeSlack.options().acknowledgeWithin(Duration.ofMinutes(5)).redeliverAfter(Duration.ofMinutes(30));
    }

    Stage() throws IOException {
        this(options());
    }

    Stage(FakeSlackOptions options) throws IOException {
        this.slack = FakeSlack.start(options);
        Files.createDirectories(Contestant.target().resolve("bench"));
        this.folder = Files.createTempDirectory(Contestant.target().resolve("bench"), "stage");
        for (int i = 0; i < CHANNELS; i++) {
            Conversation channel = slack.workspace()
                    .createChannel(
                            "bench-" + i,
                            Conversation.Kind.PUBLIC,
                            slack.workspace().people().get(0));
            channel.inviteBot();
            channels.add(channel);
        }
        variables.put("SLACK_APP_TOKEN", slack.appToken());
        variables.put("SLACK_BOT_TOKEN", slack.botToken());
        variables.put("SLACK_API_URL", slack.apiUrl());
        variables.put("SLACK_TIER3_PER_MINUTE", "0");
        variables.put("SWITCHBOARD_MEETING_URL", "https://meet.example.com");
        variables.put("SWITCHBOARD_DATABASE_URL", ledgerUrl());
    }

    /** What the bot is told of its surroundings. */
    Stage with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    FakeSlack slack() {
        return slack;
    }

    Path folder() {
        return folder;
    }

    /** The ledger of the bot that plays here. */
    String ledgerUrl() {
        return "jdbc:h2:file:" + folder.resolve("ledger");
    }

    Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    Person ana() {
        return slack.workspace().person("ana");
    }

    /** The channel whose turn it is. */
    Conversation channel(int turn) {
        return channels.get(turn % channels.size());
    }

    /** Starts the bot and returns once it is connected. */
    BotProcess enter(Contestant contestant) {
        int before = slack.connections().opened();
        BotProcess bot = contestant.start(folder, variables);
        try {
            await(contestant.name() + " connects", () -> slack.connections().opened() > before || !bot.isAlive());
            if (!bot.isAlive()) {
                throw new IllegalStateException(contestant.name() + " ended: " + bot.said());
            }
            return bot;
        } catch (RuntimeException e) {
            bot.close();
            throw e;
        }
    }

    /** From now on each Web API call takes that long. */
    void webApiTakes(Duration time) {
        slack.faults().clear();
        if (!time.isZero()) {
            METHODS.forEach(method -> slack.faults().on(method).always().delay(time));
        }
    }

    /** Starts a Call. */
    Attempt call(int number) {
        return ana().types("/call Weekly sync " + number, channel(number));
    }

    /** How many cards have been posted in all. */
    int cards() {
        return channels.stream().mapToInt(Stage::cards).sum();
    }

    static int cards(Conversation channel) {
        return (int) channel.messages().stream().filter(PostedMessage::fromApp).count();
    }

    /** Waits, looking often enough for milliseconds to mean something; the look must cost next to nothing. */
    static void await(String what, BooleanSupplier condition) {
        await(what, condition, OFTEN);
    }

    /** Waits where looking takes CPU time that the bot could use; what is timed by it must take seconds. */
    static void awaitAtLeisure(String what, BooleanSupplier condition) {
        await(what, condition, AT_LEISURE);
    }

    private static void await(String what, BooleanSupplier condition, Duration every) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Waited in vain: " + what);
            }
            LockSupport.parkNanos(every.toNanos());
        }
    }

    /** Lets time pass in which nobody asks anything. */
    static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() throws IOException {
        slack.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
