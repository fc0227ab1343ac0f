package dev.switchboard.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.slack.api.Slack;
import com.slack.api.bolt.App;
import dev.switchboard.LogLines;
import dev.switchboard.TickingClock;
import dev.switchboard.call.CallStore;
import dev.switchboard.call.Calls;
import dev.switchboard.call.MeetingProvider;
import dev.switchboard.call.Mirroring;
import dev.switchboard.call.Participation;
import dev.switchboard.call.Rhythm;
import dev.switchboard.call.SecureIds;
import dev.switchboard.call.SlackCalls;
import dev.switchboard.meeting.link.LinkProvider;
import dev.switchboard.slack.text.Answers;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever breaks behind a listener, the envelope is acknowledged, and the person gets a sentence. */
class EnvelopesTest {
    private static final Rhythm RHYTHM =
            new Rhythm(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMinutes(30), Duration.ofHours(4));

    private static final String EVENT = """
            {"envelope_id":"E1","type":"events_api","payload":{"type":"event_callback","team_id":"T1",
             "event_id":"Ev1","event":{"type":"call_rejected","call_id":"R1","user_id":"U1","channel_id":"D1"}}}""";

    private final Answers answers = new Answers("/call", false, new TickingClock());

    @Test
    void an_error_is_answered_like_any_failure_and_the_next_one_too() {
        Envelopes broken = envelopes(new NoClassDefFoundError("on purpose"));
        for (int i = 0; i < 12; i++) {
            JsonObject acknowledgement = acknowledge(broken, command("E" + i));
            assertThat(acknowledgement.get("envelope_id").getAsString()).isEqualTo("E" + i);
            assertThat(said(acknowledgement)).isEqualTo(answers.failed().text());
        }
    }

    @Test
    void an_exception_says_nothing_of_itself_to_the_person() {
        Envelopes broken = envelopes(new IllegalStateException("jdbc:h2:secret"));
        assertThat(acknowledge(broken, command("E1")).toString()).doesNotContain("secret", "Exception");
    }

    @Test
    void an_endless_recursion_is_survived() {
        assertThat(said(acknowledge(envelopes(new StackOverflowError()), command("E1"))))
                .isEqualTo(answers.failed().text());
    }

    @Test
    void a_failure_of_ours_is_an_error_even_where_java_leaves_its_trace_out() {
        NullPointerException traceless = new NullPointerException();
        traceless.setStackTrace(new StackTraceElement[0]);
        for (String text : List.of(command("E1"), icon())) {
            try (LogLines log = LogLines.listen()) {
                acknowledge(envelopes(traceless), text);
                assertThat(log.lines()).singleElement().asString().contains(" ERROR ", "NullPointerException");
            }
        }
    }

    @Test
    void what_bolt_can_not_read_is_passed_over_with_a_warning() {
        String noActions = """
                {"envelope_id":"E1","type":"interactive","payload":{"type":"block_actions","actions":7}}""";
        try (LogLines log = LogLines.listen()) {
            acknowledge(envelopes(new AssertionError("never reached")), noActions);
            assertThat(log.lines()).singleElement().asString().contains(" WARN passed over", "Bolt can't read");
        }
    }

    @Test
    void while_the_ledger_is_away_a_command_is_told_whether_nothing_was_changed_or_nobody_knows() {
        assertThat(said(acknowledge(envelopes(CallStore.Unavailable.nothingDone()), command("E1"))))
                .contains("can't write anything down", "so nothing was changed");
        assertThat(said(acknowledge(envelopes(CallStore.Unavailable.inDoubt()), command("E1"))))
                .contains("can't write anything down", "can't tell whether this was still written");
    }

    @Test
    void while_the_ledger_is_away_an_event_is_not_acknowledged_so_that_slack_delivers_it_again() {
        for (CallStore.Unavailable away :
                List.of(CallStore.Unavailable.nothingDone(), CallStore.Unavailable.inDoubt())) {
            assertThat(envelopes(away).acknowledge(Envelopes.read(EVENT).orElseThrow()))
                    .isEmpty();
        }
    }

    @Test
    void an_event_that_fails_is_acknowledged_without_words() {
        JsonObject acknowledgement = acknowledge(envelopes(new AssertionError("on purpose")), EVENT);
        assertThat(acknowledgement.keySet()).containsExactly("envelope_id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"envelope_id\":\"E1\",\"type\":\"workflow_of_the_future\",\"payload\":{\"a\":1}}",
                "{\"envelope_id\":\"E1\",\"type\":\"events_api\",\"payload\":{\"type\":\"event_callback\"}}",
                "{\"envelope_id\":\"E1\",\"type\":\"interactive\",\"payload\":[]}",
                "{\"envelope_id\":\"E1\",\"type\":\"interactive\"}",
                "{\"envelope_id\":\"E1\"}"
            })
    void what_nobody_understands_is_acknowledged(String text) {
        assertThat(acknowledge(envelopes(new AssertionError("never reached")), text)
                        .get("envelope_id")
                        .getAsString())
                .isEqualTo("E1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "null", "\"hello\"", "{\"a\":"})
    void what_is_no_json_object_is_passed_over(String text) {
        assertThat(Envelopes.read(text)).isEqualTo(Optional.empty());
    }

    @Test
    void deep_nesting_is_passed_over() {
        assertThat(Envelopes.read("[".repeat(200_000))).isEqualTo(Optional.empty());
    }

    private static JsonObject acknowledge(Envelopes envelopes, String text) {
        return JsonParser.parseString(envelopes
                        .acknowledge(Envelopes.read(text).orElseThrow())
                        .orElseThrow())
                .getAsJsonObject();
    }

    private static String said(JsonObject acknowledgement) {
        return acknowledgement.getAsJsonObject("payload").get("text").getAsString();
    }

    private static String command(String envelope) {
        return """
                {"envelope_id":"%s","type":"slash_commands","payload":{"command":"/call","text":"Sync","team_id":"T1",
                 "channel_id":"C1","user_id":"U1","trigger_id":"%s"}}""".formatted(envelope, envelope);
    }

    private static String icon() {
        return """
                {"envelope_id":"E1","type":"slash_commands","payload":{"type":"video","team_id":"T1","channel_id":"C1",
                 "user_id":"U1","trigger_id":"1.2","response_url":"https://hooks.slack.com/commands/T1/2/3"}}""";
    }

    /** The real listeners, over a ledger that fails like that. */
    private Envelopes envelopes(Throwable failure) {
        MeetingProvider meetings = new LinkProvider("https://meet.example.com/{room}", Optional.empty());
        Calls calls = new Calls(
                failing(CallStore.class, failure),
                meetings,
                failing(SlackCalls.class, failure),
                new SecureIds(new TickingClock()),
                RHYTHM,
                new TickingClock(),
                failing(Mirroring.class, failure));
        Participation participation = new Participation(
                failing(CallStore.class, failure),
                meetings,
                failing(SlackCalls.class, failure),
                new SecureIds(new TickingClock()),
                RHYTHM,
                new TickingClock(),
                failing(Mirroring.class, failure));
        App app = BoltApp.create("/call", calls, participation, answers, Slack.getInstance());
        return new Envelopes(app, new CallIcon(calls), answers);
    }

    private static <T> T failing(Class<T> port, Throwable failure) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    throw failure;
                }));
    }
}
