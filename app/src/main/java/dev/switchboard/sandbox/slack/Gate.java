package dev.switchboard.sandbox.slack;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds requests until it is opened, so that a test can do something "in the middle". */
public final class Gate {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    Gate() {}

    CompletableFuture<Void> pass() {
        reached.countDown();
        return opened.thenRunAsync(() -> {});
    }

    /** Whether a request stands at the gate, or has passed it. */
    public boolean reached() {
        return reached.getCount() == 0;
    }

    /**
     * Waits until a request stands at the gate.
     *
     * @throws IllegalStateException when none came in time
     */
    public void awaitReached(Duration limit) throws InterruptedException {
        if (!reached.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("No request reached the gate within " + limit);
        }
    }

    /** Lets go of what is held, and of all that comes later. */
    public void open() {
        opened.complete(null);
    }
}
