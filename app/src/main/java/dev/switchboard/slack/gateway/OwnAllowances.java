package dev.switchboard.slack.gateway;

import dev.switchboard.call.Allowances;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The allowances of a program that has no other copies. */
final class OwnAllowances implements Allowances {
    /** When a place is free again can't be told while the requests that fill the window are under way. */
    private static final Duration UNDER_WAY = Duration.ofMillis(250);

    private final Map<String, Filled> windows = new ConcurrentHashMap<>();

    @Override
    public Turn take(List<Window> wanted, Instant now) {
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
    public void giveBack(List<Place> places, Instant answeredAt) {
        places.forEach(place -> filled(place.window().name()).leave(Optional.of(answeredAt)));
    }

    @Override
    public void block(String name, Instant until) {
        filled(name).block(until);
    }

    private Filled filled(String name) {
        return windows.computeIfAbsent(name, any -> new Filled());
    }

    /** The requests of the last minute or second. */
    private static final class Filled {
        private final Deque<Instant> answered = new ArrayDeque<>();
        private int underWay;
        private Instant blockedUntil = Instant.EPOCH;

        synchronized void block(Instant until) {
            if (until.isAfter(blockedUntil)) {
                blockedUntil = until;
            }
        }

        synchronized Optional<Instant> enter(Instant now, int most, Duration length) {
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
            return Optional.empty();
        }

        synchronized void leave(Optional<Instant> answeredAt) {
            underWay--;
            answeredAt.ifPresent(answered::addLast);
        }
    }
}
