package dev.switchboard.call;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that keep no process alive; their names are for whoever reads a thread dump. */
public final class Daemons {
    private static final int IDLE_SECONDS = 30;

    private Daemons() {}

    /** One that does what is put down for it, at its time. */
    public static ScheduledThreadPoolExecutor timer(String name) {
        return new ScheduledThreadPoolExecutor(1, work -> thread(name, work));
    }

    /** One that is not yet started. */
    public static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * As many as there is work for, and gone after half a minute without.
     *
     * @param most at a time
     * @param waiting how much may wait for one; more is rejected
     */
    public static ThreadPoolExecutor pool(String name, int most, int waiting) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), numbered(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Several, numbered from 1. */
    public static ThreadFactory numbered(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> thread(name + "-" + count.incrementAndGet(), work);
    }
}
