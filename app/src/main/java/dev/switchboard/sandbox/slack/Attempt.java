package dev.switchboard.sandbox.slack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Something a person did that the app has to acknowledge in time: a command, a click, the Call icon. */
public final class Attempt {
    private final CountDownLatch settled = new CountDownLatch(1);
    private final Supplier<SentEnvelope> again;
    private final List<SentEnvelope> envelopes = new CopyOnWriteArrayList<>();
    private volatile Optional<String> error = Optional.empty();
    private volatile Optional<String> answer = Optional.empty();

    Attempt(Supplier<SentEnvelope> again) {
        this.again = again;
    }

    static Attempt refused(String error) {
        Attempt attempt = new Attempt(() -> {
            throw new IllegalStateException("It never went to the app");
        });
        attempt.fail(error);
        return attempt;
    }

    void sent(SentEnvelope envelope) {
        envelopes.add(envelope);
    }

    /** @param text what the acknowledgement itself said to the person */
    void succeed(Optional<String> text) {
        answer = text;
        settled.countDown();
    }

    void fail(String code) {
        error = Optional.of(code);
        settled.countDown();
    }

    /**
     * Waits until it is acknowledged or has failed.
     *
     * @throws IllegalStateException when neither happens in time
     */
    public Attempt await(Duration limit) throws InterruptedException {
        if (!settled.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("Neither acknowledged nor failed within " + limit);
        }
        return this;
    }

    /** Whether the app acknowledged it in time. */
    public boolean acknowledged() {
        return settled.getCount() == 0 && error.isEmpty();
    }

    /** The code of the error shown to the person: {@code operation_timeout}, {@code dispatch_failed}, ... */
    public Optional<String> error() {
        return error;
    }

    /** What the acknowledgement itself said to the person; empty where it said nothing. */
    public Optional<String> answer() {
        return answer;
    }

    /** From the envelope's sending to its acknowledgement, late ones included; empty without any. */
    public Optional<Duration> latency() {
        return envelopes.stream().findFirst().flatMap(SentEnvelope::latency);
    }

    /** The first envelope's id; empty when there was no connection. */
    public Optional<String> envelopeId() {
        return envelopes.stream().findFirst().map(SentEnvelope::envelopeId);
    }

    /** Sends the same payload (same trigger_id) once more in a new envelope, as a broken Slack might. */
    public SentEnvelope redeliver() {
        return again.get();
    }
}
