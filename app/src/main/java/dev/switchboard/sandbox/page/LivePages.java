package dev.switchboard.sandbox.page;

import dev.switchboard.sandbox.slack.Json;
import dev.switchboard.sandbox.slack.LiveSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open pages: each is sent what it shows, whole, whenever that is no longer what it was sent last. */
final class LivePages implements LiveSocket.Visitor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LivePages.class);

    /** Changes come in bursts; a person sees no difference. */
    private static final long SETTLE_MILLIS = 25;

    private final Views views;
    private final Map<LiveSocket, Page> pages = new ConcurrentHashMap<>();
    private final AtomicBoolean due = new AtomicBoolean();
    private final ScheduledExecutorService pusher = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sandbox-page");
        thread.setDaemon(true);
        return thread;
    });

    LivePages(Views views) {
        this.views = views;
    }

    private static final class Page {
        private volatile Watched watched = new Watched("", "", false);
        private String sent = "";
    }

    /** Something changed; the pages hear of it in a moment. */
    void changed() {
        if (!pages.isEmpty() && due.compareAndSet(false, true)) {
            try {
                var unused = pusher.schedule(this::pushAll, SETTLE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                LOG.debug("The page is closed");
            }
        }
    }

    private void pushAll() {
        due.set(false);
        pages.forEach((socket, page) -> {
            try {
                push(socket, page);
            } catch (RuntimeException failure) {
                LOG.warn("A page could not be shown what is new", failure);
            }
        });
    }

    private void push(LiveSocket socket, Page page) {
        if (page.watched.as().isEmpty()) {
            return; // it hasn't said yet whose it is
        }
        String view = Json.write(views.of(page.watched));
        if (!view.equals(page.sent)) {
            page.sent = view;
            socket.send(view);
        }
    }

    @Override
    public void opened(LiveSocket socket) {
        pages.put(socket, new Page());
    }

    /** What a page says is what it shows now: {@link Watched}. */
    @Override
    public void said(LiveSocket socket, String text) {
        Page page = pages.get(socket);
        if (page != null) {
            Json.parseObject(text).ifPresent(json -> page.watched = Watched.read(json));
            changed();
        }
    }

    @Override
    public void closed(LiveSocket socket) {
        pages.remove(socket);
    }

    @Override
    public void close() {
        pusher.shutdownNow();
    }
}
