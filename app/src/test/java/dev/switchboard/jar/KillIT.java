package dev.switchboard.jar;

import static dev.switchboard.jar.World.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.Faults;
import dev.switchboard.sandbox.slack.Gate;
import dev.switchboard.sandbox.slack.Participant;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import dev.switchboard.sandbox.slack.SentEnvelope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the bot is doing when it is killed: started again on its file, people see what they would have seen. */
@Timeout(180)
class KillIT {
    /** Slack's retries, without Slack's minutes between them. */
    private static final Duration[] RETRIES =
            Collections.nCopies(60, Duration.ofSeconds(1)).toArray(new Duration[0]);

    @TempDir
    Path folder = Path.of("");

    private World world;

    @BeforeEach
    void open() throws IOException {
        world = new World(folder, FakeSlack.options().redeliverAfter(RETRIES));
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** Where a request of the bot stands when it is killed. */
    enum Moment {
        NOT_YET_DONE_BY_SLACK,
        DONE_BUT_NOT_ANSWERED
    }

    private Gate hold(String target, Moment moment) {
        return hold(target, moment, arguments -> true);
    }

    private Gate hold(String target, Moment moment, Predicate<Map<String, String>> which) {
        Faults.Order order = world.slack().faults().on(target).when(which);
        return moment == Moment.NOT_YET_DONE_BY_SLACK ? order.holdBeforeEffect() : order.holdAfterEffect();
    }

    private void killAt(Gate gate, BotProcess bot) throws InterruptedException {
        gate.awaitReached(BotProcess.PATIENCE);
        bot.kill();
    }

    private static boolean isOn(Call call, Person person) {
        return call.activeParticipants().stream().map(Participant::slackId).anyMatch(Optional.of(person.id())::equals);
    }

    /** One card in #general with Bo on it, who was rung once, and everything said. */
    private void assertTheCallWithBo(BotProcess again) {
        eventually(() -> {
            assertThat(isOn(world.theCall("general"), world.person("bo"))).isTrue();
            assertThat(world.toldByBot("bo")).hasSize(1);
        });
        world.settle(again);
        Call call = world.theCall("general");
        assertThat(call.title()).contains("Weekly sync");
        assertThat(call.ended()).isFalse();
        assertThat(call.activeParticipants()).hasSize(1);
        assertThat(isOn(call, world.person("bo"))).isTrue();
        assertThat(world.toldByBot("bo"))
                .singleElement()
                .satisfies(ring -> assertThat(ring.callIds()).containsExactly(call.id()));
    }

    @ParameterizedTest
    @EnumSource
    void while_it_registers(Moment moment) throws Exception {
        Gate gate = hold("calls.add", moment);
        BotProcess bot = world.start();
        world.says("ana", "/call @bo Weekly sync", "general");
        killAt(gate, bot);

        assertTheCallWithBo(world.start());
    }

    @ParameterizedTest
    @EnumSource
    void while_it_posts_the_card(Moment moment) throws Exception {
        String general = world.conversation("general").id();
        Gate gate = hold("chat.postMessage", moment, arguments -> general.equals(arguments.get("channel")));
        BotProcess bot = world.start();
        world.says("ana", "/call @bo Weekly sync", "general");
        killAt(gate, bot);

        assertTheCallWithBo(world.start());
    }

    @ParameterizedTest
    @EnumSource
    void while_it_rings(Moment moment) throws Exception {
        String general = world.conversation("general").id();
        Gate gate = hold("chat.postMessage", moment, arguments -> !general.equals(arguments.get("channel")));
        BotProcess bot = world.start();
        world.says("ana", "/call @bo Weekly sync", "general");
        killAt(gate, bot);

        assertTheCallWithBo(world.start());
    }

    @Test
    void right_after_the_acknowledgement() throws Exception {
        BotProcess bot = world.start();
        world.says("ana", "/call @bo Weekly sync", "general");
        bot.kill();

        assertTheCallWithBo(world.start());
    }

    @ParameterizedTest
    @EnumSource
    void twice_in_a_row(Moment moment) throws Exception {
        Gate add = hold("calls.add", moment);
        Gate card = hold("chat.postMessage", moment);
        BotProcess bot = world.start();
        world.says("ana", "/call @bo Weekly sync", "general");
        killAt(add, bot);
        killAt(card, world.launch(world.jar()));
        Gate connect = hold("apps.connections.open", moment);
        killAt(connect, world.launch(world.jar()));

        assertTheCallWithBo(world.start());
    }

    @ParameterizedTest
    @EnumSource
    void while_it_posts_the_card_where_it_may_write_but_not_read(Moment moment) throws Exception {
        Gate gate = hold("chat.postMessage", moment);
        BotProcess bot = world.start();
        world.says("ana", "/call Standup", "random");
        killAt(gate, bot);

        BotProcess again = world.start();
        eventually(() -> world.theCall("random"));
        world.settle(again);
        world.theCall("random");
    }

    @ParameterizedTest
    @EnumSource
    void while_it_posts_the_card_where_it_may_not_write(Moment moment) throws Exception {
        Gate gate = hold(Faults.RESPONSE_URL, moment);
        BotProcess bot = world.start();
        world.says("ana", "/call Standup", "secret");
        killAt(gate, bot);

        BotProcess again = world.start();
        eventually(() -> world.theCall("secret"));
        world.settle(again);
        world.theCall("secret");
    }

    /** A Call in #general that everybody knows of. */
    private BotProcess startWithCall(String command) throws InterruptedException {
        BotProcess bot = world.start();
        world.says("ana", command, "general");
        eventually(() -> world.theCall("general"));
        return bot;
    }

    @ParameterizedTest
    @EnumSource
    void while_it_adds_somebody(Moment moment) throws Exception {
        BotProcess bot = startWithCall("/call Weekly sync");
        Gate gate = hold("calls.participants.add", moment);
        world.says("ana", "/call invite @bo", "general");
        killAt(gate, bot);

        assertTheCallWithBo(world.start());
    }

    @ParameterizedTest
    @EnumSource
    void while_it_adds_somebody_who_has_declined_meanwhile(Moment moment) throws Exception {
        BotProcess bot = startWithCall("/call Weekly sync");
        Gate gate = hold("calls.participants.add", moment);
        world.says("ana", "/call invite @bo", "general");
        gate.awaitReached(BotProcess.PATIENCE);
        world.person("bo").declines(world.theCall("general"), world.conversation("general"));
        eventually(() ->
                assertThat(world.slack().journal().envelopes("events_api")).anyMatch(SentEnvelope::acknowledged));
        bot.kill();

        BotProcess again = world.start();
        eventually(() -> assertThat(world.toldByBot("ana")).hasSize(1));
        world.settle(again);
        assertThat(world.theCall("general").activeParticipants()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void while_it_renames(Moment moment) throws Exception {
        BotProcess bot = startWithCall("/call @bo Standup");
        eventually(() -> assertThat(world.toldByBot("bo")).hasSize(1));
        Gate gate = hold("calls.update", moment);
        world.says("ana", "/call rename Weekly sync", "general");
        killAt(gate, bot);

        BotProcess again = world.start();
        eventually(() -> assertThat(world.theCall("general").title()).contains("Weekly sync"));
        assertTheCallWithBo(again);
    }

    @ParameterizedTest
    @EnumSource
    void while_it_ends(Moment moment) throws Exception {
        Instant before = Instant.now();
        BotProcess bot = startWithCall("/call Weekly sync");
        Gate gate = hold("calls.end", moment);
        world.says("ana", "/call end", "general");
        Instant after = Instant.now();
        killAt(gate, bot);

        BotProcess again = world.start();
        eventually(() -> assertThat(world.theCall("general").ended()).isTrue());
        world.settle(again);
        Call call = world.theCall("general");
        assertThat(call.durationGiven()).isTrue();
        assertThat(call.duration().orElseThrow())
                .as("from the command that began it to the command that ended it, whenever Slack is told")
                .isBetween(0L, Duration.between(before, after).toSeconds() + 1);
    }

    @Test
    void an_end_is_told_with_the_time_it_was_typed_however_much_later_slack_takes_it() throws Exception {
        BotProcess bot = startWithCall("/call Weekly sync");
        Gate first = hold("calls.end", Moment.NOT_YET_DONE_BY_SLACK);
        Gate second = hold("calls.end", Moment.NOT_YET_DONE_BY_SLACK);
        Gate third = hold("calls.end", Moment.NOT_YET_DONE_BY_SLACK);
        world.says("ana", "/call end", "general");
        Instant typed = Instant.now();
        // Three starts of the program take seconds, which would show in a duration measured after them.
        killAt(first, bot);
        killAt(second, world.launch(world.jar()));
        killAt(third, world.launch(world.jar()));

        world.start();
        eventually(() -> assertThat(world.theCall("general").ended()).isTrue());
        Call call = world.theCall("general");
        assertThat(call.dateStart() + call.duration().orElseThrow()).isLessThanOrEqualTo(typed.getEpochSecond() + 1);
    }

    private void assertAnaWasToldOnce(BotProcess again) {
        eventually(() -> {
            assertThat(isOn(world.theCall("general"), world.person("bo"))).isFalse();
            assertThat(world.toldByBot("ana")).hasSize(1);
        });
        world.settle(again);
        assertThat(world.theCall("general").activeParticipants()).isEmpty();
        assertThat(world.toldByBot("ana"))
                .singleElement()
                .satisfies(told -> assertThat(told.text()).contains("declined"));
        assertThat(world.toldByBot("bo")).hasSize(1);
    }

    private BotProcess startWithBoRung() throws InterruptedException {
        BotProcess bot = startWithCall("/call @bo Weekly sync");
        eventually(() -> assertThat(world.toldByBot("bo")).hasSize(1));
        return bot;
    }

    @ParameterizedTest
    @EnumSource
    void while_it_takes_somebody_off_who_declined(Moment moment) throws Exception {
        BotProcess bot = startWithBoRung();
        Gate gate = hold("calls.participants.remove", moment);
        world.person("bo").declines(world.theCall("general"));
        killAt(gate, bot);

        assertAnaWasToldOnce(world.start());
    }

    @ParameterizedTest
    @EnumSource
    void while_it_tells_of_a_decline(Moment moment) throws Exception {
        BotProcess bot = startWithBoRung();
        Gate gate = hold("chat.postMessage", moment);
        world.person("bo").declines(world.theCall("general"));
        killAt(gate, bot);

        assertAnaWasToldOnce(world.start());
    }

    @ParameterizedTest
    @EnumSource
    void while_it_unfurls(Moment moment) throws Exception {
        Gate gate = hold("chat.unfurl", moment);
        BotProcess bot = world.start();
        world.person("cy").posts("here? https://meet.example.com/Planning", world.conversation("random"));
        killAt(gate, bot);

        BotProcess again = world.start();
        eventually(() -> world.theCall("random"));
        world.settle(again);
        PostedMessage message = world.cards("random").get(0);
        assertThat(message.author()).isEqualTo(world.person("cy").id());
        assertThat(message.unfurls()).hasSize(1);
        assertThat(world.workspace().calls()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void while_it_answers_the_call_icon(Moment moment) throws Exception {
        Gate gate = hold(Faults.RESPONSE_URL, moment);
        BotProcess bot = world.start();
        world.person("ana").startsFromCallIcon(world.conversation("general"), "video");
        killAt(gate, bot);

        BotProcess again = world.start();
        eventually(() -> {
            world.theCall("general");
            assertThat(world.person("ana").opened()).isNotEmpty();
        });
        world.settle(again);
        assertThat(world.person("ana").opened())
                .containsOnly(world.theCall("general").joinUrl());
    }

    @Test
    void a_link_pasted_while_it_was_down_is_unfurled_once_when_slack_delivers_it_again() throws Exception {
        BotProcess bot = startWithCall("/call Weekly sync");
        Call call = world.theCall("general");
        bot.kill();
        eventually(() -> assertThat(world.slack().connections().open()).isZero());
        world.person("cy").posts("here: " + call.joinUrl(), world.conversation("random"));

        BotProcess again = world.start();
        eventually(() -> assertThat(world.theCall("random")).isSameAs(call));
        world.settle(again);
        assertThat(world.cards("random").get(0).unfurls()).hasSize(1);
        assertThat(world.workspace().calls()).containsExactly(call);
    }

    @Test
    void in_the_middle_of_fifty_commands_whatever_was_acknowledged_is_there_once() throws Exception {
        List<Conversation> channels = IntStream.range(0, 50)
                .mapToObj(i -> world.workspace()
                        .createChannel("team-" + i, Conversation.Kind.PUBLIC, world.person("ana"), world.person("bo")))
                .toList();
        BotProcess bot = world.start();
        Map<Conversation, Attempt> attempts = new LinkedHashMap<>();
        channels.forEach(channel -> attempts.put(channel, world.person("ana").types("/call Standup", channel)));
        await().atMost(BotProcess.PATIENCE)
                .until(() -> attempts.values().stream().anyMatch(Attempt::acknowledged));
        bot.kill();

        List<Conversation> acknowledged = channels.stream()
                .filter(c -> Objects.requireNonNull(attempts.get(c)).acknowledged())
                .toList();
        BotProcess again = world.start();
        eventually(() -> assertThat(acknowledged)
                .allSatisfy(channel -> assertThat(world.cards(channel)).isNotEmpty()));
        world.settleAtLeisure(again, Duration.ofMinutes(2));
        assertThat(channels)
                .allSatisfy(channel -> assertThat(world.cards(channel)).hasSizeLessThanOrEqualTo(1));
        assertThat(channels.stream().flatMap(c -> world.cards(c).stream()).map(PostedMessage::callIds))
                .as("each card its own Call")
                .doesNotHaveDuplicates();
    }
}
