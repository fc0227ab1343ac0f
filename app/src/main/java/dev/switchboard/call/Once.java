package dev.switchboard.call;

import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does what Slack delivers once, however often it is delivered, and wakes the mirror after the commit. */
final class Once {
    private final CallStore store;
    private final Clock clock;
    private final Consumer<CallId> outOfStep;

    Once(CallStore store, Clock clock, Consumer<CallId> outOfStep) {
        this.store = store;
        this.clock = clock;
        this.outOfStep = outOfStep;
    }

    /** Does the work in one transaction, at the delivery's first sight. */
    Outcome perDelivery(String delivery, Function<Ledger, Outcome> work) {
        Outcome outcome = store.change(
                ledger -> ledger.firstSight(delivery, clock.instant()) ? work.apply(ledger) : new Outcome.Repeated());
        outcome.changed().ifPresent(outOfStep);
        return outcome;
    }
}
