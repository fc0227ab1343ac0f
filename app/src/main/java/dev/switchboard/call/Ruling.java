package dev.switchboard.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What follows from one look at a Call's room. Pure: a table of what the meeting server said, what was known, and what
 * is to be done. An error, a time-out or a single empty answer never ends anything.
 *
 * @param watch what is known now
 * @param due when to look again; empty for never
 * @param changed the participants to be written
 */
record Ruling(Fate fate, Watch watch, Optional<Instant> due, List<Participant> changed) {
    /** Sessions without a name: one may be a recorder, more can't all be. */
    private static final int SURELY_PEOPLE = 2;

    /** What becomes of the Call. */
    enum Fate {
        /** It stays as it is, but for who is in. */
        UNCHANGED,
        /** It ends: its room is gone, or has been empty too long, or nobody came. */
        OVER,
        /** Its conversation is asked whether it goes on. */
        ASKED,
        /** It ends, since nobody answered. */
        FORGOTTEN,
        /** It had ended, and a new one begins, since its room came alive again. */
        REVIVED
    }

    /**
     * What is known before the look is judged.
     *
     * @param who see {@link RollCall#take}
     * @param since likewise
     * @param heardSince since when people in Slack could be heard
     */
    record Case(
            Call call,
            Watch watch,
            List<Participant> participants,
            Map<String, Person> who,
            Map<String, Instant> since,
            Rhythm rhythm,
            Instant heardSince,
            Instant now) {

        private Case with(Watch newWatch) {
            return new Case(call, newWatch, participants, who, since, rhythm, heardSince, now);
        }
    }

    /** Judges a look where the meeting server can tell who is in. */
    static Ruling on(Case the, Presence presence, boolean recordings) {
        if (!the.call().live()) {
            return afterEnd(the, presence, recordings);
        }
        if (presence instanceof Presence.Unknown unknown) {
            return unclear(the, unknown);
        }
        List<Presence.Occupant> there = presence.people();
        boolean longUnseen = longUnseen(the);
        RollCall roll = RollCall.take(
                the.call().id(),
                the.participants(),
                there,
                the.who(),
                the.since(),
                the.watch().lookedAt().orElse(the.now()),
                longUnseen,
                the.now());
        return occupied(presence)
                ? withPeople(the, (Presence.Live) presence, roll)
                : withNobody(
                        the, presence instanceof Presence.Absent, longUnseen || firstIsNameless(the, presence), roll);
    }

    /** Judges by the clock alone, where nobody can tell who is in. */
    static Ruling onIdle(Case the) {
        Watch watch = the.watch();
        if (!the.call().live()) {
            return new Ruling(Fate.UNCHANGED, watch, Optional.empty(), List.of());
        }
        if (watch.askedAt().isPresent()) {
            // While the bot was down, or cut off, nobody could answer.
            Instant deadline = latest(watch.askedAt().get(), the.heardSince())
                    .plus(the.rhythm().timeToAnswer());
            return the.now().isBefore(deadline)
                    ? new Ruling(Fate.UNCHANGED, watch, Optional.of(deadline), List.of())
                    : new Ruling(Fate.FORGOTTEN, watch, Optional.empty(), List.of());
        }
        Instant idle = watch.touchedAt().plus(the.rhythm().idleLimit());
        return the.now().isBefore(idle)
                ? new Ruling(Fate.UNCHANGED, watch, Optional.of(idle), List.of())
                : new Ruling(
                        Fate.ASKED,
                        watch.asked(the.now()),
                        Optional.of(the.now().plus(the.rhythm().timeToAnswer())),
                        List.of());
    }

    private static boolean occupied(Presence presence) {
        return presence instanceof Presence.Live live && (!live.people().isEmpty() || live.nameless() >= SURELY_PEOPLE);
    }

    /** No recorder comes before everybody else, so it is somebody who gave no name: the wait for people begins anew. */
    private static boolean firstIsNameless(Case the, Presence presence) {
        return the.watch().firstJoin().isEmpty() && presence instanceof Presence.Live live && live.nameless() > 0;
    }

    private static boolean longUnseen(Case the) {
        return the.watch()
                .lookedAt()
                .filter(last ->
                        Duration.between(last, the.now()).compareTo(the.rhythm().longUnseen()) > 0)
                .isPresent();
    }

    private static Ruling unclear(Case the, Presence.Unknown unknown) {
        Watch watch = the.watch().unclear(the.now());
        Duration unclear = Duration.between(watch.unclearSince().orElse(the.now()), the.now());
        Instant due = the.now().plus(the.rhythm().whileUnclear(unclear));
        Instant next = latest(
                due,
                unknown.retryAfter()
                        .map(the.rhythm()::rest)
                        .map(the.now()::plus)
                        .orElse(due));
        if (unclear.compareTo(the.rhythm().idleLimit()) < 0) {
            return new Ruling(Fate.UNCHANGED, watch, Optional.of(next), List.of());
        }
        // A server that tells nothing for that long is like one that can't: people are asked instead.
        Ruling idle = onIdle(the.with(watch));
        return new Ruling(idle.fate(), idle.watch(), Optional.of(earliest(next, idle.due())), List.of());
    }

    private static Ruling withPeople(Case the, Presence.Live live, RollCall roll) {
        int people = Math.max(roll.present(), live.people().isEmpty() ? live.nameless() : 0);
        Watch watch = the.watch().withPeople(people, roll.cameOrWent(), the.now());
        Duration pause =
                roll.unsettled() ? the.rhythm().toConfirm() : the.rhythm().whileLive(watch, the.now());
        return new Ruling(Fate.UNCHANGED, watch, Optional.of(the.now().plus(pause)), roll.changed());
    }

    private static Ruling withNobody(Case the, boolean gone, boolean afresh, RollCall roll) {
        Rhythm rhythm = the.rhythm();
        Instant now = the.now();
        Watch watch = the.watch().withNobody(gone, roll.cameOrWent(), afresh, now);
        Instant since = watch.emptySince().orElse(now);
        Instant over;
        Duration pause;
        if (watch.firstJoin().isEmpty()) {
            over = latest(since, watch.touchedAt()).plus(rhythm.noShowLimit());
            pause = rhythm.beforeFirstJoin(watch, now);
        } else if (gone) {
            since = watch.goneSince().orElse(now);
            over = since.plus(rhythm.goneForGood());
            pause = rhythm.toConfirm();
        } else {
            over = since.plus(rhythm.emptyGrace());
            pause = roll.unsettled() ? rhythm.toConfirm() : rhythm.whileLive(watch, now);
        }
        if (since.isBefore(now) && !now.isBefore(over)) {
            return new Ruling(
                    Fate.OVER,
                    watch.left(),
                    Optional.of(now.plus(rhythm.afterEnd(Duration.ZERO, false))),
                    roll.changed());
        }
        Instant next = now.plus(pause);
        boolean sooner = over.isAfter(now) && over.isBefore(next);
        return new Ruling(Fate.UNCHANGED, watch, Optional.of(sooner ? over : next), roll.changed());
    }

    private static Ruling afterEnd(Case the, Presence presence, boolean recordings) {
        Duration sinceEnd = Duration.between(the.call().end().orElseThrow().at(), the.now());
        Optional<Instant> due = the.rhythm().overAndDone(sinceEnd)
                ? Optional.empty()
                : Optional.of(the.now().plus(the.rhythm().afterEnd(sinceEnd, recordings)));
        if (occupied(presence) && the.watch().vacated()) {
            return new Ruling(Fate.REVIVED, the.watch(), recordings ? due : Optional.empty(), List.of());
        }
        if (the.watch().vacated() || presence instanceof Presence.Unknown) {
            return new Ruling(Fate.UNCHANGED, the.watch(), due, List.of());
        }
        if (occupied(presence)) {
            return new Ruling(Fate.UNCHANGED, the.watch().stillIn(), due, List.of());
        }
        Watch watch = the.watch().emptyAfterEnd(the.now());
        Instant toConfirm = the.now().plus(the.rhythm().toConfirm());
        return new Ruling(
                Fate.UNCHANGED, watch, watch.vacated() ? due : Optional.of(earliest(toConfirm, due)), List.of());
    }

    private static Instant earliest(Instant one, Optional<Instant> other) {
        return other.filter(one::isAfter).orElse(one);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
