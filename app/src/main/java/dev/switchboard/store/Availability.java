package dev.switchboard.store;

/** Whether the database can be used, as far as is known. */
interface Availability {
    /** Whether the database is known not to be usable. */
    boolean lasts();

    /** Another number after each break that closed the database under those at work on it. */
    long generation();

    /**
     * Whether something failed because the database can't be used, rather than by a fault of its own.
     *
     * @param begun the {@link #generation()} in which it was begun: who hears of a break late may find it over
     */
    boolean explains(Throwable failure, long begun);
}
