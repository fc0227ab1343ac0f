package dev.switchboard.slack.gateway;

import dev.switchboard.call.Allowances;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The allowances of a program that has no other copies. */
final class OwnAllowances implements Allowances {
    /** When a place is free again can't be told while the requests that fill the window are under way. */
    private static final Duration UNDER_WAY = Duration.ofMillis(250);

    /** Threads that ask at the same time don't do so in the order of their moments. */
    private static final Duration SET_BACK = Duration.ofSeconds(1);

    /** Among so many windows there is no need to look for those that have served their time. */
    private static final int FEW = 1_000;

    private final Map<String, Filled> windows = new HashMap<>();
    private int many = FEW;
    private Instant latest = Instant.EPOCH;

    @Override
    public synchronized Turn take(List<Window> wanted, Instant now) {
        follow(now);
        forgetTheIdle(now);
        List<Place> places = new ArrayList<>();
        for (Window window : wanted) {
            Optional<Instant> wait = filled(window.name()).enter(now, window.most(), window.length());
            if (wait.isPresent()) {
                places.forEach(place -> filled(place.window().name()).leave(Optional.empty()));
                return Turn.notBefore(wait.get());
            }
            places.add(new Place(window, 0, now));
        }
        return Turn.granted(places);
    }

    @Override
    public synchronized void giveBack(List<Place> places, Instant answeredAt) {
        places.forEach(place -> filled(place.window().name()).leave(Optional.of(answeredAt)));
    }

    @Override
    public synchronized void block(String name, Instant until) {
        filled(name).block(until);
    }

    /** When the clock is set back, all recorded times go with it: else everybody would wait until it is as late again. */
    private void follow(Instant now) {
        Duration back = Duration.between(now, latest);
        if (back.compareTo(SET_BACK) > 0) {
            windows.values().forEach(window -> window.earlier(back));
            latest = now;
        } else if (now.isAfter(latest)) {
            latest = now;
        }
    }

    /** Each channel and person written to has one; looked through once there are twice as many as after the last time. */
    private void forgetTheIdle(Instant now) {
        if (windows.size() >= many) {
            windows.values().removeIf(window -> window.idle(now));
            many = Math.max(FEW, 2 * windows.size());
        }
    }

    /** How many windows are remembered. */
    synchronized int size() {
        return windows.size();
    }

    private Filled filled(String name) {
        return windows.computeIfAbsent(name, any -> new Filled());
    }

    /** The requests of the last minute or second. */
    private static final class Filled {
        private final Deque<Instant> answered = new ArrayDeque<>();
        private int underWay;
        private Instant blockedUntil = Instant.EPOCH;
        private Duration length = Duration.ZERO;

        void block(Instant until) {
            if (until.isAfter(blockedUntil)) {
                blockedUntil = until;
            }
        }

        Optional<Instant> enter(Instant now, int most, Duration length) {
            if (now.isBefore(blockedUntil)) {
                return Optional.of(blockedUntil);
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
            this.length = length;
            return Optional.empty();
        }

        void leave(Optional<Instant> answeredAt) {
            underWay--;
            answeredAt.ifPresent(answered::addLast);
        }

        void earlier(Duration back) {
            blockedUntil = blockedUntil.minus(back);
            List<Instant> before = List.copyOf(answered);
            answered.clear();
            before.forEach(answer -> answered.addLast(answer.minus(back)));
        }

        boolean idle(Instant now) {
            boolean empty =
                    answered.isEmpty() || !answered.getLast().plus(length).isAfter(now);
            return underWay == 0 && empty && !now.isBefore(blockedUntil);
        }
    }
}
