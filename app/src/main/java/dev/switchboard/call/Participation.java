package dev.switchboard.call;

import dev.switchboard.call.MeetingProvider.Joiner;
import dev.switchboard.call.Participant.Standing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What people do about their own part in a Call: decline it, join it, leave it, ask for a link of their own. Every
 * method commits before it returns.
 */
public final class Participation {
    private static final Logger LOG = System.getLogger(Participation.class.getName());

    private final MeetingProvider meetings;
    private final SlackCalls slack;
    private final IdSource ids;
    private final Rhythm rhythm;
    private final Clock clock;
    private final Once once;

    public Participation(
            CallStore store,
            MeetingProvider meetings,
            SlackCalls slack,
            IdSource ids,
            Rhythm rhythm,
            Clock clock,
            Mirroring mirror) {
        this.meetings = meetings;
        this.slack = slack;
        this.ids = ids;
        this.rhythm = rhythm;
        this.clock = clock;
        this.once = new Once(store, clock, mirror);
    }

    /** Declines a Call by one of our own buttons. */
    public Outcome decline(Invocation by, CallId id) {
        return onLive(by, id, (ledger, call) -> {
            decline(ledger, call, by.user());
            return new Outcome.Declined(call);
        });
    }

    /**
     * Somebody declined on Slack's own card ({@code call_rejected}).
     *
     * @param external our id, in case Slack's own is not yet in the ledger
     * @return whether the Call is one of ours
     */
    public boolean declined(String delivery, TeamId team, UserId user, SlackCallId slackId, Optional<CallId> external) {
        Outcome outcome = once.perDelivery(
                delivery,
                ledger -> ledger.bySlackId(team, slackId)
                        .map(Call::id)
                        .or(() -> external)
                        .flatMap(ledger::call)
                        .filter(call -> call.team().equals(team))
                        .<Outcome>map(call -> {
                            if (call.live()) {
                                decline(ledger, call, user);
                            }
                            return new Outcome.Declined(call);
                        })
                        .orElseGet(Outcome.NoneLive::new));
        return !(outcome instanceof Outcome.NoneLive);
    }

    /** Somebody followed our Join button; where the meeting server can't tell who is in, that is all we know. */
    public Outcome join(Invocation by, CallId id) {
        return onLive(by, id, (ledger, call) -> {
            join(ledger, call, by.user());
            return new Outcome.Noted(call, Outcome.Word.JOINED);
        });
    }

    /** Somebody says that they have left. */
    public Outcome leave(Invocation by, CallId id) {
        return onLive(by, id, (ledger, call) -> new Outcome.Noted(call, leave(ledger, call, by.user())));
    }

    /** Somebody says that the Call goes on. */
    public Outcome stillOn(Invocation by, CallId id) {
        return touch(by, id, Outcome.Word.STILL_ON);
    }

    /**
     * A link with which the person joins as themselves. May ask Slack and the meeting server, so it is for after the
     * acknowledgement.
     */
    public Outcome ownLink(Invocation by, CallId id) {
        Outcome noted = touch(by, id, Outcome.Word.JOINED);
        if (!(noted instanceof Outcome.Noted live)) {
            return noted;
        }
        Call call = live.call();
        Optional<Room> room = meetings.here(call.room());
        if (room.isEmpty()) {
            return new Outcome.NoLink(call, false);
        }
        Reply<SlackCalls.Profile> profile = slack.profile(by.team(), by.user());
        if (profile.value().isEmpty()) {
            LOG.log(Level.WARNING, "call={0} method=users.info error={1} no own link", id, profile.code());
            return new Outcome.NoLink(call, true);
        }
        SlackCalls.Profile person = profile.value().get();
        MeetingReply<URI> link = meetings.personalLink(
                room.get(),
                call.title(),
                new Joiner(
                        by.user(),
                        person.name(),
                        person.email(),
                        person.avatar(),
                        // A room that was there before has its moderators from elsewhere.
                        call.creator().equals(by.user()) && call.roomState() != Call.RoomState.FOUND));
        if (link.value().isEmpty()) {
            LOG.log(Level.WARNING, "call={0} method=meeting.link error={1} no own link", id, link.why());
            return new Outcome.NoLink(call, link.worthRetrying());
        }
        return new Outcome.OwnLink(call, link.value().get());
    }

    private Outcome onLive(Invocation by, CallId id, BiFunction<Ledger, Call, Outcome> action) {
        return once.perDelivery(
                by.delivery(),
                ledger -> ledger.call(id)
                        .filter(call -> call.team().equals(by.team()))
                        .map(call -> call.live() ? action.apply(ledger, call) : new Outcome.Over(call))
                        .orElseGet(Outcome.NoneLive::new));
    }

    private Outcome touch(Invocation by, CallId id, Outcome.Word word) {
        return onLive(by, id, (ledger, call) -> {
            touch(ledger, call);
            return new Outcome.Noted(call, word);
        });
    }

    private void touch(Ledger ledger, Call call) {
        Instant now = clock.instant();
        ledger.touch(call.id(), now, now.plus(rhythm.firstLook()));
        ledger.outOfStep(call.id(), now);
    }

    private void join(Ledger ledger, Call call, UserId user) {
        if (!meetings.can(MeetingProvider.Capability.PRESENCE)) {
            Instant now = clock.instant();
            Participant joined = find(ledger, call, user)
                    .map(known -> known.seen(Optional.empty(), now))
                    .orElseGet(() -> Participant.arrived(call.id(), Person.of(user), now));
            ledger.save(joined);
        }
        touch(ledger, call);
    }

    /** Whoever was asked in and never came doesn't decline by that: they may still do so, and whoever asked is told then. */
    private Outcome.Word leave(Ledger ledger, Call call, UserId user) {
        Instant now = clock.instant();
        touch(ledger, call);
        Optional<Participant> known = find(ledger, call, user).filter(Participant::listed);
        if (known.isEmpty()) {
            return Outcome.Word.NOT_ON;
        }
        Participant listed = known.get();
        ledger.save(listed.present() ? listed.left(now, now) : listed.notComing(now));
        return listed.present() ? Outcome.Word.LEFT : Outcome.Word.NOT_COMING;
    }

    private void decline(Ledger ledger, Call call, UserId user) {
        Instant now = clock.instant();
        Optional<Participant> known = find(ledger, call, user);
        if (known.filter(p -> p.standing() == Standing.DECLINED).isPresent()) {
            return;
        }
        ledger.save(known.orElseGet(() -> Participant.invited(call.id(), user, call.creator(), now))
                .declined(now));
        if (!user.equals(call.creator())) {
            Announcement.Notice declined = new Announcement.Notice(
                    call.creator(), Announcement.Topic.DECLINED, Optional.of(user), Optional.empty());
            ledger.add(Announcement.of(ids.uuid(), call.id(), declined, now));
        }
        touch(ledger, call);
    }

    private static Optional<Participant> find(Ledger ledger, Call call, UserId user) {
        return ledger.participants(call.id()).stream().filter(p -> p.is(user)).findFirst();
    }
}
