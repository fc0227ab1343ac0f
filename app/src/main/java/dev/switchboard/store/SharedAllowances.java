package dev.switchboard.store;

import dev.switchboard.call.Allowances;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

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
        return transactions.one(handle -> {
            handle.execute(SharedSql.NO_HURRY);
            Optional<Instant> blocked = blocked(handle, windows, now);
            if (blocked.isPresent()) {
                return Turn.notBefore(blocked.get());
            }
            List<Place> places = new ArrayList<>();
            for (Window window : windows) {
                if (window.most() == 0) {
                    continue;
                }
                Optional<Place> place = place(handle, window, now);
                if (place.isEmpty()) {
                    Instant next = next(handle, window, now);
                    handle.rollback(); // none rather than some
                    handle.begin();
                    return Turn.notBefore(next);
                }
                places.add(place.get());
            }
            return Turn.granted(places);
        });
    }

    @Override
    public void giveBack(List<Place> places, Instant answeredAt) {
        if (places.isEmpty()) {
            return;
        }
        transactions.one(handle -> {
            handle.execute(SharedSql.NO_HURRY);
            for (Place place : places) {
                handle.createUpdate(SharedSql.GIVE_BACK)
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
        transactions.one(handle -> handle.createUpdate(SharedSql.BLOCK_SLOTS)
                .bind("name", name)
                .bind("until", until.toEpochMilli())
                .execute());
    }

    private static Optional<Instant> blocked(Handle handle, List<Window> windows, Instant now) {
        return handle.createQuery(SharedSql.BLOCKED)
                .bindList("names", windows.stream().map(Window::name).toList())
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli)
                .filter(now::isBefore);
    }

    private static Optional<Place> place(Handle handle, Window window, Instant now) {
        Optional<Place> free = free(handle, window, now);
        if (free.isPresent() || complete(handle, window)) {
            return free;
        }
        handle.createUpdate(SharedSql.ADD_SLOTS)
                .bind("name", window.name())
                .bind("most", window.most())
                .execute();
        return free(handle, window, now);
    }

    private static Optional<Place> free(Handle handle, Window window, Instant now) {
        Instant until = now.plus(REQUEST).plus(window.length());
        return handle.createQuery(SharedSql.TAKE_SLOT)
                .bind("name", window.name())
                .bind("most", window.most())
                .bind("now", now.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .mapTo(Integer.class)
                .findOne()
                .map(number -> new Place(window, number, until));
    }

    private static boolean complete(Handle handle, Window window) {
        return handle.createQuery(SharedSql.COUNT_SLOTS)
                        .bind("name", window.name())
                        .mapTo(Integer.class)
                        .one()
                >= window.most();
    }

    /** When a place comes free; those of requests under way are still to be given back, and may be soon. */
    private static Instant next(Handle handle, Window window, Instant now) {
        return handle.createQuery(SharedSql.NEXT_SLOT)
                .bind("name", window.name())
                .bind("most", window.most())
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli)
                .filter(free -> free.isAfter(now) && !free.isAfter(now.plus(window.length())))
                .orElse(now.plus(UNDER_WAY));
    }
}
