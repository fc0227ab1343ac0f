package dev.switchboard.meeting.jitsi;

import dev.switchboard.call.Presence;
import dev.switchboard.call.Presence.Unknown;
import dev.switchboard.call.Room;
import dev.switchboard.meeting.MeetingHttp.Reply;
import dev.switchboard.meeting.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out who is in rooms: from the census where there is one, and for rooms with somebody in them from the room. */
final class RoomPolls {
    /** How long a token that was accepted is taken to be good. */
    private static final Duration TRUSTED = Duration.ofMinutes(10);

    private final RoomApi api;
    private final Census census;
    private final Rounds rounds;
    private final boolean tokensInUse;
    private final Clock clock;
    private volatile Instant accepted = Instant.MIN;
    private volatile Optional<String> mucDomain = Optional.empty();

    RoomPolls(RoomApi api, Census census, Rounds rounds, boolean tokensInUse, Clock clock) {
        this.api = api;
        this.census = census;
        this.rounds = rounds;
        this.tokensInUse = tokensInUse;
        this.clock = clock;
    }

    /** The XMPP domain of the rooms, once a room showed it. */
    Optional<String> mucDomain() {
        return mucDomain;
    }

    Map<String, Presence> poll(Collection<Room> rooms) {
        Census.Answer counted = rooms.isEmpty() ? new Census.Answer(Optional.empty(), Optional.empty()) : census.ask();
        Map<String, Presence> found = new HashMap<>();
        List<String> toAsk = new ArrayList<>();
        for (Room room : rooms) {
            Optional<Presence> known = known(counted, JitsiRoom.ofKey(room.key()));
            known.ifPresentOrElse(presence -> found.put(room.key(), presence), () -> toAsk.add(room.key()));
        }
        found.putAll(rounds.presences(
                toAsk, key -> ask(JitsiRoom.ofKey(key), counted.counts().isPresent())));
        return found;
    }

    /** What the census says of a room; empty where the room itself has to be asked. */
    private static Optional<Presence> known(Census.Answer counted, JitsiRoom room) {
        if (counted.trouble().isPresent()) {
            return Optional.of(counted.trouble().get());
        }
        if (counted.counts().isEmpty()) {
            return Optional.empty();
        }
        Optional<Integer> count = counted.count(room);
        if (count.isEmpty()) {
            return Optional.of(new Presence.Absent());
        }
        return count.get() == 0 ? Optional.of(new Presence.Live(List.of(), 0)) : Optional.empty();
    }

    private Presence ask(JitsiRoom room, boolean counted) {
        Reply reply = api.room(room);
        if (!(reply instanceof Reply.Answered answer)) {
            return Trouble.of(reply, "the room");
        }
        if (RoomApi.saysAbsent(answer)) {
            return new Presence.Absent();
        }
        if (answer.status() == 403 && tokensInUse) {
            return refused(counted);
        }
        Optional<Roster> roster = answer.status() == 200 ? Roster.read(answer.text()) : Optional.empty();
        if (roster.isEmpty()) {
            return Trouble.of(reply, "the room");
        }
        accepted = clock.instant();
        roster.get().mucDomain().ifPresent(domain -> mucDomain = Optional.of(domain));
        return roster.get().live();
    }

    /** Newer servers refuse even a good token while the room isn't there, so what it means depends on the token. */
    private Presence refused(boolean counted) {
        boolean good = !accepted.equals(Instant.MIN) && clock.instant().isBefore(accepted.plus(TRUSTED));
        return good && !counted
                ? new Presence.Absent()
                : new Unknown("status 403: the token was refused, or the room has not started", Optional.empty());
    }
}
