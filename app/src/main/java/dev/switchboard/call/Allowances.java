package dev.switchboard.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Slack grants this app, shared by all copies of the program: so many requests in any stretch of time of a given
 * length. It never waits; it says when to come back. Times are by the callers' clocks.
 */
public interface Allowances {
    /**
     * Takes a place in each of the windows, or in none of them.
     *
     * @return the places, to be given back after the reply; or when to come back
     */
    Turn take(List<Window> windows, Instant now);

    /** Gives places back: each is free again when its window's length has passed since then. */
    void giveBack(List<Place> places, Instant answeredAt);

    /** Has nobody take a place of that name before then. */
    void block(String name, Instant until);

    /**
     * One of Slack's limits.
     *
     * @param most requests within the length; 0 for any number, as long as it isn't blocked
     */
    record Window(String name, int most, Duration length) {}

    /**
     * A place in a window, taken by a request under way.
     *
     * @param until when it comes free if nobody gives it back
     */
    record Place(Window window, int number, Instant until) {}

    /**
     * What came of asking for places.
     *
     * @param places one for each window that has a limit; empty if they are not to be had
     * @param notBefore when to come back; empty with places
     */
    record Turn(Optional<List<Place>> places, Optional<Instant> notBefore) {
        /** The places. */
        public static Turn granted(List<Place> places) {
            return new Turn(Optional.of(places), Optional.empty());
        }

        /** No places before that moment. */
        public static Turn notBefore(Instant moment) {
            return new Turn(Optional.empty(), Optional.of(moment));
        }
    }
}
