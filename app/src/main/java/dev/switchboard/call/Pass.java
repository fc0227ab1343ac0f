package dev.switchboard.call;

import dev.switchboard.call.Announcement.Topic;
import dev.switchboard.call.CallStore.Claim;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One worker's turn at one Call: the steps' way to Slack and back into the ledger. What came of a step is written
 * together with what the next one is about to do, before anything else is asked of Slack.
 */
final class Pass {
    private static final Logger LOG = System.getLogger(CallMirror.class.getName());
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    /** What may never pass is not to use up what Slack grants for the rest. */
    private static final Duration LONGEST_WAIT_UNKNOWN = Duration.ofMinutes(10);
    /** After that long an error that nobody documented counts as final. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final CallStore store;
    private final SlackCalls slack;
    private final MeetingProvider meetings;
    private final IdSource ids;
    private final Clock clock;
    /** As the ledger has it. */
    private Claim claim;
    /** When the lease ends. */
    private Instant until;
    /** When it was begun to write under the lease for the last time; it was held after that. */
    private Instant heldAt;
    /** What is not in the ledger yet. */
    private UnaryOperator<Snapshot> change = UnaryOperator.identity();

    private Snapshot snapshot;
    private Optional<Instant> peopleLostAt = Optional.empty();

    /** @param claim made a moment ago, and good for {@link #leaseFrom} */
    Pass(CallStore store, SlackCalls slack, MeetingProvider meetings, IdSource ids, Clock clock, Claim claim) {
        this.store = store;
        this.slack = slack;
        this.meetings = meetings;
        this.ids = ids;
        this.clock = clock;
        this.claim = claim;
        this.heldAt = claim.snapshot().readAt();
        this.until = leaseFrom(heldAt);
        this.snapshot = claim.snapshot();
    }

    /** For a Call that was just started: the ledger says already that Slack was asked to register it; nobody has yet. */
    Pass first() {
        record(Snapshot::untold);
        return this;
    }

    /** When a lease ends that is given now. */
    static Instant leaseFrom(Instant now) {
        return now.plus(RequestTimes.LEASE);
    }

    /** The way to Slack; what is known and what is about to be done is in the ledger before anything is asked. */
    SlackCalls slack() {
        write();
        return slack;
    }

    /**
     * Asks Slack for a change whose answer may be lost, or be cut off by a kill: that it is asked for is in the ledger
     * before, and stays there until Slack answers.
     *
     * @param asBefore undoes {@code asking}, where Slack certainly did nothing
     */
    <T> Asked<T> ask(
            UnaryOperator<Snapshot> asking,
            UnaryOperator<Snapshot> asBefore,
            BiFunction<SlackCalls, Call, Reply<T>> question) {
        record(asking);
        write();
        Call sent = call();
        Reply<T> reply = question.apply(slack, sent);
        if (reply.undone()) {
            record(asBefore);
        }
        return new Asked<>(sent, reply);
    }

    /** What Slack was asked for: the Call as it was sent, which may have changed since the step was found to be owed. */
    record Asked<T>(Call sent, Reply<T> reply) {}

    /** Whether the conversation is public, as far as that is known: nobody is asked, so nothing need be written before. */
    Optional<Boolean> knownPublic() {
        return slack.knownPublic(call().team(), call().channel());
    }

    /** Why the workspace refuses us what the step is for, by its answer or as far as that is known: nobody is asked. */
    Optional<String> refusal(Step step, Reply<?> reply) {
        if (reply.verdict() == Reply.Verdict.HELD) {
            return Optional.of(reply.code());
        }
        return reply.code().equals(Reply.PACED) ? slack.refusal(call().team(), step.method()) : Optional.empty();
    }

    /** The way to the meeting server, as {@link #slack}. */
    MeetingProvider meetings() {
        write();
        return meetings;
    }

    /** All that is known. */
    Snapshot snapshot() {
        return snapshot;
    }

    /** The Call by all that is known. */
    Call call() {
        return snapshot.call();
    }

    /** What it asked about people was given up just now, without an answer. */
    void peopleLost() {
        peopleLostAt = Optional.of(now());
    }

    /** Until when what this worker has so given up may still come to pass; empty where nothing may. */
    Optional<Instant> peopleLostUntil() {
        return peopleLostAt.flatMap(at -> Step.until(at, RequestTimes.UNDER_WAY, now()));
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * Says what came of a step, or what is about to be done.
     *
     * @param what a pure function, for it is applied again to what is in the ledger
     */
    void record(UnaryOperator<Snapshot> what) {
        UnaryOperator<Snapshot> before = change;
        change = known -> what.apply(before.apply(known));
        snapshot = what.apply(snapshot);
    }

    private void write() {
        if (!trusted() || !snapshot.equals(claim.snapshot())) {
            writeNow();
        }
        if (!trusted()) {
            writeNow(); // stopped in the middle of the write, perhaps: it says nothing of now
        }
    }

    private void writeNow() {
        // A lease that ends when it did before needs no write to an index.
        boolean enough = trusted() && now().plus(RequestTimes.ENOUGH).isBefore(until);
        heldAt = now();
        until = enough ? until : leaseFrom(heldAt);
        learn(store.goOn(claim, change, heldAt, until).orElseThrow(LeaseLost::new));
    }

    private boolean trusted() {
        return Duration.between(heldAt, now()).compareTo(store.trusted()) < 0;
    }

    /**
     * Ends the turn.
     *
     * @param next when to go on with what could not be done yet; empty if nothing is owed
     * @return false if the Call was changed meanwhile, so that there is more to do at once
     */
    boolean end(Optional<Instant> next) {
        heldAt = now();
        until = leaseFrom(heldAt);
        Optional<Snapshot> more = store.giveBack(claim, change, heldAt, until, next);
        more.ifPresent(this::learn);
        return more.isEmpty();
    }

    private void learn(Snapshot now) {
        claim = claim.knowing(now);
        snapshot = now;
        change = UnaryOperator.identity();
    }

    /** Has somebody told. */
    UnaryOperator<Snapshot> notice(UserId to, Topic topic, Optional<UserId> about, Reply<?> because) {
        return announce(new Announcement.Notice(to, topic, about, Optional.of(because.code())));
    }

    /** Has Slack show something more because of the Call. */
    UnaryOperator<Snapshot> announce(Announcement.Target target) {
        Announcement announcement = Announcement.of(ids.uuid(), call().id(), target, now());
        return known -> known.announcement(announcement);
    }

    /** Goes on to the announcement's next way; after the last one it is given up, and whoever waits for it is told. */
    UnaryOperator<Snapshot> reroute(Announcement announcement, String code) {
        Optional<Announcement> next = announcement.rerouted();
        if (next.isPresent()) {
            return known -> known.announcement(next.get());
        }
        LOG.log(
                Level.WARNING,
                "call={0} method={1} error={2} {3} given up",
                call().id(),
                announcement.route().method(),
                code,
                announcement.target().kind());
        UnaryOperator<Snapshot> told = tellOfLoss(announcement.target(), Reply.of(Reply.Verdict.NEVER, code));
        return known -> told.apply(known.announcement(announcement.givenUp()));
    }

    private UnaryOperator<Snapshot> tellOfLoss(Announcement.Target lost, Reply<?> because) {
        if (lost instanceof Announcement.Card) {
            return notice(call().creator(), Topic.NOT_POSTED, Optional.empty(), because);
        }
        return lost instanceof Announcement.Ring ring
                ? notice(ring.by(), Topic.NOT_RUNG, Optional.of(ring.user()), because)
                : UnaryOperator.identity();
    }

    /** Records a step after which Slack's refusal is as good as its consent: there is no more to be done. */
    Optional<Instant> settle(Step step, Reply<?> reply, UnaryOperator<Snapshot> done) {
        return settle(step, reply, done, () -> done);
    }

    /** Records what came of a step, or puts it off. */
    Optional<Instant> settle(
            Step step, Reply<?> reply, UnaryOperator<Snapshot> done, Supplier<UnaryOperator<Snapshot>> never) {
        if (reply.settled()) {
            record(done);
            return Optional.empty();
        }
        if (isNever(step, reply)) {
            LOG.log(Level.WARNING, "call={0} method={1} error={2} refused", call().id(), step.method(), reply.code());
            record(never.get());
            return Optional.empty();
        }
        return putOff(step, reply);
    }

    boolean isNever(Step step, Reply<?> reply) {
        boolean overdue = Duration.between(step.owedSince(call()), now()).compareTo(PATIENCE) > 0;
        return reply.verdict() == Reply.Verdict.NEVER || (reply.verdict() == Reply.Verdict.UNKNOWN && overdue);
    }

    /** When to try a step again: as Slack says, else after a wait that grows with the age of what is owed. */
    Optional<Instant> putOff(Step step, Reply<?> reply) {
        Instant now = now();
        Instant since =
                step.owedSince(call()).isAfter(call().changedAt()) ? step.owedSince(call()) : call().changedAt();
        Duration most = reply.verdict() == Reply.Verdict.UNKNOWN ? LONGEST_WAIT_UNKNOWN : LONGEST_WAIT;
        Instant next = reply.notBefore().orElseGet(() -> now.plus(backoff(Duration.between(since, now), most)));
        Level level = reply.code().equals(Reply.PACED)
                ? Level.DEBUG
                : reply.verdict() == Reply.Verdict.LATER ? Level.INFO : Level.WARNING;
        LOG.log(level, "call={0} method={1} error={2} again at {3}", call().id(), step.method(), reply.code(), next);
        return Optional.of(next);
    }

    private static Duration backoff(Duration age, Duration most) {
        Duration half = age.dividedBy(2);
        if (half.compareTo(SHORTEST_WAIT) < 0) {
            return SHORTEST_WAIT;
        }
        return half.compareTo(most) > 0 ? most : half;
    }

    /** Another worker has taken the Call over; whatever this one still wanted to write is void. */
    static final class LeaseLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LeaseLost() {
            super("lease lost", null, false, false);
        }
    }
}
