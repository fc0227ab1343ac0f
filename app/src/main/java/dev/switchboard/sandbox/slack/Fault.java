package dev.switchboard.sandbox.slack;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What goes wrong with one request.
 *
 * @param before what must pass before the effect
 * @param instead the answer that takes the place of the effect
 * @param after what must pass between the effect and its answer
 * @param cut where the TCP connection is cut
 * @param garbled what arrives in place of the answer to the effect
 */
record Fault(
        Supplier<CompletableFuture<Void>> before,
        Optional<ApiAnswer> instead,
        Supplier<CompletableFuture<Void>> after,
        Cut cut,
        Optional<ApiAnswer> garbled) {

    enum Cut {
        NOWHERE,
        BEFORE_EFFECT,
        AFTER_EFFECT
    }

    /** Where the answer of a request goes. */
    interface Outlet {
        void reply(ApiAnswer answer);

        void drop();
    }

    static Fault answering(ApiAnswer answer) {
        return new Fault(Fault::now, Optional.of(answer), Fault::now, Cut.NOWHERE, Optional.empty());
    }

    static Fault delaying(Duration delay) {
        Supplier<CompletableFuture<Void>> later = () -> {
            CompletableFuture<Void> passed = new CompletableFuture<>();
            return passed.completeOnTimeout(null, delay.toMillis(), TimeUnit.MILLISECONDS);
        };
        return new Fault(later, Optional.empty(), Fault::now, Cut.NOWHERE, Optional.empty());
    }

    static Fault cutting(Cut cut) {
        return new Fault(Fault::now, Optional.empty(), Fault::now, cut, Optional.empty());
    }

    static Fault holdingBefore(Gate gate) {
        return new Fault(gate::pass, Optional.empty(), Fault::now, Cut.NOWHERE, Optional.empty());
    }

    static Fault holdingAfter(Gate gate) {
        return new Fault(Fault::now, Optional.empty(), gate::pass, Cut.NOWHERE, Optional.empty());
    }

    static Fault garbling(ApiAnswer answer) {
        return new Fault(Fault::now, Optional.empty(), Fault::now, Cut.NOWHERE, Optional.of(answer));
    }

    /** The same, with something more about the wait for the effect. */
    Fault waiting(UnaryOperator<CompletableFuture<Void>> more) {
        return new Fault(() -> more.apply(before.get()), instead, after, cut, garbled);
    }

    private static CompletableFuture<Void> now() {
        return CompletableFuture.completedFuture(null);
    }

    /** Runs the effect as far as this fault lets it; never waits on the calling thread. */
    CompletableFuture<Void> apply(Supplier<ApiAnswer> effect, Outlet outlet) {
        return before.get().thenCompose(passed -> {
            if (cut == Cut.BEFORE_EFFECT) {
                outlet.drop();
                return now();
            }
            ApiAnswer answer = instead.orElseGet(effect);
            return after.get().thenRun(() -> {
                if (cut == Cut.AFTER_EFFECT) {
                    outlet.drop();
                } else {
                    outlet.reply(garbled.orElse(answer));
                }
            });
        });
    }
}
