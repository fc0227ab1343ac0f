package dev.switchboard.call;

import java.time.Instant;
import java.util.Optional;

/**
 * What came of asking Slack for something, sorted by what to do next.
 *
 * @param value what Slack answered; present only with {@link Verdict#DONE}
 * @param code Slack's error code, or ours for a fault of the network; {@code ok} when done
 * @param notBefore when to try again at the earliest, if Slack or our own pacing said so
 */
public record Reply<T>(Verdict verdict, Optional<T> value, String code, Optional<Instant> notBefore) {

    /** Slack's code where somebody is on the card already, or off it; of several it doesn't say who, nor what it did. */
    public static final String BAD_USERS = "bad_users";

    /** The code where nothing was asked, since our own pacing doesn't allow it yet. */
    public static final String PACED = "paced";

    /** The classes of outcome. */
    public enum Verdict {
        /** It was done. */
        DONE,
        /** It had been done before; as good as done. */
        ALREADY,
        /** It was not done; the same request may succeed later. */
        LATER,
        /** An error that nobody documented, or one that may pass: later, and never after a day. */
        UNKNOWN,
        /** No answer, or one that doesn't say (a broken connection, HTTP 5xx, internal_error): it may have been done. */
        LOST,
        /** The workspace refuses us (a revoked token, a missing scope): hold its work until that is mended. */
        HELD,
        /** It will never be done like this. */
        NEVER
    }

    public static <T> Reply<T> done(T value) {
        return new Reply<>(Verdict.DONE, Optional.of(value), "ok", Optional.empty());
    }

    /** A reply without a value. */
    public static <T> Reply<T> of(Verdict verdict, String code) {
        return new Reply<>(verdict, Optional.empty(), code, Optional.empty());
    }

    /** A reply that says when to come back. */
    public static <T> Reply<T> of(Verdict verdict, String code, Instant notBefore) {
        return new Reply<>(verdict, Optional.empty(), code, Optional.of(notBefore));
    }

    /** Whether Slack is now as was asked. */
    public boolean settled() {
        return verdict == Verdict.DONE || verdict == Verdict.ALREADY;
    }

    /** Whether Slack is as it was before, for certain. */
    public boolean undone() {
        return verdict == Verdict.LATER || verdict == Verdict.HELD || verdict == Verdict.NEVER;
    }

    /** The same failure for another question. @throws IllegalStateException if this reply carries a value */
    public <U> Reply<U> failed() {
        if (value.isPresent()) {
            throw new IllegalStateException("not a failure: " + verdict);
        }
        return new Reply<>(verdict, Optional.empty(), code, notBefore);
    }
}
