package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The app's WebSocket connections, and what Slack and networks do to them. */
public final class Connections {
    /** How many an app may have: docs.slack.dev/apis/events-api/using-socket-mode. */
    static final int MOST = 10;

    private static final Duration HANG_UP_AFTER = Duration.ofSeconds(2);

    private final String appId;
    private final Timer timer;
    private final Changes changes;
    private final Duration refreshGrace;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final Set<String> tickets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger everOpened = new AtomicInteger();

    Connections(String appId, Timer timer, Changes changes, FakeSlackOptions options) {
        this.changes = changes;
        this.appId = appId;
        this.timer = timer;
        this.refreshGrace = options.refreshGrace();
        timer.every(options.pingEvery(), () -> links.forEach(Link::ping));
    }

    /** How many are open. */
    public int open() {
        return links.size();
    }

    /** How many have been opened since the start. */
    public int opened() {
        return everOpened.get();
    }

    /** Cuts all TCP connections without a word. */
    public void drop() {
        links.forEach(Link::drop);
    }

    /** Closes all as RFC 6455 has it, unannounced: what the app still says before it answers the close is heard. */
    public void close() {
        links.forEach(link -> link.sayGoodbye(1001, "going away"));
    }

    /** Freezes all: nothing is read, nothing answered, the TCP connections stay. New ones work. */
    public void hang() {
        links.forEach(Link::hang);
    }

    /** Slack's periodic refresh: a warning, then {@code refresh_requested}, then the close after the grace. */
    public void refresh() {
        List<Link> old = List.copyOf(links);
        old.forEach(link -> link.send(disconnectMessage("warning")));
        timer.after(refreshGrace, () -> {
            old.forEach(link -> {
                link.leave();
                link.send(disconnectMessage("refresh_requested"));
            });
            timer.after(refreshGrace, () -> goodbye(old, "refresh"));
        });
    }

    /** Says {@code disconnect} for that reason ({@code link_disabled}, {@code warning}, ...) and closes unless it is a warning. */
    public void disconnect(String reason) {
        List<Link> old = List.copyOf(links);
        old.forEach(link -> link.send(disconnectMessage(reason)));
        if (!reason.equals("warning")) {
            old.forEach(Link::leave);
            timer.after(refreshGrace, () -> goodbye(old, reason));
        }
    }

    private void goodbye(List<Link> old, String reason) {
        old.forEach(link -> link.sayGoodbye(1000, reason));
        timer.after(HANG_UP_AFTER, () -> old.forEach(Link::drop)); // if they don't answer
    }

    private String disconnectMessage(String reason) {
        return Json.write(Json.object(
                "type", "disconnect", "reason", reason, "debug_info", Json.object("host", "applink-sandbox")));
    }

    String newTicket() {
        String ticket = UUID.randomUUID().toString();
        tickets.add(ticket);
        return ticket;
    }

    boolean redeem(String ticket) {
        return tickets.remove(ticket);
    }

    void add(Link link) {
        if (links.size() >= MOST) {
            link.send(disconnectMessage("too_many_websockets"));
            link.close(1000, "too_many_websockets");
            return;
        }
        links.add(link);
        changes.happened();
        everOpened.incrementAndGet();
        JsonObject debug =
                Json.object("host", "applink-sandbox", "build_number", 1, "approximate_connection_time", 18_060);
        link.send(Json.write(Json.object(
                "type",
                "hello",
                "num_connections",
                links.size(),
                "debug_info",
                debug,
                "connection_info",
                Json.object("app_id", appId))));
    }

    void remove(Link link) {
        if (links.remove(link)) {
            changes.happened();
        }
    }

    /** The connection whose turn it is. */
    Optional<Link> next() {
        List<Link> usable = links.stream().filter(Link::takesEnvelopes).toList();
        return usable.isEmpty()
                ? Optional.empty()
                : Optional.of(usable.get(Math.floorMod(turn.getAndIncrement(), usable.size())));
    }
}
