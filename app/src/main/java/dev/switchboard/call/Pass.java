package dev.switchboard.call;

import dev.switchboard.call.Announcement.Topic;
import dev.switchboard.call.CallStore.Lease;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One worker's turn at one Call: the steps' way to Slack and back into the ledger. */
final class Pass {
    /** How long a worker may be silent before its Call is given to another; longer than any request may take. */
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final Logger LOG = System.getLogger(CallMirror.class.getName());
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    /** After that long an error that nobody documented counts as final. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final CallStore store;
    private final SlackCalls slack;
    private final MeetingProvider meetings;
    private final IdSource ids;
    private final Clock clock;
    private final Lease lease;
    private final Snapshot snapshot;
    private final Call call;
    /** What was true after the last step's outcome was recorded. */
    private Optional<Snapshot> after = Optional.empty();

    Pass(
            CallStore store,
            SlackCalls slack,
            MeetingProvider meetings,
            IdSource ids,
            Clock clock,
            Lease lease,
            Snapshot snapshot) {
        this.store = store;
        this.slack = slack;
        this.meetings = meetings;
        this.ids = ids;
        this.clock = clock;
        this.lease = lease;
        this.snapshot = snapshot;
        this.call = snapshot.call();
    }

    SlackCalls slack() {
        return slack;
    }

    MeetingProvider meetings() {
        return meetings;
    }

    /** All that was known when the step was chosen. */
    Snapshot snapshot() {
        return snapshot;
    }

    /** The Call as it was then. */
    Call call() {
        return call;
    }

    Instant now() {
        return clock.instant();
    }

    /** Writes to the ledger what came of a step, if the Call is still ours. */
    void record(Consumer<Ledger> work) {
        Instant now = now();
        after = store.changeAndObserve(lease, now, now.plus(LEASE), work);
        if (after.isEmpty()) {
            throw new LeaseLost();
        }
    }

    /** Writes to the ledger what is about to be done, if the Call is still ours. */
    void intend(Consumer<Ledger> work) {
        if (!store.changeUnder(lease, now().plus(LEASE), work)) {
            throw new LeaseLost();
        }
    }

    /** What is true after the step; where nothing was recorded, nothing has changed. */
    Snapshot after() {
        return after.orElse(snapshot);
    }

    /** Changes the Call as it is now in the ledger, where people may have changed it since. */
    void change(Ledger ledger, UnaryOperator<Call> change) {
        ledger.call(call.id()).map(change).ifPresent(ledger::save);
    }

    /** Changes a participant as they are now in the ledger. */
    void change(Ledger ledger, Participant participant, UnaryOperator<Participant> change) {
        ledger.participants(call.id()).stream()
                .filter(known ->
                        known.person().key().equals(participant.person().key()))
                .map(change)
                .forEach(ledger::save);
    }

    /** Has somebody told. */
    void notice(Ledger ledger, UserId to, Topic topic, Optional<UserId> about, Reply<?> because) {
        announce(ledger, new Announcement.Notice(to, topic, about, Optional.of(because.code())));
    }

    /** Has Slack show something more because of the Call. */
    void announce(Ledger ledger, Announcement.Target target) {
        ledger.add(Announcement.of(ids.uuid(), call.id(), target, now()));
    }

    /** Goes on to the announcement's next way; after the last one it is given up, and whoever waits for it is told. */
    void reroute(Ledger ledger, Announcement announcement, String code) {
        Optional<Announcement> next = announcement.rerouted();
        ledger.save(next.orElseGet(announcement::givenUp));
        if (next.isPresent()) {
            return;
        }
        Reply<Object> because = Reply.of(Reply.Verdict.NEVER, code);
        if (announcement.target() instanceof Announcement.Card) {
            notice(ledger, call.creator(), Topic.NOT_POSTED, Optional.empty(), because);
        } else if (announcement.target() instanceof Announcement.Ring ring) {
            notice(ledger, ring.by(), Topic.NOT_RUNG, Optional.of(ring.user()), because);
        }
        LOG.log(
                Level.WARNING,
                "call={0} method={1} error={2} {3} given up",
                call.id(),
                announcement.route().method(),
                code,
                announcement.target().kind());
    }

    /** Records a step after which Slack's refusal is as good as its consent: there is no more to be done. */
    Optional<Instant> settle(Step step, Reply<?> reply, Consumer<Ledger> done) {
        return settle(step, reply, done, done);
    }

    /** Records what came of a step, or puts it off. */
    Optional<Instant> settle(Step step, Reply<?> reply, Consumer<Ledger> done, Consumer<Ledger> never) {
        if (reply.settled()) {
            record(done);
            return Optional.empty();
        }
        if (isNever(step, reply)) {
            LOG.log(Level.WARNING, "call={0} method={1} error={2} refused", call.id(), step.method(), reply.code());
            record(never);
            return Optional.empty();
        }
        return putOff(step, reply);
    }

    boolean isNever(Step step, Reply<?> reply) {
        boolean overdue = Duration.between(step.owedSince(call), now()).compareTo(PATIENCE) > 0;
        return reply.verdict() == Reply.Verdict.NEVER || (reply.verdict() == Reply.Verdict.UNKNOWN && overdue);
    }

    /** When to try a step again: as Slack says, else after a wait that grows with the age of what is owed. */
    Optional<Instant> putOff(Step step, Reply<?> reply) {
        Instant now = now();
        Instant since = step.owedSince(call).isAfter(call.changedAt()) ? step.owedSince(call) : call.changedAt();
        Instant next = reply.notBefore().orElseGet(() -> now.plus(backoff(Duration.between(since, now))));
        Level level = reply.code().equals(Reply.PACED)
                ? Level.DEBUG
                : reply.verdict() == Reply.Verdict.LATER ? Level.INFO : Level.WARNING;
        LOG.log(level, "call={0} method={1} error={2} again at {3}", call.id(), step.method(), reply.code(), next);
        return Optional.of(next);
    }

    private static Duration backoff(Duration age) {
        Duration half = age.dividedBy(2);
        if (half.compareTo(SHORTEST_WAIT) < 0) {
            return SHORTEST_WAIT;
        }
        return half.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : half;
    }

    /** Another worker has taken the Call over; whatever this one still wanted to write is void. */
    static final class LeaseLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LeaseLost() {
            super("lease lost", null, false, false);
        }
    }
}
