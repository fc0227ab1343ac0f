package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Hands envelopes to the app and waits for their acknowledgement: docs.slack.dev/apis/events-api/using-socket-mode. */
final class Deliveries {
    private static final int REMEMBERED = 50_000;
    /** Of any message: docs.slack.dev/changelog/2018-04-truncating-really-long-messages. */
    private static final int LONGEST_TEXT = 40_000;

    private final Connections connections;
    private final Journal journal;
    private final Timer timer;
    private final Clock clock;
    private final Changes changes;
    private final Duration acknowledgeWithin;
    private final List<Duration> redeliverAfter;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<String, SentEnvelope> settled = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SentEnvelope> eldest) {
            return size() > REMEMBERED;
        }
    };

    Deliveries(Connections connections, Journal journal, Timer timer, Changes changes, FakeSlackOptions options) {
        this.changes = changes;
        this.clock = options.clock();
        this.connections = connections;
        this.journal = journal;
        this.timer = timer;
        this.acknowledgeWithin = options.acknowledgeWithin();
        this.redeliverAfter = options.redeliverAfter();
    }

    /** What follows from a delivery. */
    interface Outcome {
        /** It was acknowledged in time; {@code answer} is the payload that came along. */
        void acknowledged(Optional<JsonObject> answer);

        /** It wasn't: {@code operation_timeout} or {@code dispatch_failed}. */
        void failed(String code);
    }

    private record Waiting(SentEnvelope envelope, boolean takesAnswer, Outcome outcome, Timer.Appointment deadline) {}

    /** Sends a command or an interaction once; empty when no connection was open. */
    Optional<SentEnvelope> once(String type, JsonObject payload, boolean takesAnswer, Outcome outcome) {
        return send(type, payload, takesAnswer, Optional.empty(), outcome);
    }

    /** Sends an event, and again when it isn't acknowledged. */
    void event(JsonObject payload) {
        event(payload, 0, "timeout");
    }

    private void event(JsonObject payload, int attempt, String reason) {
        Outcome retry = new Outcome() {
            @Override
            public void acknowledged(Optional<JsonObject> answer) {}

            @Override
            public void failed(String code) {
                if (attempt < redeliverAfter.size()) {
                    String why = code.equals("operation_timeout") ? "timeout" : "connection_failed";
                    timer.after(redeliverAfter.get(attempt), () -> event(payload, attempt + 1, why));
                }
            }
        };
        send("events_api", payload, false, Optional.of(new Retry(attempt, reason)), retry);
    }

    private record Retry(int attempt, String reason) {}

    private Optional<SentEnvelope> send(
            String type, JsonObject payload, boolean takesAnswer, Optional<Retry> retry, Outcome outcome) {
        Optional<Link> link = connections.next();
        if (link.isEmpty()) {
            outcome.failed("dispatch_failed");
            return Optional.empty();
        }
        String id = UUID.randomUUID().toString();
        JsonObject json = Json.object(
                "envelope_id", id, "type", type, "accepts_response_payload", takesAnswer, "payload", payload);
        retry.ifPresent(again -> {
            json.addProperty("retry_attempt", again.attempt());
            json.addProperty("retry_reason", again.attempt() == 0 ? "" : again.reason());
        });
        SentEnvelope envelope =
                new SentEnvelope(id, type, payload, retry.map(Retry::attempt).orElse(0), clock.instant());
        journal.record(envelope);
        Timer.Appointment deadline = timer.after(acknowledgeWithin, () -> expire(id));
        waiting.put(id, new Waiting(envelope, takesAnswer, outcome, deadline));
        link.get().send(Json.write(json));
        return Optional.of(envelope);
    }

    /** Sends text whatever it is; empty, though sent, when there is no id in it. */
    Optional<SentEnvelope> raw(String text, Outcome outcome) {
        Link link = connections.next().orElseThrow(() -> new IllegalStateException("No connection is open"));
        String onTheWire = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        JsonObject json = Json.parseObject(onTheWire).orElseGet(JsonObject::new);
        Optional<String> id = Json.text(json, "envelope_id").filter(named -> !named.isEmpty());
        Optional<SentEnvelope> envelope = id.map(named -> new SentEnvelope(
                named,
                Json.text(json, "type").orElse(""),
                Json.child(json, "payload").orElseGet(JsonObject::new),
                0,
                clock.instant()));
        envelope.ifPresent(sent -> {
            boolean takesAnswer = !Json.text(json, "accepts_response_payload").equals(Optional.of("false"));
            Timer.Appointment deadline = timer.after(acknowledgeWithin, () -> expire(sent.envelopeId()));
            waiting.put(sent.envelopeId(), new Waiting(sent, takesAnswer, outcome, deadline));
        });
        link.send(text);
        return envelope;
    }

    private void expire(String id) {
        Waiting late = waiting.remove(id);
        if (late != null) {
            late.envelope.expire();
            settle(late.envelope);
            late.outcome.failed("operation_timeout");
            changes.happened();
        }
    }

    /** Takes what the app sent over a connection. */
    void received(String text) {
        Optional<JsonObject> message = Json.parseObject(text);
        Optional<String> id = message.flatMap(json -> Json.text(json, "envelope_id"));
        if (message.isEmpty() || id.isEmpty()) {
            journal.violation("no acknowledgement: " + text);
            return;
        }
        Waiting acknowledged = waiting.remove(id.get());
        if (acknowledged == null) {
            unexpected(id.get());
            return;
        }
        acknowledged.deadline.cancel();
        acknowledged.envelope.acknowledge();
        settle(acknowledged.envelope);
        acknowledged.outcome.acknowledged(answer(message.get(), acknowledged));
        changes.happened();
    }

    private Optional<JsonObject> answer(JsonObject message, Waiting acknowledged) {
        if (!message.has("payload")) {
            return Optional.empty();
        }
        Optional<JsonObject> answer = Json.child(message, "payload");
        if (answer.isEmpty()) {
            journal.violation("payload is no object: " + message);
        } else if (Json.text(answer.get(), "text").orElse("").length() > LONGEST_TEXT) {
            journal.violation("payload with a text of more than " + LONGEST_TEXT + " characters");
            return Optional.empty();
        } else if (!acknowledged.takesAnswer && answer.get().size() > 0) {
            journal.violation("payload where none is accepted: " + message);
            return Optional.empty();
        }
        return answer.filter(json -> json.size() > 0);
    }

    private void unexpected(String id) {
        SentEnvelope known;
        synchronized (settled) {
            known = settled.get(id);
        }
        if (known == null) {
            journal.violation("acknowledged an unknown envelope: " + id);
        } else if (known.latency().isPresent()) {
            journal.violation("acknowledged twice: " + id);
        } else {
            known.acknowledge();
        }
    }

    private void settle(SentEnvelope envelope) {
        synchronized (settled) {
            settled.put(envelope.envelopeId(), envelope);
        }
    }
}
