package dev.switchboard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.call.CallStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When what was committed in memory is written, by a file that remembers what it was asked to do. */
@Timeout(240)
class CommitsTest {
    private static final int AT_ONCE = 4;
    /** Of these, for what nobody waits for. */
    private static final int MIRRORS_AT_ONCE = 3;

    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger writesInTheMiddle = new AtomicInteger();
    private final AtomicLong generation = new AtomicLong();
    private final Set<Integer> inMemory = ConcurrentHashMap.newKeySet();
    private final Set<Integer> written = ConcurrentHashMap.newKeySet();
    private final Commits commits = Commits.shared(AT_ONCE, this::write, generation::get);

    private void write() {
        writes.incrementAndGet();
        if (underWay.get() > 0) {
            writesInTheMiddle.incrementAndGet();
        }
        written.addAll(inMemory);
        Thread.onSpinWait();
        if (underWay.get() > 0) {
            writesInTheMiddle.incrementAndGet();
        }
    }

    private Integer transaction(int number) {
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        Thread.onSpinWait();
        inMemory.add(number);
        underWay.decrementAndGet();
        return number;
    }

    @Test
    void nothing_is_written_in_the_middle_of_a_transaction_and_nobody_goes_before_theirs_is() throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(16);
        AtomicInteger numbers = new AtomicInteger();
        AtomicInteger unwritten = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        for (int person = 0; person < 16; person++) {
            boolean mirror = person % 4 == 0;
            all.add(people.submit(() -> {
                for (int i = 0; i < 60; i++) {
                    int number = numbers.incrementAndGet();
                    int done = mirror
                            ? commits.inBackground(() -> transaction(number))
                            : commits.now(() -> transaction(number));
                    if (!written.contains(done)) {
                        unwritten.incrementAndGet();
                    }
                    commits.lazily(() -> transaction(-number));
                }
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        people.shutdown();
        assertThat(writesInTheMiddle).hasValue(0);
        assertThat(unwritten).hasValue(0);
        assertThat(mostUnderWay.get()).isLessThanOrEqualTo(AT_ONCE);
        assertThat(writes.get()).as("one write for many").isLessThan(numbers.get());
    }

    @Test
    void as_many_transactions_as_that_are_under_way_at_once() throws Exception {
        CyclicBarrier together = new CyclicBarrier(AT_ONCE);
        ExecutorService people = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<Integer>> all = new ArrayList<>();
        for (int person = 0; person < AT_ONCE; person++) {
            all.add(people.submit(() -> commits.now(() -> meet(together))));
        }
        for (Future<Integer> one : all) {
            assertThat(one.get()).isBetween(0, AT_ONCE - 1);
        }
        people.shutdown();
    }

    /** Whoever has committed stands behind those who were waiting, and leaves the writing to the last. */
    @Test
    void the_mirrors_transactions_that_wait_for_their_turn_go_before_the_write_of_those_before_them() throws Exception {
        ExecutorService mirror = Executors.newCachedThreadPool();
        List<Future<Integer>> all = new ArrayList<>();
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        CountDownLatch lastAreIn = new CountDownLatch(MIRRORS_AT_ONCE);
        CountDownLatch lastMayEnd = new CountDownLatch(1);
        for (int i = 0; i < 3 * MIRRORS_AT_ONCE; i++) {
            int number = i;
            all.add(mirror.submit(() -> {
                threads.add(Thread.currentThread());
                return commits.inBackground(() -> {
                    if (number < MIRRORS_AT_ONCE) {
                        await(firstMayEnd);
                    } else if (number >= 2 * MIRRORS_AT_ONCE) {
                        lastAreIn.countDown();
                        await(lastMayEnd);
                    }
                    return transaction(number);
                });
            }));
            // One after the other, each until it waits: the first for their latch, the others for their turn.
            Awaitility.await()
                    .until(() -> threads.size() == all.size()
                            && threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        }
        firstMayEnd.countDown();
        await(lastAreIn);
        assertThat(writes).hasValue(0);
        lastMayEnd.countDown();
        for (Future<Integer> one : all) {
            assertThat(written).contains(one.get());
        }
        mirror.shutdown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int meet(CyclicBarrier others) {
        try {
            return others.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_was_committed_in_a_database_that_was_opened_again_since_is_in_doubt() {
        assertThatThrownBy(() -> commits.now(() -> {
                    generation.incrementAndGet();
                    return transaction(1);
                }))
                .isInstanceOfSatisfying(
                        CallStore.Unavailable.class,
                        e -> assertThat(e.isInDoubt()).isTrue());
    }

    @Test
    void a_write_that_fails_fails_those_who_waited_for_it_and_the_next_is_tried_anew() {
        AtomicInteger tries = new AtomicInteger();
        Commits failing = Commits.shared(
                AT_ONCE,
                () -> {
                    if (tries.incrementAndGet() == 1) {
                        throw CallStore.Unavailable.nothingDone();
                    }
                    write();
                },
                generation::get);
        assertThatThrownBy(() -> failing.now(() -> transaction(1)))
                .isInstanceOfSatisfying(
                        CallStore.Unavailable.class,
                        e -> assertThat(e.isInDoubt()).isTrue());
        assertThat(failing.<Integer>now(() -> transaction(2))).isEqualTo(2);
        assertThat(written).contains(1, 2);
    }
}
