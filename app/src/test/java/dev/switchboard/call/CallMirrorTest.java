package dev.switchboard.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.TickingClock;
import dev.switchboard.call.CallStore.Claim;
import dev.switchboard.store.JdbcCallStore;
import dev.switchboard.store.LedgerDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets to mirror a Call, and when, on a real ledger, with a clock that stands still: no lease runs out here. */
@Timeout(30)
class CallMirrorTest {
    private final TickingClock clock = new TickingClock();
    private final LedgerDatabase database =
            LedgerDatabase.open("jdbc:h2:mem:" + UUID.randomUUID(), Optional.empty(), Optional.empty());
    private final CallStore store = new JdbcCallStore(database);
    private final CountDownLatch registered = new CountDownLatch(1);
    private final CountDownLatch claiming = new CountDownLatch(1);
    private final CountDownLatch mayClaim = new CountDownLatch(1);
    private final AtomicInteger sweepsThatFail = new AtomicInteger();
    private final AtomicInteger writesThatFail = new AtomicInteger();
    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final CallMirror mirror = new CallMirror(
            faulty(),
            slack(),
            answering(MeetingProvider.class, (method, arguments) -> Optional.empty()),
            new SecureIds(clock),
            clock);

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() {
        System.setErr(stderr);
        mirror.close();
        database.close();
    }

    /** Two commands share a write, and the one that only changes the Call is the first to wake the mirror. */
    @Test
    void a_call_is_registered_at_once_though_somebody_else_woke_the_mirror_first() throws Exception {
        Instant now = clock.instant();
        Snapshot started = Snapshot.of(call(now), List.of(), List.of()).registering();
        Claim claim = store.change(ledger -> ledger.open(started, true, now, Pass.leaseFrom(now)));
        mirror.wake(started.call().id());
        claiming.await();
        mirror.begin(claim);
        mayClaim.countDown();
        assertThat(registered.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Out of memory, say: a timer's task that throws is never run again. */
    @Test
    void a_sweep_that_fails_is_told_once_and_others_follow() throws Exception {
        Instant now = clock.instant();
        Snapshot owed = Snapshot.of(call(now), List.of(), List.of());
        store.change(ledger -> ledger.open(owed, true, now, now));
        mayClaim.countDown();
        sweepsThatFail.set(3);
        mirror.start();
        assertThat(registered.await(10, TimeUnit.SECONDS)).isTrue();
        await().until(() -> log.toString(StandardCharsets.UTF_8).contains("the ledger can be read again"));
        assertThat(sweepsThatFail).hasNegativeValue();
        assertThat(log.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("the ledger can't be read, to be tried again and again: java.lang.OutOfMemoryError");
    }

    /** The ledger went while it was mirrored: its lease would hold up everybody else. */
    @Test
    void a_call_whose_worker_could_not_write_is_mirrored_as_soon_as_the_ledger_is_back() throws Exception {
        Instant now = clock.instant();
        Snapshot owed = Snapshot.of(call(now), List.of(), List.of());
        store.change(ledger -> ledger.open(owed, true, now, now));
        mayClaim.countDown();
        writesThatFail.set(1);
        mirror.start();
        assertThat(registered.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(writesThatFail).hasNegativeValue();
    }

    static Call call(Instant now) {
        return new Call(
                new CallId(UUID.randomUUID()),
                new TeamId("T1"),
                new ChannelId("C1"),
                new UserId("U1"),
                Optional.empty(),
                new Room("room", URI.create("https://meet.example.com/room"), Optional.empty()),
                Call.RoomState.OPEN,
                "123-456-789",
                Optional.empty(),
                Call.Visibility.PRIVATE,
                now,
                Optional.empty(),
                Call.SlackSide.NOTHING,
                1,
                now);
    }

    private CallStore faulty() {
        return answering(CallStore.class, (method, arguments) -> {
            if (method.getName().equals("claim")) {
                claiming.countDown();
                mayClaim.await();
            }
            if (method.getName().equals("goOn") && writesThatFail.getAndDecrement() > 0) {
                throw CallStore.Unavailable.nothingDone();
            }
            if (method.getName().equals("due") && sweepsThatFail.getAndDecrement() > 0) {
                throw new OutOfMemoryError("Java heap space");
            }
            try {
                return method.invoke(store, arguments);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        });
    }

    private SlackCalls slack() {
        return answering(SlackCalls.class, (method, arguments) -> {
            if (method.getReturnType() == Optional.class) {
                return Optional.empty(); // what is known without asking
            }
            assertThat(method.getName()).isIn("register", "deliver"); // the latter of the word that it is refused
            registered.countDown();
            return Reply.of(Reply.Verdict.HELD, "token_revoked", clock.instant().plusSeconds(30));
        });
    }

    private interface Answers {
        Object to(java.lang.reflect.Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T answering(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.to(method, arguments)));
    }
}
