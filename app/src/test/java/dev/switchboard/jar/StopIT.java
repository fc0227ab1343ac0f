package dev.switchboard.jar;

import static dev.switchboard.jar.World.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Gate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asked to stop, the bot stops within seconds, as a success, and leaves nothing undone that it had promised. */
@Timeout(180)
class StopIT {
    /** What service managers allow before they kill. */
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(10);

    @TempDir
    Path folder = Path.of("");

    private World world;

    @BeforeEach
    void open() throws IOException {
        world = new World(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static void assertOrderly(BotProcess bot) {
        BotProcess.Ended ended = bot.awaitEnd(STOPPED_WITHIN);
        assertThat(ended.status()).as("it said: %s", ended.err()).isZero();
        assertThat(ended.err())
                .doesNotContain("\tat ")
                .doesNotContain("Exception")
                .doesNotContain("ERROR");
        assertThat(ended.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP"})
    void an_idle_bot_stops(String signal) throws Exception {
        BotProcess bot = world.start();
        assumeThat(bot.ignores(signal)).isFalse();
        world.says("ana", "/call Weekly sync", "general");
        eventually(() -> world.theCall("general"));
        bot.signal(signal);

        assertOrderly(bot);
        assertThat(world.slack().violations()).isEmpty();
        eventually(() -> assertThat(world.slack().connections().open()).isZero());
    }

    @Test
    void commands_that_are_on_their_way_are_answered() throws Exception {
        BotProcess bot = world.start();
        world.says("ana", "/call help", "general");
        List<Attempt> burst = IntStream.range(0, 25)
                .mapToObj(i -> world.person("ana").types("/call Sync " + i, world.conversation("general")))
                .toList();
        bot.terminate();

        assertOrderly(bot);
        assertThat(burst).allMatch(Attempt::acknowledged);
        world.settle(world.start());
        assertThat(world.cards("general")).hasSize(25);
    }

    @Test
    void a_second_signal_makes_the_stop_no_less_orderly() throws Exception {
        BotProcess bot = world.start();
        Gate gate = world.slack().faults().on("calls.add").holdBeforeEffect();
        world.says("ana", "/call Weekly sync", "general");
        gate.awaitReached(BotProcess.PATIENCE);
        bot.terminate();
        bot.terminate();
        bot.signal("INT");

        assertOrderly(bot);
    }

    @ParameterizedTest
    @ValueSource(strings = {"calls.add", "chat.postMessage"})
    void a_request_without_an_answer_does_not_hold_it_up_and_is_made_good(String method) throws Exception {
        BotProcess bot = world.start();
        Gate gate = world.slack().faults().on(method).holdBeforeEffect();
        world.says("ana", "/call Weekly sync", "general");
        gate.awaitReached(BotProcess.PATIENCE);
        bot.terminate();
        assertOrderly(bot);

        BotProcess again = world.start();
        eventually(() -> world.theCall("general"));
        world.settle(again);
        world.theCall("general");
    }

    @Test
    void a_request_that_slack_answers_in_time_is_finished_and_not_made_twice() throws Exception {
        BotProcess bot = world.start();
        Gate gate = world.slack().faults().on("calls.add").holdBeforeEffect();
        world.says("ana", "/call Weekly sync", "general");
        gate.awaitReached(BotProcess.PATIENCE);
        bot.terminate();
        gate.open();
        assertOrderly(bot);

        world.settle(world.start());
        world.theCall("general");
        assertThat(world.slack().journal().calls("calls.add")).hasSize(1);
    }

    private List<Conversation> channels(int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        world.workspace().createChannel("team-" + i, Conversation.Kind.PUBLIC, world.person("ana")))
                .toList();
    }

    @Test
    void work_a_slow_slack_keeps_waiting_is_made_good() throws Exception {
        world.slack().faults().on("calls.add").always().delay(Duration.ofSeconds(2));
        world.slack().faults().on("chat.postMessage").always().delay(Duration.ofSeconds(2));
        List<Conversation> channels = channels(40);
        BotProcess bot = world.start();
        for (Conversation channel : channels) {
            world.says("ana", "/call Standup", channel.id());
        }
        bot.terminate();
        assertOrderly(bot);

        world.slack().faults().clear();
        assertEachShownOnce(channels, channels);
    }

    @Test
    void commands_that_come_while_it_stops_are_either_acknowledged_and_done_or_neither() throws Exception {
        List<Conversation> channels = channels(60);
        BotProcess bot = world.start();
        Map<Conversation, Attempt> attempts = new LinkedHashMap<>();
        for (Conversation channel : channels) {
            attempts.put(channel, world.person("ana").types("/call Standup", channel));
            if (attempts.size() == 30) {
                bot.terminate();
            }
        }
        assertOrderly(bot);

        for (Attempt attempt : attempts.values()) {
            attempt.await(BotProcess.PATIENCE);
        }
        List<Conversation> acknowledged = attempts.entrySet().stream()
                .filter(entry -> entry.getValue().acknowledged())
                .map(Map.Entry::getKey)
                .toList();
        assertThat(attempts.values().stream().filter(Attempt::acknowledged))
                .allSatisfy(attempt -> assertThat(attempt.latency()).isPresent());
        assertEachShownOnce(channels, acknowledged);
    }

    private void assertEachShownOnce(List<Conversation> channels, List<Conversation> acknowledged) {
        BotProcess again = world.start();
        eventually(() -> assertThat(acknowledged)
                .allSatisfy(channel -> assertThat(world.cards(channel)).isNotEmpty()));
        world.settle(again);
        assertThat(channels)
                .allSatisfy(channel -> assertThat(world.cards(channel)).hasSizeLessThanOrEqualTo(1));
    }

    @Test
    void it_stops_while_nothing_listens_where_slack_should_be() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        BotProcess bot = world.launch(world.jar().with("SLACK_API_URL", "http://127.0.0.1:" + port + "/api"));
        await().atMost(BotProcess.PATIENCE).until(() -> bot.err().contains("not connected"));
        bot.terminate();

        BotProcess.Ended ended = bot.awaitEnd(STOPPED_WITHIN);
        assertThat(ended.status()).isZero();
    }

    @Test
    void it_stops_during_the_start_while_slack_takes_requests_and_says_nothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            BotProcess bot = world.launch(
                    world.jar().with("SLACK_API_URL", "http://127.0.0.1:" + silent.getLocalPort() + "/api"));
            try (Socket request = silent.accept()) {
                assertThat(request.isConnected()).isTrue();
                bot.terminate();

                BotProcess.Ended ended = bot.awaitEnd(STOPPED_WITHIN);
                assertThat(ended.status()).as("it said: %s", ended.err()).isZero();
            }
        }
        BotProcess again = world.start();
        world.says("ana", "/call Weekly sync", "general");
        eventually(() -> world.theCall("general"));
        again.kill();
    }

    @Test
    void the_sandbox_stops_and_leaves_nothing_behind() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        BotProcess sandbox = world.launch(Jar.in(folder).jvm("-Djava.io.tmpdir=" + temporary), "sandbox");
        await().atMost(BotProcess.PATIENCE).until(() -> sandbox.out().contains("Conversations:"));
        sandbox.terminate();

        BotProcess.Ended ended = sandbox.awaitEnd(STOPPED_WITHIN);
        assertThat(ended.status()).as("it said: %s", ended.err()).isZero();
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("switchboard")))
                    .isEmpty();
        }
    }
}
