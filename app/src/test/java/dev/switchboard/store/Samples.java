package dev.switchboard.store;

import dev.switchboard.call.Announcement;
import dev.switchboard.call.Announcement.Route;
import dev.switchboard.call.Announcement.State;
import dev.switchboard.call.Call;
import dev.switchboard.call.CallId;
import dev.switchboard.call.ChannelId;
import dev.switchboard.call.MessageRef;
import dev.switchboard.call.Participant;
import dev.switchboard.call.Person;
import dev.switchboard.call.ResponseUrl;
import dev.switchboard.call.Room;
import dev.switchboard.call.Snapshot;
import dev.switchboard.call.TeamId;
import dev.switchboard.call.Title;
import dev.switchboard.call.UserId;
import dev.switchboard.call.Watch;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Rows for the ledger's tests. */
final class Samples {
    private static final Instant NOW = CallStoreContract.NOW;

    private Samples() {}

    static Call call(String channel, String room) {
        return new Call(
                new CallId(UUID.randomUUID()),
                new TeamId("T1"),
                new ChannelId(channel),
                new UserId("U_ANA"),
                Title.of("Weekly 👩‍👩‍👧‍👦 '; drop table calls; --"),
                new Room(room, URI.create("https://meet.example.com/" + room), Optional.of(URI.create("app:" + room))),
                Call.RoomState.PLANNED,
                "123-456-789",
                Optional.of(new CallId(UUID.randomUUID())),
                Call.Visibility.PRIVATE,
                NOW,
                Optional.empty(),
                new Call.SlackSide(Optional.empty(), Title.of("told"), false, false, Optional.of("refused")),
                0,
                NOW);
    }

    static Call ended(Call call) {
        return copy(
                call,
                Optional.of(new Call.End(NOW.plusSeconds(60), Optional.of(call.creator()), Duration.ofSeconds(60))),
                call.visibility(),
                call.revision());
    }

    static Call with(Call call, Call.Visibility visibility) {
        return copy(call, call.end(), visibility, call.revision());
    }

    static Call atRevision(Call call, long revision) {
        return copy(call, call.end(), call.visibility(), revision);
    }

    static Call inDoubt(Call call) {
        Call.SlackSide slack = new Call.SlackSide(call.slack().id(), Optional.empty(), true, false, Optional.empty());
        return copy(call, call.end(), call.visibility(), slack, call.revision());
    }

    private static Call copy(Call call, Optional<Call.End> end, Call.Visibility visibility, long revision) {
        return copy(call, end, visibility, call.slack(), revision);
    }

    private static Call copy(
            Call call, Optional<Call.End> end, Call.Visibility visibility, Call.SlackSide slack, long revision) {
        return new Call(
                call.id(),
                call.team(),
                call.channel(),
                call.creator(),
                call.title(),
                call.room(),
                call.roomState(),
                call.displayId(),
                call.previous(),
                visibility,
                call.startedAt(),
                end,
                slack,
                revision,
                call.changedAt());
    }

    static Participant invited(CallId call, UserId user) {
        return new Participant(
                call,
                Person.of(user),
                Participant.Standing.INVITED,
                Optional.empty(),
                Optional.of(new UserId("U_ANA")),
                NOW,
                new Participant.Visit(Optional.empty(), Optional.empty(), Duration.ZERO));
    }

    static ResponseUrl responseUrl(int uses) {
        return new ResponseUrl(
                UUID.randomUUID(),
                new UserId("U_ANA"),
                new ChannelId("C1"),
                URI.create("https://hooks.example.com/commands/T1/1/abc"),
                NOW.plusSeconds(1_800),
                uses);
    }

    /** One of each kind that Slack is still owed. */
    static List<Announcement> announcements(CallId call) {
        UserId bo = new UserId("U_BO");
        UserId ana = new UserId("U_ANA");
        ChannelId channel = new ChannelId("C1");
        return List.of(
                announcement(call, new Announcement.IconAnswer(ana, true), Route.RESPONSE_URL),
                announcement(call, new Announcement.Card(channel), Route.MESSAGE),
                announcement(call, new Announcement.Ring(bo, ana), Route.DIRECT),
                announcement(
                        call,
                        new Announcement.Unfurl(
                                channel, "1.2", "https://x.example/?a&amp;b", Optional.of("Uxx"), Optional.of("s")),
                        Route.UNFURL),
                announcement(call, new Announcement.Question(channel, ana), Route.MESSAGE),
                announcement(call, new Announcement.Summary(new MessageRef(channel, "1.3")), Route.THREAD),
                announcement(
                        call,
                        new Announcement.Recording(
                                new MessageRef(channel, "1.3"),
                                URI.create("https://bbb.example.com/playback/1"),
                                Duration.ofMinutes(42)),
                        Route.THREAD),
                announcement(
                        call,
                        new Announcement.Notice(
                                ana, Announcement.Topic.NOT_INVITED, Optional.of(bo), Optional.of("user_not_found")),
                        Route.EPHEMERAL));
    }

    /** A Call that was just started, with a card and somebody to be rung, and leave to answer. */
    static Snapshot started(Call call) {
        return new Snapshot(
                call,
                Watch.of(call.id(), call.startedAt()),
                List.of(invited(call.id(), new UserId("U_BO"))),
                announcements(call.id()),
                List.of(responseUrl(ResponseUrl.USES)),
                NOW);
    }

    /** It is registered, somebody is on its card, the card is there, one more word is owed, an answer was given. */
    static Snapshot delivered(Snapshot known) {
        Call call = known.call();
        List<Announcement> announcements = known.announcements().stream()
                .map(one -> one.target() instanceof Announcement.Card ? in(State.DELIVERED, one) : one)
                .collect(Collectors.toCollection(ArrayList::new));
        announcements.add(new Announcement(
                new UUID(7, call.id().value().getLeastSignificantBits()),
                call.id(),
                new Announcement.Ring(new UserId("U_CY"), new UserId("U_ANA")),
                Route.DIRECT,
                State.OWED,
                NOW,
                Optional.empty(),
                Optional.empty()));
        return used(new Snapshot(
                copy(call, call.end(), Call.Visibility.PUBLIC, call.revision()),
                known.watch(),
                known.participants().stream().map(Samples::told).toList(),
                List.copyOf(announcements),
                known.responseUrls(),
                known.readAt()));
    }

    /** One answer less may be given. */
    static Snapshot used(Snapshot known) {
        return new Snapshot(
                known.call(),
                known.watch(),
                known.participants(),
                known.announcements(),
                known.responseUrls().stream()
                        .filter(url -> url.usesLeft() > 1)
                        .map(url -> new ResponseUrl(
                                url.id(), url.user(), url.channel(), url.url(), url.expires(), url.usesLeft() - 1))
                        .toList(),
                known.readAt());
    }

    /** The Call is over. */
    static Snapshot over(Snapshot known) {
        return new Snapshot(
                ended(known.call()),
                known.watch(),
                known.participants(),
                known.announcements(),
                known.responseUrls(),
                known.readAt());
    }

    static Participant declined(Participant one) {
        return new Participant(
                one.call(),
                one.person(),
                Participant.Standing.DECLINED,
                one.told(),
                one.invitedBy(),
                one.since().plusSeconds(1),
                one.visit());
    }

    static Participant told(Participant one) {
        return told(one, true);
    }

    static Participant inDoubt(Participant one) {
        return told(one, false);
    }

    private static Participant told(Participant one, boolean answered) {
        return new Participant(
                one.call(),
                one.person(),
                one.standing(),
                Optional.of(new Participant.Told(one.person(), answered)),
                one.invitedBy(),
                one.since(),
                one.visit());
    }

    private static Announcement in(State state, Announcement one) {
        return new Announcement(
                one.id(), one.call(), one.target(), one.route(), state, one.createdAt(), one.triedAt(), one.message());
    }

    private static Announcement announcement(CallId call, Announcement.Target target, Route route) {
        return new Announcement(
                UUID.randomUUID(),
                call,
                target,
                route,
                State.TRYING,
                NOW,
                Optional.of(NOW.plusMillis(5)),
                Optional.of(new MessageRef(new ChannelId("C9"), "1700000000.000100")));
    }
}
