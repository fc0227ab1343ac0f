package dev.switchboard.call;

import dev.switchboard.call.Presence.Occupant;
import dev.switchboard.call.Reply.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who the people in a room are: of the workspace by the id or the address they came with, else strangers by name. */
final class Identities {
    /** Looks wait for this; who isn't found by then is found at the next look. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** With these it may yet turn out who it is, and the card must not show one person as two. */
    private static final Set<Verdict> OPEN = Set.of(Verdict.LATER, Verdict.LOST, Verdict.HELD);

    private final SlackCalls slack;
    private final Clock clock;
    private final Instant until;

    /** For one round of looks. */
    Identities(SlackCalls slack, Clock clock) {
        this.slack = slack;
        this.clock = clock;
        this.until = clock.instant().plus(PATIENCE);
    }

    /** Each of them by {@link Occupant#key}; without those who can't be told yet. */
    Map<String, Person> of(TeamId team, List<Occupant> people) {
        Map<String, Person> found = new HashMap<>();
        people.forEach(occupant -> of(team, occupant).ifPresent(person -> found.put(occupant.key(), person)));
        return found;
    }

    private Optional<Person> of(TeamId team, Occupant occupant) {
        Person stranger = Person.external(occupant.key(), occupant.name(), occupant.avatar());
        if (occupant.slackId().isPresent()) {
            return occupant.slackId().map(Person::of);
        }
        if (occupant.email().isEmpty()) {
            return Optional.of(stranger);
        }
        if (clock.instant().isAfter(until)) {
            return Optional.empty();
        }
        Reply<Optional<UserId>> reply = slack.userByEmail(team, occupant.email().get());
        if (OPEN.contains(reply.verdict())) {
            return Optional.empty();
        }
        return Optional.of(reply.value().flatMap(user -> user).map(Person::of).orElse(stranger));
    }
}
