package dev.switchboard.slack.gateway;

import dev.switchboard.call.TeamId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps requests within what Slack grants (https://docs.slack.dev/apis/web-api/rate-limits): so many a minute for each
 * method and workspace, about one message a second for each channel, all in proportion to Tier 3. It never waits; it says when to come back. And it
 * remembers what Slack itself said, by {@code Retry-After} or by refusing a workspace.
 */
final class Pace {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** What Slack grants every app, and what goes with it: a message a second for each channel. */
    private static final int USUAL_TIER3 = 50;

    private static final Duration MESSAGE_EVERY = Duration.ofSeconds(1);
    /** When a slot is free again can't be told while the requests that fill the window are under way. */
    private static final Duration UNDER_WAY = Duration.ofMillis(250);

    private final int tier3;
    private final Clock clock;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    /** @param tier3 requests a minute for each Tier 3 method and workspace; 0 for no pacing but Slack's own */
    Pace(int tier3, Clock clock) {
        this.tier3 = tier3;
        this.clock = clock;
    }

    /**
     * Takes a slot for a request, to be given back by {@link Slot#close}.
     *
     * @return the slot, or when to come back
     */
    Turn take(TeamId team, String method, Optional<String> channel) {
        Instant now = clock.instant();
        Optional<Instant> held = window("team " + team).blocked(now);
        if (held.isPresent()) {
            return new Turn(Optional.empty(), held);
        }
        Window ofMethod = window(team + " " + method);
        Optional<Instant> busy = ofMethod.enter(now, perMinute(method), MINUTE);
        if (busy.isPresent()) {
            return new Turn(Optional.empty(), busy);
        }
        if (channel.isPresent() && tier3 > 0) {
            Window ofChannel = window(team + " " + method + " " + channel.get());
            Optional<Instant> wait = ofChannel.enter(
                    now, 1, MESSAGE_EVERY.multipliedBy(USUAL_TIER3).dividedBy(tier3));
            if (wait.isPresent()) {
                ofMethod.leave(Optional.empty());
                return new Turn(Optional.empty(), wait);
            }
            return new Turn(Optional.of(new Slot(ofMethod, Optional.of(ofChannel))), Optional.empty());
        }
        return new Turn(Optional.of(new Slot(ofMethod, Optional.empty())), Optional.empty());
    }

    /** Slack said when to come back to this method. */
    void retryAfter(TeamId team, String method, Instant until) {
        window(team + " " + method).block(until);
    }

    /** Slack refuses the workspace as a whole. */
    void hold(TeamId team, Instant until) {
        window("team " + team).block(until);
    }

    private Window window(String key) {
        return windows.computeIfAbsent(key, any -> new Window());
    }

    /** Tier 4 is 100 a minute where Tier 3 is 50, and chat.postMessage several hundred for a workspace. */
    private int perMinute(String method) {
        return switch (method) {
            case "users.info", "chat.postEphemeral" -> tier3 * 2;
            case "chat.postMessage" -> tier3 * 6;
            default -> tier3;
        };
    }

    /**
     * What came of asking for a slot.
     *
     * @param notBefore when to come back; empty with a slot
     */
    record Turn(Optional<Slot> slot, Optional<Instant> notBefore) {}

    /** A request under way. It counts until a window's length after its reply, so that no delay on the way matters. */
    final class Slot implements AutoCloseable {
        private final Window ofMethod;
        private final Optional<Window> ofChannel;

        private Slot(Window ofMethod, Optional<Window> ofChannel) {
            this.ofMethod = ofMethod;
            this.ofChannel = ofChannel;
        }

        @Override
        public void close() {
            Optional<Instant> now = Optional.of(clock.instant());
            ofMethod.leave(now);
            ofChannel.ifPresent(window -> window.leave(now));
        }
    }

    /** The requests of the last minute or second. */
    private static final class Window {
        private final Deque<Instant> answered = new ArrayDeque<>();
        private int underWay;
        private Instant blockedUntil = Instant.EPOCH;

        synchronized Optional<Instant> blocked(Instant now) {
            return now.isBefore(blockedUntil) ? Optional.of(blockedUntil) : Optional.empty();
        }

        synchronized void block(Instant until) {
            if (until.isAfter(blockedUntil)) {
                blockedUntil = until;
            }
        }

        synchronized Optional<Instant> enter(Instant now, int most, Duration length) {
            Optional<Instant> blocked = blocked(now);
            if (blocked.isPresent()) {
                return blocked;
            }
            while (!answered.isEmpty() && !answered.getFirst().plus(length).isAfter(now)) {
                answered.removeFirst();
            }
            if (most > 0 && underWay + answered.size() >= most) {
                return Optional.of(
                        answered.isEmpty()
                                ? now.plus(UNDER_WAY)
                                : answered.getFirst().plus(length));
            }
            underWay++;
            return Optional.empty();
        }

        synchronized void leave(Optional<Instant> answeredAt) {
            underWay--;
            answeredAt.ifPresent(answered::addLast);
        }
    }
}
