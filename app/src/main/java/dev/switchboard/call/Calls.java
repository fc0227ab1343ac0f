package dev.switchboard.call;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What people may do. Every method commits before it returns; telling Slack is left to the {@link CallMirror}, which is
 * woken after the commit.
 */
public final class Calls {
    /** How many Calls a list shows. */
    private static final int LISTED = 20;

    private final CallStore store;
    private final MeetingProvider meetings;
    private final SlackCalls slack;
    private final Rhythm rhythm;
    private final Clock clock;
    private final Mirroring mirror;
    private final Once once;
    private final Openings openings;
    private final Endings endings;

    public Calls(
            CallStore store,
            MeetingProvider meetings,
            SlackCalls slack,
            IdSource ids,
            Rhythm rhythm,
            Clock clock,
            Mirroring mirror) {
        this.store = store;
        this.meetings = meetings;
        this.slack = slack;
        this.rhythm = rhythm;
        this.clock = clock;
        this.mirror = mirror;
        this.once = new Once(store, clock, mirror);
        this.openings = new Openings(meetings, ids, rhythm);
        this.endings = new Endings(meetings);
    }

    /** Starts a Call in the conversation, or says which one to join instead. */
    public Outcome start(Invocation by, StartRequest request) {
        Optional<StartRequest.Link> link = request.links().stream()
                .filter(pasted -> meetings.recognise(pasted.uri()).isPresent())
                .findFirst();
        if (link.isEmpty() && request.linkAlone()) {
            return new Outcome.NotARoom();
        }
        Optional<Room> pasted = link.flatMap(room -> meetings.recognise(room.uri()));
        Optional<Title> title = link.map(StartRequest.Link::title).orElseGet(request::title);
        Room room = pasted.orElseGet(() -> openings.newRoom(title));
        return once.startPerDelivery(by.delivery(), ledger -> {
            List<Call> instead = request.anyCallWillDo()
                    ? ledger.liveIn(by.team(), by.channel())
                    : pasted.flatMap(found -> ledger.liveInRoom(by.team(), found.key())).stream()
                            .toList();
            if (!instead.isEmpty()) {
                return Once.Start.none(new Outcome.JoinInstead(instead, pasted.isEmpty()));
            }
            Instant now = clock.instant();
            Call call = pasted.isPresent()
                    ? openings.inRoomOfLink(ledger, by, title, room, now)
                    : openings.inNewRoom(by, title, room, now);
            List<UserId> invited = request.invited().stream()
                    .filter(user -> !user.equals(by.user()))
                    .distinct()
                    .toList();
            List<Announcement.Target> card = List.of(new Announcement.Card(by.channel()));
            return openings.start(ledger, by, call, request.anyCallWillDo(), card, invited);
        });
    }

    /** Starts a Call from Slack's Call icon: the person is taken into the room, and the conversation gets the card. */
    public Outcome startFromIcon(Invocation by, boolean audio) {
        Room room = openings.newRoom(Optional.empty());
        List<Announcement.Target> shown =
                List.of(new Announcement.IconAnswer(by.user(), audio), new Announcement.Card(by.channel()));
        return once.startPerDelivery(by.delivery(), ledger -> {
            Call call = openings.inNewRoom(by, Optional.empty(), room, clock.instant());
            return openings.start(ledger, by, call, false, shown, List.of());
        });
    }

    /**
     * Does something with a live Call.
     *
     * @param chosen the Call that is meant; empty for the one here, which may lead to the question which
     */
    public Outcome request(Invocation by, CallRequest request, Optional<CallId> chosen) {
        if (request instanceof CallRequest.Invite invite) {
            return once.perDelivery(
                    by.delivery(),
                    ledger -> onLive(ledger, by, request, chosen, call -> {
                        Instant now = clock.instant();
                        keepResponseUrl(ledger, by, call.id(), now);
                        Outcome.Invited invited = invite(ledger, call, by.user(), invite.users(), now);
                        touch(ledger, call, now);
                        ledger.outOfStep(call.id(), now);
                        return invited;
                    }));
        }
        if (request instanceof CallRequest.Rename rename) {
            return once.perDelivery(
                    by.delivery(),
                    ledger -> onLive(ledger, by, request, chosen, call -> {
                        Instant now = clock.instant();
                        Room titled = meetings.here(call.room())
                                .map(room -> meetings.titled(room, Optional.of(rename.title())))
                                .orElse(call.room());
                        Call renamed = call.renamed(rename.title(), titled);
                        ledger.save(renamed);
                        touch(ledger, call, now);
                        ledger.outOfStep(call.id(), now);
                        return new Outcome.Renamed(renamed);
                    }));
        }
        return request instanceof CallRequest.End ? end(by, chosen) : info(by, chosen);
    }

    /** Ends that Call. */
    public Outcome end(Invocation by, CallId call) {
        return end(by, Optional.of(call));
    }

    /** The live Calls that the person may see from here. */
    public Outcome list(Invocation by) {
        Seen seen = seen(by, (ledger, viewer) -> ledger.liveVisibleTo(viewer, LISTED + 1));
        List<Call> live = seen.calls();
        return new Outcome.Listing(live.subList(0, Math.min(LISTED, live.size())), live.size() > LISTED, seen.unsure());
    }

    /** The last Calls that the person may see from here. */
    public Outcome history(Invocation by) {
        Seen seen = seen(by, (ledger, viewer) -> ledger.endedVisibleTo(viewer, LISTED));
        boolean more = seen.calls().size() < LISTED && store.change(ledger -> ledger.endedLongAgo(by.team()));
        return new Outcome.History(
                seen.calls(), more ? Optional.of(Ledger.LOOKED_BACK) : Optional.empty(), seen.unsure());
    }

    /** @param unsure whether there may be more, which a guest would not be shown */
    private record Seen(List<Call> calls, boolean unsure) {}

    /** Slack is asked whether somebody is a guest only where that makes a difference. */
    private Seen seen(Invocation by, BiFunction<Ledger, Viewer, List<Call>> look) {
        List<Call> all =
                store.change(ledger -> look.apply(ledger, new Viewer(by.team(), by.user(), by.channel(), false)));
        boolean differs = all.stream()
                .anyMatch(call ->
                        !call.channel().equals(by.channel()) && !call.creator().equals(by.user()));
        Optional<Boolean> guest = differs ? slack.isGuest(by.team(), by.user()).value() : Optional.of(false);
        if (guest.equals(Optional.of(false))) {
            return new Seen(all, false);
        }
        List<Call> some =
                store.change(ledger -> look.apply(ledger, new Viewer(by.team(), by.user(), by.channel(), true)));
        return new Seen(some, guest.isEmpty() && some.size() < all.size());
    }

    /** Links were pasted: each that leads to a room of ours gets its Call and its unfurl. */
    public void linksShared(SharedLinks shared) {
        LinkedHashSet<CallId> changed = store.change(ledger -> {
            LinkedHashSet<CallId> touched = new LinkedHashSet<>();
            Instant now = clock.instant();
            if (ledger.firstSight(shared.delivery(), now)) {
                lockInOrder(ledger, shared);
                for (SharedLinks.Link link : shared.links()) {
                    meetings.recognise(link.uri())
                            .flatMap(room -> callOf(ledger, shared, room, now))
                            .filter(call -> unfurl(ledger, call, shared, link, now))
                            .ifPresent(call -> touched.add(call.id()));
                }
                touched.forEach(id -> ledger.outOfStep(id, now));
            }
            return touched;
        });
        changed.forEach(mirror::wake);
    }

    /** Each Call before its room's watch, and one Call after the other, as whoever looks at rooms has them. */
    private void lockInOrder(Ledger ledger, SharedLinks shared) {
        shared.links().stream()
                .flatMap(link -> meetings.recognise(link.uri()).stream())
                .flatMap(room -> ledger.liveInRoom(shared.team(), room.key()).stream())
                .map(Call::id)
                .distinct()
                .sorted(Comparator.comparing(CallId::value))
                .forEachOrdered(ledger::call);
    }

    private Optional<Call> callOf(Ledger ledger, SharedLinks shared, Room room, Instant now) {
        Optional<Call> live = ledger.liveInRoom(shared.team(), room.key());
        if (live.isPresent() || shared.composing()) {
            return live; // a draft may never be sent: it starts nothing
        }
        Invocation by = new Invocation(
                shared.team(),
                shared.channel(),
                shared.user(),
                shared.delivery(),
                Optional.empty(),
                Call.Visibility.PRIVATE_UNTIL_KNOWN);
        Call found = openings.inRoomOfLink(ledger, by, Optional.empty(), room, now);
        ledger.open(found, false, now);
        return Optional.of(found);
    }

    private boolean unfurl(Ledger ledger, Call call, SharedLinks shared, SharedLinks.Link link, Instant now) {
        Announcement.Unfurl unfurl =
                new Announcement.Unfurl(shared.channel(), shared.ts(), link.text(), shared.unfurlId(), shared.source());
        if (ledger.hasUnfurl(call.id(), unfurl)) {
            return false;
        }
        openings.announce(ledger, call.id(), unfurl, now);
        touch(ledger, call, now);
        return true;
    }

    private Outcome end(Invocation by, Optional<CallId> chosen) {
        Outcome outcome = once.perDelivery(
                by.delivery(),
                ledger -> onLive(
                        ledger,
                        by,
                        new CallRequest.End(),
                        chosen,
                        call -> mayEnd(ledger, call, by.user())
                                ? end(ledger, call, by.user())
                                : new Outcome.NotYours(call, false)));
        if (!(outcome instanceof Outcome.NotYours refused)) {
            return outcome;
        }
        Reply<Boolean> admin = slack.isAdmin(by.team(), by.user());
        if (!admin.value().orElse(false)) {
            return new Outcome.NotYours(refused.call(), !admin.settled());
        }
        Outcome ended = store.change(ledger -> onLive(
                ledger,
                by,
                new CallRequest.End(),
                Optional.of(refused.call().id()),
                call -> end(ledger, call, by.user())));
        mirror.wake(refused.call().id());
        return ended;
    }

    /** The creator and whoever is on the Call; admins, whom only Slack knows, come on top. */
    private static boolean mayEnd(Ledger ledger, Call call, UserId user) {
        return call.creator().equals(user)
                || ledger.participants(call.id()).stream().anyMatch(p -> p.is(user) && p.listed());
    }

    private Outcome end(Ledger ledger, Call call, UserId by) {
        boolean peopleIn = ledger.watch(call.id()).filter(Watch::occupied).isPresent();
        Call ended = endings.byPerson(ledger, call, by, clock.instant());
        boolean roomStaysOpen = peopleIn && ended.roomState() != Call.RoomState.CLOSING;
        return new Outcome.Ended(ended, ended.end().orElseThrow().duration(), roomStaysOpen);
    }

    private Outcome info(Invocation by, Optional<CallId> chosen) {
        Outcome known = store.change(ledger -> onLive(
                ledger,
                by,
                new CallRequest.Info(),
                chosen,
                call -> new Outcome.Told(call, ledger.participants(call.id()), Optional.empty())));
        if (known instanceof Outcome.Told told && told.call().slack().id().isPresent()) {
            return new Outcome.Told(
                    told.call(), told.participants(), slack.info(told.call()).value());
        }
        return known;
    }

    private Outcome onLive(
            Ledger ledger,
            Invocation by,
            CallRequest request,
            Optional<CallId> chosen,
            Function<Call, Outcome> action) {
        List<Call> meant = chosen.map(id -> ledger
                        .call(id)
                        .filter(call -> call.team().equals(by.team()))
                        .stream()
                        .toList())
                .orElseGet(() -> here(ledger, by));
        if (meant.isEmpty()) {
            return new Outcome.NoneLive();
        }
        if (meant.size() > 1) {
            return new Outcome.Which(request, meant);
        }
        Call call = ledger.call(meant.get(0).id()).orElseThrow();
        return call.live() ? action.apply(call) : new Outcome.Over(call);
    }

    /** The Calls that were started here; where there are none, those whose link was pasted here. */
    private static List<Call> here(Ledger ledger, Invocation by) {
        List<Call> started = ledger.liveIn(by.team(), by.channel());
        return started.isEmpty() ? ledger.sharedIn(by.team(), by.channel()) : started;
    }

    private Outcome.Invited invite(Ledger ledger, Call call, UserId by, List<UserId> users, Instant now) {
        List<Participant> present = ledger.participants(call.id());
        List<UserId> invited = new ArrayList<>();
        List<UserId> already = new ArrayList<>();
        for (UserId user : new LinkedHashSet<>(users)) {
            Optional<Participant> known =
                    present.stream().filter(p -> p.is(user)).findFirst();
            if (known.filter(Participant::listed).isPresent()) {
                already.add(user);
            } else if (!user.equals(by)) {
                ledger.save(known.map(p -> p.invitedAgain(by, now))
                        .orElseGet(() -> Participant.invited(call.id(), user, by, now)));
                openings.announce(ledger, call.id(), new Announcement.Ring(user, by), now);
                invited.add(user);
            }
        }
        return new Outcome.Invited(call, invited, already);
    }

    private void touch(Ledger ledger, Call call, Instant now) {
        ledger.touch(call.id(), now, now.plus(rhythm.firstLook()));
    }

    private void keepResponseUrl(Ledger ledger, Invocation by, CallId call, Instant now) {
        openings.responseUrl(by, now).ifPresent(url -> ledger.keep(call, url));
    }
}
