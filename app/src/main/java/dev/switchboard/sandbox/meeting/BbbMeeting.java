package dev.switchboard.sandbox.meeting;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One meeting. Not safe for several threads: {@link BbbMeetings} is. */
final class BbbMeeting {
    /** How many sessions one userID may have; the next one ends the oldest: {@code maxUserConcurrentAccesses}. */
    private static final int SESSIONS_OF_ONE = 3;

    final String id;
    final String internalId;
    final String name;
    final Instant created;
    final Map<String, String> parameters;
    final Map<String, String> metadata = new TreeMap<>();
    final String attendeePassword;
    final String moderatorPassword;
    final Occupants present = new Occupants();
    final Map<String, Ticket> tickets = new LinkedHashMap<>();
    private Optional<Instant> emptySince = Optional.empty();
    private Optional<Instant> endAsked = Optional.empty();
    private boolean joined;

    BbbMeeting(Map<String, String> parameters, Instant created, String generated) {
        this.id = parameters.getOrDefault("meetingID", "");
        this.name = parameters.getOrDefault("name", "");
        this.created = created;
        this.internalId = BbbSignature.hash("SHA-1", id) + '-' + created.toEpochMilli();
        this.parameters = Map.copyOf(parameters);
        this.attendeePassword = parameters.getOrDefault("attendeePW", generated);
        this.moderatorPassword = parameters.getOrDefault("moderatorPW", generated + "m");
        parameters.forEach((key, value) -> {
            if (key.startsWith("meta_")) {
                metadata.put(key.substring("meta_".length()).toLowerCase(Locale.ROOT), value);
            }
        });
    }

    /** Where a link has let somebody in, and their tab may come. */
    record Ticket(String userId, String name, boolean moderator, boolean waiting, boolean tabOpen) {
        Ticket open(boolean now) {
            return new Ticket(userId, name, moderator, waiting, now);
        }

        Ticket admitted() {
            return new Ticket(userId, name, moderator, false, tabOpen);
        }
    }

    boolean samePasswords(Map<String, String> asked) {
        return List.of("attendeePW", "moderatorPW").stream()
                .allMatch(key -> Optional.ofNullable(asked.get(key)).equals(Optional.ofNullable(parameters.get(key))));
    }

    boolean recorded() {
        return parameters.getOrDefault("record", "").equals("true");
    }

    /** Whether somebody came in (or into the waiting room), and whose sessions had to go for it. */
    record Entered(boolean in, List<String> ousted) {}

    /** Comes in with a ticket. */
    Entered enter(String session) {
        Ticket ticket = tickets.get(session);
        if (ticket == null) {
            return new Entered(false, List.of());
        }
        tickets.put(session, ticket.open(true));
        if (ticket.waiting()) {
            return new Entered(true, List.of());
        }
        joined = true;
        emptySince = Optional.empty();
        present.put(
                new Occupant(session, ticket.userId(), ticket.name(), "", ticket.moderator(), false, Optional.empty()));
        List<String> same = present.all().stream()
                .filter(occupant -> occupant.userId().equals(ticket.userId()))
                .map(Occupant::session)
                .toList();
        List<String> ousted = same.subList(0, Math.max(0, same.size() - SESSIONS_OF_ONE));
        ousted.forEach(old -> {
            present.remove(old);
            tickets.remove(old);
        });
        return new Entered(true, ousted);
    }

    void leave(String session, Instant now) {
        tickets.computeIfPresent(session, (same, ticket) -> ticket.open(false));
        if (present.remove(session) && present.isEmpty()) {
            emptySince = Optional.of(now);
        }
    }

    /** Lets in whoever waits for a moderator. */
    void admit() {
        tickets.replaceAll((session, ticket) -> ticket.admitted());
        List.copyOf(tickets.entrySet()).stream()
                .filter(entry -> entry.getValue().tabOpen())
                .filter(entry -> present.get(entry.getKey()).isEmpty())
                .forEach(entry -> enter(entry.getKey()));
    }

    long waiting() {
        return tickets.values().stream()
                .filter(ticket -> ticket.waiting() && ticket.tabOpen())
                .count();
    }

    /** Ends it for everybody, and says since when it is ending. */
    Instant end(Instant now) {
        if (endAsked.isEmpty()) {
            endAsked = Optional.of(now);
        }
        present.all().forEach(occupant -> present.remove(occupant.session()));
        tickets.clear();
        return endAsked.orElse(now);
    }

    Optional<Instant> endAsked() {
        return endAsked;
    }

    boolean hasUserJoined() {
        return joined;
    }

    /** Whether it is over at that time: ended, never joined, or left. */
    boolean goneBy(Instant now, Duration endTakes) {
        Optional<Instant> lost = present.giveUpLost(now);
        if (present.isEmpty() && lost.isPresent()) {
            emptySince = lost;
        }
        Optional<Instant> until = endAsked.map(asked -> asked.plus(endTakes))
                .or(() -> joined
                        ? emptySince.flatMap(since -> after(since, "meetingExpireWhenLastUserLeftInMinutes", 1))
                        : after(created, "meetingExpireIfNoUserJoinedInMinutes", 5));
        return until.filter(end -> !now.isBefore(end)).isPresent();
    }

    /** Zero minutes are for ever. */
    private Optional<Instant> after(Instant since, String parameter, int usual) {
        int minutes = number(parameters.get(parameter), usual);
        return minutes == 0 ? Optional.empty() : Optional.of(since.plus(Duration.ofMinutes(minutes)));
    }

    private static int number(@Nullable String text, int usual) {
        return text != null && text.matches("\\d{1,6}") ? Integer.parseInt(text) : usual;
    }
}
