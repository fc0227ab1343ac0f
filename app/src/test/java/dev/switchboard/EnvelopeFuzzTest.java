package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import dev.switchboard.fuzz.Corpus;
import dev.switchboard.fuzz.Effort;
import dev.switchboard.fuzz.JsonMutations;
import dev.switchboard.fuzz.OddText;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Json;
import dev.switchboard.sandbox.slack.SentEnvelope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Envelopes as nobody sends them. Whatever is in one, it is acknowledged once and by the rules, and passed over with one
 * line in the log that shows nothing of it. The long form is {@code -Dfuzz.minutes}.
 */
@Timeout(7200)
class EnvelopeFuzzTest {
    private static final Duration NORMALLY = Duration.ofSeconds(12);
    private static final int BATCH = 40;
    /** New surroundings now and then: these remember all that went over the wire. */
    private static final int BATCHES_IN_ONE_OFFICE = 100;

    private static final int LONGEST_LINE = 1_000;
    /** A bit below what the bot takes: ten times as much as Slack sends. */
    private static final int LARGEST = 1_000_000;

    /** Left alone by nine of ten mutations, without which little gets past the first look. */
    private static final Set<String> FRAME = Set.of("envelope_id", "type", "accepts_response_payload");

    @RegisterExtension
    private final Office office = new Office().slack(options -> options.acknowledgeWithin(Office.PATIENCE));

    private final Corpus corpus = Corpus.of("envelopes");
    private final Map<String, String> today = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private int made;

    @Test
    void whatever_the_corpus_holds_is_acknowledged() throws IOException {
        arrange();
        try (LogLines log = LogLines.listen()) {
            for (Corpus.Entry entry : Corpus.of("messages").entries()) {
                office.slack().send(entry.text());
            }
            acknowledged(corpus.entries().stream().map(this::filled).toList(), "the corpus");
            serves(log, "the corpus");
        }
    }

    @Test
    void whatever_it_is_turned_into_is_acknowledged() throws IOException {
        Effort effort = Effort.of(NORMALLY);
        Random random = new Random(effort.seed());
        while (effort.goesOn()) {
            arrange();
            try (LogLines log = LogLines.listen()) {
                for (int batch = 0; batch < BATCHES_IN_ONE_OFFICE && effort.goesOn(); batch++) {
                    List<String> texts = new ArrayList<>();
                    while (texts.size() < BATCH) {
                        String text = mutation(random);
                        if (text.length() < LARGEST) {
                            texts.add(text);
                        }
                    }
                    acknowledged(texts, effort.toString());
                }
                serves(log, effort.toString());
            }
            office.renew();
        }
    }

    private void arrange() {
        office.types(office.ana(), "/call <https://meet.example.com/planning> Planning", office.direct());
        office.types(office.ana(), "/call Standup", office.general());
        Call call = office.callIn(office.general());
        today.put("TEAM", office.acme().id());
        today.put("CHANNEL", office.general().id());
        today.put("USER", office.ana().id());
        today.put("OTHER", office.bo().id());
        today.put("CALL", call.externalUniqueId());
        today.put("SLACK_CALL", call.id());
        today.put("RESPONSE_URL", office.slack().address() + "/commands/nowhere");
    }

    private String filled(Corpus.Entry entry) {
        made++;
        Map<String, String> values = new HashMap<>(today);
        values.put("ID", "e-" + made);
        values.put("TRIGGER", "t-" + made);
        return entry.filled(values);
    }

    private String mutation(Random random) {
        JsonMutations mutations = new JsonMutations(random, random.nextInt(10) > 0 ? FRAME : Set.of());
        String text = filled(corpus.any(random));
        if (random.nextInt(10) == 0) {
            text = text.replaceAll(
                    "\"text\":\"[^\"]*\"",
                    Matcher.quoteReplacement("\"text\":" + new JsonPrimitive(OddText.any(random))));
        }
        return random.nextInt(30) == 0 ? mutations.garble(text) : mutations.mutate(text);
    }

    private void acknowledged(List<String> texts, String origin) throws IOException {
        Map<SentEnvelope, String> sent = new HashMap<>();
        for (String text : texts) {
            eventually(() -> office.slack().connections().open() > 0);
            if (Json.parseObject(text)
                    .flatMap(json -> Json.text(json, "envelope_id"))
                    .filter(id -> !ids.add(id))
                    .isEmpty()) { // else both would rightly be acknowledged
                office.slack().sendAsEnvelope(text).ifPresent(envelope -> sent.put(envelope, text));
            }
        }
        eventually(() -> office.slack().violations().size() > 0
                || sent.keySet().stream()
                        .allMatch(envelope ->
                                envelope.acknowledged() || envelope.latency().isPresent()));
        if (!office.slack().violations().isEmpty()) {
            Path kept = Files.write(
                    Files.createTempFile("fuzz", ".txt"),
                    String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
            assertThat(office.slack().violations())
                    .as("%s, kept in %s", origin, kept)
                    .isEmpty();
        }
    }

    /** After all that: nothing unforeseen was logged, and the next command is served as ever. */
    private void serves(LogLines log, String origin) {
        office.atRest();
        assertThat(office.bot().connected()).isTrue();
        office.types(office.ana(), "/call Afterwards", office.random());
        eventually(() -> office.callIn(office.random()).title().equals(java.util.Optional.of("Afterwards")));
        assertThat(log.lines())
                .as(origin)
                .allSatisfy(line -> assertThat(line)
                        .hasSizeLessThan(LONGEST_LINE)
                        .doesNotContain(" ERROR ", "\tat ", "Exception in thread", "nowhere")
                        .doesNotContain(
                                office.slack().appToken(), office.slack().botToken())
                        .doesNotContainPattern("\\p{Cc}")
                        .doesNotContain("forged"));
    }
}
