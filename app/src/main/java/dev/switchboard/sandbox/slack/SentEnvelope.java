package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An envelope that went over one of the app's connections; a live view. */
public final class SentEnvelope {
    private final String envelopeId;
    private final String type;
    private final JsonObject payload;
    private final int retryAttempt;
    private final Instant time;
    private final long sentAt = System.nanoTime();
    private volatile Optional<Duration> latency = Optional.empty();
    private volatile boolean expired;

    SentEnvelope(String envelopeId, String type, JsonObject payload, int retryAttempt, Instant time) {
        this.time = time;
        this.envelopeId = envelopeId;
        this.type = type;
        this.payload = payload;
        this.retryAttempt = retryAttempt;
    }

    public String envelopeId() {
        return envelopeId;
    }

    /** {@code slash_commands}, {@code events_api} or {@code interactive}. */
    public String type() {
        return type;
    }

    public JsonObject payload() {
        return payload;
    }

    /** When it was sent. */
    public Instant time() {
        return time;
    }

    /** 0 for the first delivery of an event, then 1 to 3. */
    public int retryAttempt() {
        return retryAttempt;
    }

    /** Whether the app acknowledged it in time. */
    public boolean acknowledged() {
        return latency.isPresent() && !expired;
    }

    /** Whether the acknowledgement came too late to count. */
    public boolean late() {
        return latency.isPresent() && expired;
    }

    /** From sending to acknowledgement; empty without any. */
    public Optional<Duration> latency() {
        return latency;
    }

    void acknowledge() {
        latency = Optional.of(Duration.ofNanos(System.nanoTime() - sentAt));
    }

    void expire() {
        expired = true;
    }
}
