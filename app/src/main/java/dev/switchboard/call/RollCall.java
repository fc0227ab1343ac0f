package dev.switchboard.call;

import dev.switchboard.call.Participant.Standing;
import dev.switchboard.call.Presence.Occupant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** One look's people against those the ledger has: who came, who is missed, who has left. Pure. */
final class RollCall {
    private final CallId call;
    private final List<Participant> known;
    private final Map<String, Instant> since;
    private final Instant now;
    private final List<Participant> changed = new ArrayList<>();
    private final Set<String> here = new HashSet<>();
    private int unidentified;
    private boolean cameOrWent;
    private boolean missed;

    private RollCall(CallId call, List<Participant> known, Map<String, Instant> since, Instant now) {
        this.call = call;
        this.known = known;
        this.since = since;
        this.now = now;
    }

    /**
     * Calls the roll.
     *
     * @param there who is in the room
     * @param who whom of Slack, or which stranger, each of them is, by {@link Occupant#key}; who is missing there can't
     *     be told yet
     * @param since by the same key, since when those were in who could not be told before
     * @param lastSeen when the look before this one was
     * @param leaveAtOnce whether who is not there has left; otherwise that takes two looks in a row, since a reload
     *     takes a moment
     */
    static RollCall take(
            CallId call,
            List<Participant> known,
            List<Occupant> there,
            Map<String, Person> who,
            Map<String, Instant> since,
            Instant lastSeen,
            boolean leaveAtOnce,
            Instant now) {
        RollCall roll = new RollCall(call, known, since, now);
        there.forEach(occupant -> roll.meet(occupant, who));
        known.stream()
                .filter(p -> p.present() && !roll.here.contains(p.person().key()))
                .forEach(p -> roll.miss(p, lastSeen, leaveAtOnce));
        return roll;
    }

    /** The participants to be written. */
    List<Participant> changed() {
        return changed;
    }

    /** How many people are in. */
    int present() {
        return here.size() + unidentified;
    }

    /** Whether others are in than at the look before. */
    boolean cameOrWent() {
        return cameOrWent;
    }

    /** Whether another look soon would settle something. */
    boolean unsettled() {
        return missed || unidentified > 0;
    }

    private void meet(Occupant occupant, Map<String, Person> who) {
        Optional<Participant> row = find(p -> p.visit().key().equals(Optional.of(occupant.key())));
        Optional<Person> person = row.map(Participant::person).or(() -> Optional.ofNullable(who.get(occupant.key())));
        if (person.isEmpty()) {
            unidentified++;
            return;
        }
        Optional<Participant> same =
                row.or(() -> find(p -> p.person().key().equals(person.get().key())));
        if (same.filter(p -> p.standing() == Standing.REFUSED).isPresent()
                && person.get().slackId().isPresent()) {
            // Slack doesn't know them after all: from here on they are a stranger with a name.
            same.filter(p -> p.visit().key().isPresent())
                    .map(Participant::unkeyed)
                    .ifPresent(changed::add);
            Person stranger = Person.external(occupant.key(), occupant.name(), occupant.avatar());
            admit(find(p -> p.person().key().equals(stranger.key())), stranger, occupant.key());
        } else {
            admit(same, person.get(), occupant.key());
        }
    }

    private void admit(Optional<Participant> row, Person person, String key) {
        if (!here.add(person.key())
                || row.filter(p -> p.standing() == Standing.REFUSED).isPresent()) {
            return;
        }
        boolean wasIn = row.filter(Participant::present).isPresent();
        boolean asBefore = wasIn
                && row.get().visit().missedSince().isEmpty()
                && row.get().visit().key().equals(Optional.of(key));
        if (!asBefore) {
            Instant cameAt = since.getOrDefault(key, now);
            changed.add(row.orElseGet(() -> Participant.arrived(call, person, cameAt))
                    .seen(Optional.of(key), cameAt));
        }
        cameOrWent |= !wasIn;
    }

    private void miss(Participant absent, Instant lastSeen, boolean leaveAtOnce) {
        Optional<Instant> missedSince = absent.visit().missedSince();
        if (missedSince.isPresent() || leaveAtOnce) {
            changed.add(absent.left(missedSince.orElse(lastSeen), now));
            cameOrWent = true;
        } else {
            changed.add(absent.missedSince(lastSeen));
            missed = true;
        }
    }

    private Optional<Participant> find(Predicate<Participant> which) {
        return known.stream().filter(which).findFirst();
    }
}
