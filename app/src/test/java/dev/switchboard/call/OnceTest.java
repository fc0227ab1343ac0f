package dev.switchboard.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.TickingClock;
import dev.switchboard.call.CallStore.Claim;
import dev.switchboard.store.JdbcCallStore;
import dev.switchboard.store.LedgerDatabase;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is delivered, on a real ledger that runs transactions again, as after a lost answer or a collision. */
class OnceTest {
    private static final String DELIVERY = "trigger 1";

    private final TickingClock clock = new TickingClock();
    private final LedgerDatabase database =
            LedgerDatabase.open("jdbc:h2:mem:" + UUID.randomUUID(), Optional.empty(), Optional.empty());
    private final CallStore store = new JdbcCallStore(database);
    private final List<CallId> begun = new ArrayList<>();
    private final Once once = new Once(losingEachFirstAnswer(), clock, new Mirroring() {
        @Override
        public void wake(CallId call) {
            throw new AssertionError("nothing was changed but by the start");
        }

        @Override
        public void begin(Claim started) {
            begun.add(started.lease().call());
        }
    });

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_call_that_was_started_at_the_first_try_is_answered_and_mirrored_at_once() {
        Call call = CallMirrorTest.call(clock.instant());

        Outcome outcome = once.startPerDelivery(DELIVERY, ledger -> start(ledger, call));

        assertThat(outcome).isEqualTo(new Outcome.Started(call, List.of()));
        assertThat(begun).containsExactly(call.id());
        assertThat(once.startPerDelivery(DELIVERY, ledger -> start(ledger, call)))
                .as("delivered again")
                .isEqualTo(new Outcome.Repeated());
        assertThat(begun).hasSize(1);
    }

    /** The first try collided and was rolled back; the same delivery came through by another way before the second. */
    @Test
    void what_was_rolled_back_is_not_taken_for_done() {
        Call lost = CallMirrorTest.call(clock.instant());
        Once rollingBack = new Once(rollingBackTheFirst(), clock, never());

        assertThat(rollingBack.startPerDelivery(DELIVERY, ledger -> start(ledger, lost)))
                .isEqualTo(new Outcome.Repeated());
        assertThat(store.<Optional<Call>>change(ledger -> ledger.call(lost.id())))
                .isEmpty();
    }

    private static Mirroring never() {
        return new Mirroring() {
            @Override
            public void wake(CallId call) {
                throw new AssertionError("nothing was changed");
            }

            @Override
            public void begin(Claim started) {
                throw new AssertionError("no Call was started");
            }
        };
    }

    private CallStore rollingBackTheFirst() {
        return changing(work -> {
            try {
                store.change(ledger -> {
                    throw new IllegalStateException("collided after " + work.apply(ledger));
                });
            } catch (IllegalStateException collided) {
                store.change(ledger -> ledger.firstSight(DELIVERY, clock.instant()));
            }
            return store.change(work);
        });
    }

    private Once.Start start(Ledger ledger, Call call) {
        Snapshot started = Snapshot.of(call, List.of(), List.of()).registering();
        Claim claim = ledger.open(started, false, clock.instant(), Pass.leaseFrom(clock.instant()));
        return new Once.Start(new Outcome.Started(call, List.of()), Optional.of(claim));
    }

    private CallStore losingEachFirstAnswer() {
        return changing(work -> {
            store.change(work);
            return store.change(work);
        });
    }

    private static CallStore changing(Function<Function<Ledger, Object>, Object> how) {
        return (CallStore) Proxy.newProxyInstance(
                CallStore.class.getClassLoader(), new Class<?>[] {CallStore.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("change");
                    return how.apply(work(arguments[0]));
                });
    }

    @SuppressWarnings("unchecked")
    private static Function<Ledger, Object> work(Object argument) {
        return (Function<Ledger, Object>) argument;
    }
}
