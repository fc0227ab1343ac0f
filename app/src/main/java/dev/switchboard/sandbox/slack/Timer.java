package dev.switchboard.sandbox.slack;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does things later, on real time. After {@link #close()} nothing more is done. */
final class Timer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Timer.class);

    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(2, task -> {
        Thread thread = new Thread(task, "fake-slack-timer");
        thread.setDaemon(true);
        return thread;
    });

    Timer() {
        threads.setRemoveOnCancelPolicy(true);
    }

    /** Something that can still be called off. */
    interface Appointment {
        void cancel();
    }

    Appointment after(Duration delay, Runnable task) {
        try {
            var future = threads.schedule(logging(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    Appointment every(Duration interval, Runnable task) {
        long nanos = interval.toNanos();
        var future = threads.scheduleAtFixedRate(logging(task), nanos, nanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    private static Runnable logging(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException failure) {
                LOG.warn("Failed at the appointed time", failure);
            }
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
