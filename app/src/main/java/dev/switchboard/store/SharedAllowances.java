package dev.switchboard.store;

import dev.switchboard.call.Allowances;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Slack grants all copies together: each place is a row that says when it is free again. A copy that dies with
 * places taken needs no heir: they come free by themselves.
 */
final class SharedAllowances implements Allowances {
    /** Longer than any request takes. */
    private static final Duration REQUEST = Duration.ofSeconds(30);
    /** When a place is free again can't be told while the requests that fill the window are under way. */
    private static final Duration UNDER_WAY = Duration.ofMillis(250);

    private final Transactions transactions;

    SharedAllowances(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Turn take(List<Window> windows, Instant now) {
        try {
            return Turn.granted(transactions.one(session -> places(session, windows, now)));
        } catch (NoPlace e) {
            return Turn.notBefore(e.notBefore);
        }
    }

    @Override
    public void giveBack(List<Place> places, Instant answeredAt) {
        if (places.isEmpty()) {
            return;
        }
        transactions.one(session -> {
            session.execute(SharedSql.NO_HURRY);
            for (Place place : places) {
                session.sql(SharedSql.GIVE_BACK)
                        .bind("name", place.window().name())
                        .bind("number", place.number())
                        .bind("until", place.until().toEpochMilli())
                        .bind("free", answeredAt.plus(place.window().length()).toEpochMilli())
                        .execute();
            }
            return places.size();
        });
    }

    @Override
    public void block(String name, Instant until) {
        transactions.one(session -> session.sql(SharedSql.BLOCK_SLOTS)
                .bind("name", name)
                .bind("until", until.toEpochMilli())
                .execute());
    }

    private static List<Place> places(Session session, List<Window> windows, Instant now) {
        session.execute(SharedSql.NO_HURRY);
        Optional<Instant> blocked = blocked(session, windows, now);
        if (blocked.isPresent()) {
            throw new NoPlace(blocked.get());
        }
        List<Place> places = new ArrayList<>();
        for (Window window : windows) {
            if (window.most() > 0) {
                places.add(place(session, window, now).orElseThrow(() -> new NoPlace(next(session, window, now))));
            }
        }
        return places;
    }

    private static Optional<Instant> blocked(Session session, List<Window> windows, Instant now) {
        return session.sql(SharedSql.BLOCKED)
                .bindList("names", windows.stream().map(Window::name).toList())
                .first(Long.class)
                .map(Instant::ofEpochMilli)
                .filter(now::isBefore);
    }

    private static Optional<Place> place(Session session, Window window, Instant now) {
        Optional<Place> free = free(session, window, now);
        if (free.isPresent() || complete(session, window)) {
            return free;
        }
        session.sql(SharedSql.ADD_SLOTS)
                .bind("name", window.name())
                .bind("most", window.most())
                .execute();
        return free(session, window, now);
    }

    private static Optional<Place> free(Session session, Window window, Instant now) {
        Instant until = now.plus(REQUEST).plus(window.length());
        return session.sql(SharedSql.TAKE_SLOT)
                .bind("name", window.name())
                .bind("most", window.most())
                .bind("now", now.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .first(Integer.class)
                .map(number -> new Place(window, number, until));
    }

    private static boolean complete(Session session, Window window) {
        return session.sql(SharedSql.COUNT_SLOTS)
                        .bind("name", window.name())
                        .first(Long.class)
                        .orElseThrow()
                >= window.most();
    }

    /** When a place comes free; those of requests under way are still to be given back, and may be soon. */
    private static Instant next(Session session, Window window, Instant now) {
        return session.sql(SharedSql.NEXT_SLOT)
                .bind("name", window.name())
                .bind("most", window.most())
                .first(Long.class)
                .map(Instant::ofEpochMilli)
                .filter(free -> free.isAfter(now) && !free.isAfter(now.plus(window.length())))
                .orElse(now.plus(UNDER_WAY));
    }

    /** Rolls back what was taken: none rather than some. */
    private static final class NoPlace extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Instant notBefore;

        NoPlace(Instant notBefore) {
            super("no place", null, false, false);
            this.notBefore = notBefore;
        }
    }
}
