package dev.switchboard.call;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that keep no process alive; their names are for whoever reads a thread dump. */
public final class Daemons {
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

    /** Several, numbered from 1. */
    public static ThreadFactory numbered(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> thread(name + "-" + count.incrementAndGet(), work);
    }
}
