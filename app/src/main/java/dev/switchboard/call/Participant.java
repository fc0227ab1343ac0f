package dev.switchboard.call;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody's part in a Call.
 *
 * @param standing what is true
 * @param told what Slack's card shows of them: the very person that was sent, or empty if they are not on it
 * @param invitedBy who asked them in, if anyone did
 * @param since when the standing last changed
 */
public record Participant(
        CallId call,
        Person person,
        Standing standing,
        Optional<Person> told,
        Optional<UserId> invitedBy,
        Instant since) {

    /** Where somebody stands with a Call. */
    public enum Standing {
        /** Asked in; on the card. */
        INVITED(true),
        /** In the room; on the card. */
        PRESENT(true),
        /** Was in the room; off the card. */
        LEFT(false),
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
        return new Participant(call, Person.of(user), Standing.INVITED, Optional.empty(), Optional.of(by), now);
    }

    /** Whether the card ought to show them. */
    public boolean listed() {
        return standing.listed;
    }

    /** Whether this is that person of the workspace. */
    public boolean is(UserId user) {
        return person.slackId().filter(user::equals).isPresent();
    }

    Participant standing(Standing now, Instant at) {
        return new Participant(call, person, now, told, invitedBy, at);
    }

    Participant told(Optional<Person> sent) {
        return new Participant(call, person, standing, sent, invitedBy, since);
    }

    Participant invitedAgain(UserId by, Instant at) {
        return new Participant(call, person, Standing.INVITED, told, Optional.of(by), at);
    }
}
