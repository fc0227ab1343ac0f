package dev.switchboard.sandbox.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.Journal;
import dev.switchboard.sandbox.slack.Json;
import dev.switchboard.sandbox.slack.SentEnvelope;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What went over the wire, for the curious: newest first. */
final class WireLog {
    private static final int MOST = 150;

    private final FakeSlack slack;

    WireLog(FakeSlack slack) {
        this.slack = slack;
    }

    private record Entry(Instant time, JsonObject json) {}

    JsonArray entries() {
        Journal journal = slack.journal();
        Stream<Entry> calls = journal.lastCalls(MOST).stream().map(WireLog::entry);
        Stream<Entry> envelopes = journal.lastEnvelopes(MOST).stream().map(WireLog::entry);
        List<JsonObject> newest = Stream.concat(calls, envelopes)
                .sorted(Comparator.comparing(Entry::time).reversed())
                .limit(MOST)
                .map(Entry::json)
                .toList();
        return Json.array(newest);
    }

    JsonArray violations() {
        return Json.array(slack.violations());
    }

    private static Entry entry(Journal.ApiCall call) {
        JsonObject arguments = new JsonObject();
        call.arguments().forEach((name, value) -> arguments.add(name, readable(value)));
        JsonObject json = Json.object(
                "way", "api",
                "time", call.time().toEpochMilli(),
                "name", call.method(),
                "arguments", arguments,
                "status", call.status(),
                "answer", readable(call.answer()));
        json.addProperty("good", call.ok());
        json.addProperty("outcome", outcome(call));
        return new Entry(call.time(), json);
    }

    private static String outcome(Journal.ApiCall call) {
        if (call.status() == 0) {
            return "cut off";
        }
        return call.error().orElse(call.status() == 200 ? "ok" : "HTTP " + call.status());
    }

    private static Entry entry(SentEnvelope envelope) {
        JsonObject json = Json.object(
                "way", "envelope",
                "time", envelope.time().toEpochMilli(),
                "name", name(envelope),
                "arguments", envelope.payload(),
                "good",
                        !envelope.late()
                                && (envelope.acknowledged()
                                        || envelope.latency().isEmpty()),
                "outcome", outcome(envelope));
        return new Entry(envelope.time(), json);
    }

    private static String name(SentEnvelope envelope) {
        String detail = switch (envelope.type()) {
            case "slash_commands" -> Json.text(envelope.payload(), "command").orElse("Call icon");
            case "events_api" ->
                Json.child(envelope.payload(), "event")
                        .flatMap(event -> Json.text(event, "type"))
                        .orElse("");
            default -> Json.text(envelope.payload(), "type").orElse("");
        };
        String again = envelope.retryAttempt() == 0 ? "" : ", attempt " + (envelope.retryAttempt() + 1);
        return envelope.type() + " · " + detail + again;
    }

    private static String outcome(SentEnvelope envelope) {
        if (envelope.latency().isEmpty()) {
            return "no ack";
        }
        String after = " " + envelope.latency().get().toMillis() + " ms";
        return (envelope.late() ? "ack too late," : "ack") + after;
    }

    /** JSON as JSON, anything else as text. */
    private static JsonElement readable(String value) {
        boolean structured = value.startsWith("{") || value.startsWith("[");
        return (structured ? Json.parse(value) : Optional.<JsonElement>empty())
                .orElseGet(() -> new JsonPrimitive(value));
    }
}
