package dev.switchboard.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The ledger: what was meant, and what Slack was told. A change is durable when the method that made it returns; it
 * survives a kill of the process. Every method throws {@link Unavailable} while the ledger can't be used.
 */
public interface CallStore {
    /**
     * Runs the work in one transaction. Where it collides with another transaction it is rolled back and run again, so
     * it must do nothing but read and write through the {@link Ledger}. It is also run again where a connection broke
     * while it was committed, and nobody can tell whether it was: so it must see in the ledger what it has done before,
     * by {@link Ledger#firstSight}, {@link Ledger#holds} or the Call's state.
     */
    <T> T change(Function<Ledger, T> work);

    /**
     * Takes the Call's mirroring for this worker, if it is due at {@code now} and nobody else has it.
     *
     * @param until when others may take it over, should this worker die
     */
    Optional<Claim> claim(CallId call, Instant now, Instant until);

    /**
     * Writes what came of mirroring a Call, if the lease still holds, which is thereby extended. Where it can't be told
     * whether that was committed it isn't tried again, for whoever mirrors the Call next sees it in the ledger.
     *
     * @param known what the ledger held when the worker last read it or wrote to it
     * @param change what came of it; a pure function, of what is known or, where the Call was changed meanwhile, of
     *     what is true now
     * @return what is true after it; empty if the lease was lost and nothing was written
     */
    Optional<Snapshot> goOn(Claim known, UnaryOperator<Snapshot> change, Instant now, Instant until);

    /**
     * Like {@link #goOn}, and gives the lease back if the Call wasn't changed meanwhile. Where there was nothing to
     * write this alone of all changes may be lost at a kill: the Call is then looked at once more.
     *
     * @param next when to go on with what could not be done yet; empty if nothing is owed
     * @return what is true now, if there is more to do at once; empty if the lease was given back or lost
     */
    Optional<Snapshot> giveBack(
            Claim known, UnaryOperator<Snapshot> change, Instant now, Instant until, Optional<Instant> next);

    /** Gives back the leases that this process has of these Calls: they are due, and whoever had one has it no more. */
    void letGo(List<CallId> calls, Instant now);

    /** The same for all its looks, of which none may be under way. */
    void letGoOfLooks(Instant now);

    /**
     * How long after a worker began to write under its lease it may take it for held without asking. Whoever was stopped
     * for longer (a frozen machine, SIGSTOP) may have been taken for gone.
     */
    Duration trusted();

    /** The Calls that Slack is owed something about at {@code now}, the longest waiting first. */
    List<CallId> due(Instant now, int most);

    /**
     * Takes rooms for this worker to look at, the longest due first.
     *
     * @param dueBy where any is due now, those due by then are taken too, except of rooms seen just before
     * @param until when others may take them over, should this worker die
     */
    List<Look> claimLooks(Instant now, Instant dueBy, Instant until, int most);

    /** Has every live Call's room looked at as soon as possible. */
    void lookAtAll(Instant now);

    /**
     * The clock was set back: what is put down for later comes so much sooner by it. Where copies share the ledger each
     * of them meets this, and nothing is changed.
     */
    void clockSetBack(Duration by);

    /**
     * Forgets what is of no use any more, in small steps: deliveries first seen before that moment, response URLs that
     * have expired.
     */
    void forget(Instant deliveriesBefore, Instant now);

    /**
     * Deletes some Calls that ended before that moment, the oldest first, with all that belongs to them: a few, so that
     * no command waits behind it. Those that Slack is still owed something about, or whose room is still looked at,
     * stay.
     *
     * @return how many were deleted; 0 when there are no more
     */
    int forgetCalls(Instant endedBefore);

    /** A worker's right to mirror a Call; the token tells it from later ones. */
    record Lease(CallId call, long token) {}

    /** The right to mirror a Call, and what is known of it. */
    record Claim(Lease lease, Snapshot snapshot) {
        /** The same right, with what is known since. */
        public Claim knowing(Snapshot now) {
            return new Claim(lease, now);
        }
    }

    /**
     * A worker's right to look at a Call's room, with all it needs for that.
     *
     * @param call as it was when the right was given
     */
    record Look(Call call, long token) {}

    /**
     * The ledger can't be used at the moment: a disk that is full, a file that is damaged. The admin has been told in the
     * log, so whoever meets this says nothing there.
     */
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean inDoubt;

        private Unavailable(boolean inDoubt) {
            super("the ledger can't be used at the moment", null, false, false);
            this.inDoubt = inDoubt;
        }

        /** Nothing of what was asked for is done. */
        public static Unavailable nothingDone() {
            return new Unavailable(false);
        }

        /** All of what was asked for is done or nothing of it, which the ledger will show when it can be used again. */
        public static Unavailable inDoubt() {
            return new Unavailable(true);
        }

        public boolean isInDoubt() {
            return inDoubt;
        }
    }
}
