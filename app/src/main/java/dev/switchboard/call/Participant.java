package dev.switchboard.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody's part in a Call.
 *
 * @param standing what is true
 * @param told what Slack was told of them; empty if they are not on its card
 * @param invitedBy who asked them in, if anyone did
 * @param since when the standing last changed
 * @param visit what is known of their stay in the room
 */
public record Participant(
        CallId call,
        Person person,
        Standing standing,
        Optional<Told> told,
        Optional<UserId> invitedBy,
        Instant since,
        Visit visit) {

    /**
     * What Slack was told of somebody.
     *
     * @param as the very person that was sent, by which alone Slack takes them off again
     * @param answered whether Slack has answered that they are on the card; otherwise a request to put them on or take
     *     them off is under way or its answer was lost, and they are on it or not
     */
    public record Told(Person as, boolean answered) {}

    /**
     * Somebody's stay in the room.
     *
     * @param key who they are to the meeting server, once they were seen there
     * @param missedSince when they were last seen, while the latest look missed them
     * @param length how long they were in, all stays together but the one that goes on
     */
    public record Visit(Optional<String> key, Optional<Instant> missedSince, Duration length) {
        static final Visit NONE = new Visit(Optional.empty(), Optional.empty(), Duration.ZERO);
    }

    /** Where somebody stands with a Call. */
    public enum Standing {
        /** Asked in; on the card. */
        INVITED(true),
        /** In the room; on the card. */
        PRESENT(true),
        /** Was in the room; off the card. */
        LEFT(false),
        /** Was asked in and had not come when the Call ended or they left it; off the card. */
        MISSED(false),
        /** Said no; off the card. */
        DECLINED(false),
        /** Slack doesn't know them; off the card, and never tried again. */
        REFUSED(false);

        private final boolean listed;

        Standing(boolean listed) {
            this.listed = listed;
        }
    }

    static Participant invited(CallId call, UserId user, UserId by, Instant now) {
        return new Participant(
                call, Person.of(user), Standing.INVITED, Optional.empty(), Optional.of(by), now, Visit.NONE);
    }

    /** Somebody who came without being asked. */
    static Participant arrived(CallId call, Person person, Instant now) {
        return new Participant(call, person, Standing.PRESENT, Optional.empty(), Optional.empty(), now, Visit.NONE);
    }

    /** Whether the card ought to show them. */
    public boolean listed() {
        return standing.listed;
    }

    /** Whether Slack has answered that the card shows them. */
    boolean shown() {
        return told.filter(Told::answered).isPresent();
    }

    /** As whom Slack knows them, or is to. */
    Person toSlack() {
        return told.map(Told::as).orElse(person);
    }

    /** Whether they are in the room. */
    public boolean present() {
        return standing == Standing.PRESENT;
    }

    /** Whether they were in the room at any time. */
    public boolean came() {
        return present() || standing == Standing.LEFT || !visit.length().isZero();
    }

    /** Whether this is that person of the workspace. */
    public boolean is(UserId user) {
        return person.slackId().filter(user::equals).isPresent();
    }

    /** How long they were in the room, up to a moment. */
    public Duration attended(Instant until) {
        return present() && until.isAfter(since) ? visit.length().plus(Duration.between(since, until)) : visit.length();
    }

    Participant standing(Standing now, Instant at) {
        return new Participant(call, person, now, told, invitedBy, at, visit);
    }

    /** Says no. The time that they were in counts all the same, here and below. */
    Participant declined(Instant at) {
        return out(at).standing(Standing.DECLINED, at);
    }

    /** Was asked in, and is not waited for any more: whoever was in before has left then. */
    Participant notComing(Instant at) {
        return standing(came() ? Standing.LEFT : Standing.MISSED, at);
    }

    /** Slack doesn't know them. */
    Participant refused(Instant at) {
        return out(at).standing(Standing.REFUSED, at);
    }

    private Participant out(Instant at) {
        return present() ? left(at, at) : this;
    }

    Participant told(Optional<Told> now) {
        return new Participant(call, person, standing, now, invitedBy, since, visit);
    }

    /** Slack is asked to put them on the card or to take them off. */
    Participant asking() {
        return told(Optional.of(new Told(toSlack(), false)));
    }

    /** Slack has answered that they are on the card. */
    Participant onCard() {
        return told(Optional.of(new Told(toSlack(), true)));
    }

    /** Slack has answered that they are not on the card, or was asked nothing. */
    Participant offCard() {
        return told(Optional.empty());
    }

    Participant invitedAgain(UserId by, Instant at) {
        return new Participant(call, person, Standing.INVITED, told, Optional.of(by), at, visit);
    }

    /** Seen in the room under that key. */
    Participant seen(Optional<String> key, Instant at) {
        Visit stay = new Visit(key, Optional.empty(), visit.length());
        return new Participant(call, person, Standing.PRESENT, told, invitedBy, present() ? since : at, stay);
    }

    /** Not seen, though they were in at the look before. */
    Participant missedSince(Instant lastSeen) {
        Visit stay = new Visit(visit.key(), Optional.of(lastSeen), visit.length());
        return new Participant(call, person, standing, told, invitedBy, since, stay);
    }

    /**
     * Left the room.
     *
     * @param lastIn when they were last in it
     */
    Participant left(Instant lastIn, Instant now) {
        Visit stay = new Visit(visit.key(), Optional.empty(), attended(lastIn));
        return new Participant(call, person, Standing.LEFT, told, invitedBy, now, stay);
    }

    /** Known to the meeting server by that key no longer; somebody else's row stands for them. */
    Participant unkeyed() {
        Visit stay = new Visit(Optional.empty(), Optional.empty(), visit.length());
        return new Participant(call, person, standing, told, invitedBy, since, stay);
    }
}
