package dev.switchboard.call;

import dev.switchboard.call.CallStore.Look;
import dev.switchboard.call.Lookout.Found;
import dev.switchboard.call.MeetingProvider.Capability;
import dev.switchboard.call.Ruling.Case;
import dev.switchboard.call.Ruling.Fate;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Keeps the ledger in step with the rooms. Each Call has its time to be looked at in the ledger; whichever worker takes
 * it asks the meeting server, has the answer judged ({@link Ruling}), and writes what follows. Telling Slack is left
 * to the {@link CallMirror}.
 */
public final class Attendance implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Attendance.class.getName());
    private static final Duration SWEEP = Duration.ofMillis(200);
    /** Usually longer than a round of looks; where it isn't, another copy repeats some. */
    private static final Duration LEASE = Duration.ofMinutes(1);
    /** The meeting server's from ours. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(30);

    /** Between two looks whether a question has reached its conversation. */
    private static final Duration UNTIL_ASKED = Duration.ofMinutes(1);

    /** Longer than a round of looks takes; whoever was stopped for that long has heard nobody. */
    private static final Duration DEAF = Duration.ofMinutes(5);

    private static final int AT_ONCE = 500;
    /** Looks written in one transaction. */
    private static final int CHUNK = 20;

    private final CallStore store;
    private final MeetingProvider meetings;
    private final Rhythm rhythm;
    private final Clock clock;
    private final Mirroring mirror;
    private final Openings openings;
    private final Endings endings;
    private final Lookout lookout;
    private final ScheduledThreadPoolExecutor sweeper;
    private final BooleanSupplier reachable;

    private volatile boolean closing;
    /** Since when people in Slack could be heard. This and the next are touched by the sweeper's thread alone. */
    private Instant heardSince;

    private long sweptNanos = System.nanoTime();
    /** Whether looks that were taken may not have been given back. */
    private boolean looksLost;

    private boolean failing;

    /** @param reachable whether people in Slack can be heard at the moment */
    public Attendance(
            CallStore store,
            MeetingProvider meetings,
            SlackCalls slack,
            IdSource ids,
            Rhythm rhythm,
            Clock clock,
            Mirroring mirror,
            BooleanSupplier reachable) {
        this.store = store;
        this.meetings = meetings;
        this.rhythm = rhythm;
        this.clock = clock;
        this.mirror = mirror;
        this.openings = new Openings(meetings, ids, rhythm);
        this.endings = new Endings(meetings);
        this.lookout = new Lookout(store, meetings, slack, rhythm, clock);
        this.reachable = reachable;
        this.heardSince = clock.instant();
        this.sweeper = Daemons.timer("attendance");
    }

    /** Asks about every live Call, and goes on looking from then on. */
    public void start() {
        try {
            store.lookAtAll(clock.instant());
        } catch (CallStore.Unavailable e) {
            LOG.log(Level.DEBUG, "rooms are looked at as they come due");
        }
        sweeper.scheduleWithFixedDelay(this::sweep, 0, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes no new looks; those under way go on for now, and are taken again by the next process. */
    @Override
    public void close() {
        closing = true;
        sweeper.shutdown(); // no interrupt: H2 would close its file under it
    }

    /**
     * Waits until no look is under way any more.
     *
     * @return whether none is
     */
    public boolean awaitWorker(Duration patience) {
        try {
            return sweeper.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void sweep() {
        try {
            Instant now = clock.instant();
            listen(now);
            if (looksLost) {
                store.letGoOfLooks(now);
                looksLost = false;
            }
            Instant dueBy =
                    meetings.asksForAllAtOnce() ? now.plus(rhythm.pollInterval().dividedBy(2)) : now;
            List<Look> looks = store.claimLooks(now, dueBy, now.plus(LEASE), AT_ONCE);
            if (!looks.isEmpty() && !closing) {
                record(lookout.lookAt(looks));
            }
            if (failing) {
                LOG.log(Level.INFO, "rooms are looked at again");
            }
            failing = false;
        } catch (CallStore.Unavailable e) {
            looksLost = true;
            LOG.log(Level.DEBUG, "no room is looked at until the ledger can be used again");
        } catch (RuntimeException | Error e) { // an Error, too: no room would be looked at ever after
            if (!closing && !failing) {
                LOG.log(Level.ERROR, "rooms not looked at, to be tried again and again: {0}", Trace.of(e));
            }
            failing = true;
        }
    }

    /** While Slack can't reach us nobody can answer. */
    private void listen(Instant now) {
        long nanos = System.nanoTime();
        if (!reachable.getAsBoolean() || nanos - sweptNanos > DEAF.toNanos()) {
            heardSince = now;
        }
        sweptNanos = nanos;
    }

    private void record(List<Found> all) {
        List<Found> inOrder = new ArrayList<>(all);
        // One order for all workers, so that none waits for a row that waits for it.
        inOrder.sort(Comparator.comparing(found -> found.look().call().id().value()));
        for (int from = 0; from < inOrder.size(); from += CHUNK) {
            List<Found> chunk = inOrder.subList(from, Math.min(inOrder.size(), from + CHUNK));
            try {
                write(chunk);
            } catch (RuntimeException e) {
                chunk.forEach(this::writeAlone);
            }
        }
    }

    private void writeAlone(Found found) {
        try {
            write(List.of(found));
        } catch (CallStore.Unavailable e) {
            looksLost = true;
            LOG.log(
                    Level.DEBUG,
                    "call={0} look not written",
                    found.look().call().id());
        } catch (RuntimeException e) {
            if (!closing) {
                LOG.log(
                        Level.ERROR,
                        "call={0} look not written, to be tried again: {1}",
                        found.look().call().id(),
                        Trace.of(e));
            }
        }
    }

    private void write(List<Found> chunk) {
        List<CallId> changed = store.change(ledger -> {
            List<CallId> touched = new ArrayList<>();
            chunk.forEach(found -> write(ledger, found, touched));
            return touched;
        });
        changed.forEach(mirror::wake);
    }

    private void write(Ledger ledger, Found found, List<CallId> touched) {
        CallId id = found.look().call().id();
        Optional<Call> call = ledger.call(id);
        Optional<Watch> watch = ledger.watch(id);
        if (call.isEmpty() || watch.isEmpty() || !ledger.holds(found.look())) {
            return;
        }
        Instant now = clock.instant();
        Case the = new Case(
                call.get(), watch.get(), ledger.participants(id), found.who(), found.since(), rhythm, heardSince, now);
        Optional<Ruling> ruling = judge(the, found);
        if (ruling.isEmpty()) {
            // Due at once, so that rooms left out this time come first next time.
            ledger.save(watch.get(), Optional.of(now));
            return;
        }
        if (ruling.get().fate() == Fate.FORGOTTEN && ledger.owesQuestion(id)) {
            // Nobody was asked so far, with Slack out of reach perhaps: the time to answer begins with the question.
            ledger.save(ruling.get().watch().asked(now), Optional.of(now.plus(UNTIL_ASKED)));
            return;
        }
        ruling.get().changed().forEach(ledger::save);
        saveLeft(ledger, the, found.left());
        ledger.save(ruling.get().watch(), ruling.get().due());
        boolean announced = announceRecordings(ledger, the.call(), found.recordings(), now);
        boolean owed = carryOut(ledger, the, ruling.get(), touched);
        boolean questionMoot = the.watch().askedAt().isPresent()
                && ruling.get().watch().askedAt().isEmpty();
        if (owed || announced || questionMoot || !ruling.get().changed().isEmpty()) {
            ledger.outOfStep(id, now);
            touched.add(id);
        }
    }

    /** Unless another copy has learnt who they are. */
    private static void saveLeft(Ledger ledger, Case the, List<Participant> left) {
        left.stream()
                .filter(stranger -> the.call().live()
                        && the.participants().stream()
                                .noneMatch(p -> p.person()
                                                .key()
                                                .equals(stranger.person().key())
                                        || p.visit()
                                                .key()
                                                .equals(stranger.person().externalId())))
                .forEach(ledger::save);
    }

    /** Empty if the server had no time for this room. */
    private Optional<Ruling> judge(Case the, Found found) {
        return found.here().isPresent()
                ? found.presence().map(presence -> Ruling.on(the, presence, meetings.can(Capability.RECORDINGS)))
                : Optional.of(Ruling.onIdle(the));
    }

    private boolean carryOut(Ledger ledger, Case the, Ruling ruling, List<CallId> touched) {
        Call call = the.call();
        if (ruling.fate() == Fate.OVER) {
            endings.byItself(ledger, call, ruling.watch(), the.now());
        } else if (ruling.fate() == Fate.FORGOTTEN) {
            endings.forgotten(ledger, call, ruling.watch(), the.now());
        } else if (ruling.fate() == Fate.ASKED) {
            openings.announce(ledger, call.id(), new Announcement.Question(call.channel(), call.creator()), the.now());
        } else if (ruling.fate() == Fate.REVIVED) {
            revive(ledger, call, the.now()).ifPresent(touched::add);
            return false;
        }
        return ruling.fate() != Fate.UNCHANGED;
    }

    /** Begins a new Call in the room, unless somebody has done so by pasting its link, or a later one has ended too. */
    private Optional<CallId> revive(Ledger ledger, Call ended, Instant now) {
        boolean last = ledger.lastInRoom(ended.team(), ended.room().key())
                .filter(call -> call.id().equals(ended.id()))
                .isPresent();
        if (!last || ledger.liveInRoom(ended.team(), ended.room().key()).isPresent()) {
            return Optional.empty();
        }
        Call next = openings.after(ledger, ended, now);
        ledger.outOfStep(next.id(), now);
        return Optional.of(next.id());
    }

    /** Whether the recording is of a meeting that went on during the Call; what else was held in its room isn't told. */
    private static boolean isOf(Call call, MeetingProvider.Recording recording) {
        boolean unknown = recording.to().equals(Instant.EPOCH);
        return (unknown || recording.to().isAfter(call.startedAt().minus(CLOCKS_DIFFER)))
                && call.end()
                        .filter(end -> recording.from().isBefore(end.at().plus(CLOCKS_DIFFER)))
                        .isPresent();
    }

    private boolean announceRecordings(
            Ledger ledger, Call call, List<MeetingProvider.Recording> recordings, Instant now) {
        boolean any = false;
        for (MeetingProvider.Recording recording : recordings) {
            if (!isOf(call, recording)) {
                continue;
            }
            Optional<Announcement.Recording> target = ledger.cardOf(call.id())
                    .map(thread -> new Announcement.Recording(thread, recording.url(), recording.length()));
            if (target.isPresent() && !ledger.hasRecording(call.id(), recording)) {
                openings.announce(ledger, call.id(), target.get(), now);
                any = true;
            }
        }
        return any;
    }
}
