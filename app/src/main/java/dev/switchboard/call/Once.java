package dev.switchboard.call;

import dev.switchboard.call.CallStore.Claim;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
        Outcome outcome = atFirstSight(delivery, work, (ledger, done) -> true, new Outcome.Repeated());
        outcome.changed().ifPresent(mirror::wake);
        return outcome;
    }

    /** The same for work that may start a Call. */
    Outcome startPerDelivery(String delivery, Function<Ledger, Start> work) {
        Start start = atFirstSight(delivery, work, Once::isThere, Start.none(new Outcome.Repeated()));
        start.claim().ifPresent(mirror::begin);
        return start.outcome();
    }

    private static boolean isThere(Ledger ledger, Start start) {
        return start.claim()
                .map(claim -> ledger.call(claim.lease().call()).isPresent())
                .orElse(true);
    }

    /**
     * The store runs work again where it can't tell what became of the first try. If that was committed, the second sees
     * the delivery for the second time, and what the first gave is what was done.
     *
     * @param stands whether what the first try gave is in the ledger
     */
    private <T> T atFirstSight(String delivery, Function<Ledger, T> work, BiPredicate<Ledger, T> stands, T repeated) {
        AtomicReference<@Nullable T> before = new AtomicReference<>();
        return store.change(ledger -> {
            if (ledger.firstSight(delivery, clock.instant())) {
                T done = work.apply(ledger);
                before.set(done);
                return done;
            }
            T last = before.get();
            return last != null && stands.test(ledger, last) ? last : repeated;
        });
    }
}
