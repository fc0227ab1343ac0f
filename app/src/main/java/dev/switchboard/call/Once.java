package dev.switchboard.call;

import dev.switchboard.call.CallStore.Claim;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/** Does what Slack delivers once, however often it is delivered, and wakes the mirror after the commit. */
final class Once {
    private final CallStore store;
    private final Clock clock;
    private final Mirroring mirror;

    Once(CallStore store, Clock clock, Mirroring mirror) {
        this.store = store;
        this.clock = clock;
        this.mirror = mirror;
    }

    /**
     * What came of something that may start a Call.
     *
     * @param claim of the Call that was started, if one was
     */
    record Start(Outcome outcome, Optional<Claim> claim) {
        static Start none(Outcome because) {
            return new Start(because, Optional.empty());
        }
    }

    /** Does the work in one transaction, at the delivery's first sight. */
    Outcome perDelivery(String delivery, Function<Ledger, Outcome> work) {
        Outcome outcome = store.change(
                ledger -> ledger.firstSight(delivery, clock.instant()) ? work.apply(ledger) : new Outcome.Repeated());
        outcome.changed().ifPresent(mirror::wake);
        return outcome;
    }

    /** The same for work that may start a Call. */
    Outcome startPerDelivery(String delivery, Function<Ledger, Start> work) {
        Start start = store.change(ledger ->
                ledger.firstSight(delivery, clock.instant()) ? work.apply(ledger) : Start.none(new Outcome.Repeated()));
        start.claim().ifPresent(mirror::begin);
        return start.outcome();
    }
}
