package dev.switchboard.call;

import java.time.Duration;

/**
 * How long a request to Slack may be on its way, and what follows from that for whoever takes over the work of a worker
 * that is gone. These hang together: {@code RequestTimesTest} says how, and fails where one was changed alone.
 */
public final class RequestTimes {
    /** A request that Slack has not answered by then is given up. Nobody waits for it, but a lease does. */
    public static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(10);

    /**
     * As long as a worker may be on its way from its last look at the lease to the request. One that finds it took longer
     * was stopped meanwhile, and asks nothing: another copy may have taken the work over.
     */
    public static final Duration HELD_UP = Duration.ofMillis(1_500);

    /** How long a lease counts as held without a look, where no other copy could have taken it before it runs out. */
    public static final Duration TRUSTED_ALONE = Duration.ofSeconds(8);

    /** The same where there are copies, which take it from whoever is {@link #SILENT}. */
    public static final Duration TRUSTED_AMONG_COPIES = Duration.ofSeconds(2);

    /** A copy that has said nothing for so long is taken for dead; a garbage collection or a busy machine is no death. */
    public static final Duration SILENT = Duration.ofSeconds(5);

    /** A copy says so often that it is there. */
    public static final Duration BEAT = Duration.ofSeconds(1);

    /** The longest that a request may still be running here after it was written down that it is made. */
    static final Duration LONGEST = Duration.ofSeconds(14);

    /** A request that was given up here, or cut off by a kill, may still be under way in Slack. */
    static final Duration UNDER_WAY = Duration.ofSeconds(2);

    /** How long a worker may be silent before its Call is given to another. */
    static final Duration LEASE = Duration.ofSeconds(30);

    /** A lease with less than that left is extended at a write. */
    static final Duration ENOUGH = Duration.ofSeconds(20);

    private RequestTimes() {}
}
