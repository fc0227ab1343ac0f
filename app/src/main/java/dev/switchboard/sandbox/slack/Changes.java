package dev.switchboard.sandbox.slack;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells whoever looks on that something is no longer as it was; what it is, they look up themselves. */
final class Changes {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void happened() {
        listeners.forEach(Runnable::run);
    }
}
