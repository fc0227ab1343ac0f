package dev.switchboard.store;

import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Threads that keep no process alive. */
final class Daemons {
    private Daemons() {}

    /** One that does what is put down for it, at its time. */
    static ScheduledThreadPoolExecutor timer(String name) {
        return new ScheduledThreadPoolExecutor(1, work -> thread(name, work));
    }

    static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
