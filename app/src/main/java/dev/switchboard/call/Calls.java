package dev.switchboard.call;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
    private final IdSource ids;
    private final Clock clock;
    private final Consumer<CallId> outOfStep;

    /** @param outOfStep told after the commit of each change that Slack is owed */
    public Calls(
            CallStore store,
            MeetingProvider meetings,
            SlackCalls slack,
            IdSource ids,
            Clock clock,
            Consumer<CallId> outOfStep) {
        this.store = store;
        this.meetings = meetings;
        this.slack = slack;
        this.ids = ids;
        this.clock = clock;
        this.outOfStep = outOfStep;
    }

    /** Starts a Call in the conversation, or says which one to join instead. */
    public Outcome start(Invocation by, StartRequest request) {
        Optional<Room> pasted = request.link().flatMap(meetings::recognise);
        if (request.link().isPresent()
                && pasted.isEmpty()
                && request.titleWithLink().isEmpty()) {
            return new Outcome.NotARoom();
        }
        Optional<Title> title =
                request.link().isPresent() && pasted.isEmpty() ? request.titleWithLink() : request.title();
        Room room = pasted.orElseGet(() -> meetings.room(roomName(title), title));
        return changing(by.delivery(), ledger -> {
            List<Call> instead = request.anyCallWillDo()
                    ? ledger.liveIn(by.team(), by.channel())
                    : ledger.liveInRoom(by.team(), room.key()).stream().toList();
            if (!instead.isEmpty()) {
                return new Outcome.JoinInstead(instead, pasted.isEmpty());
            }
            Instant now = clock.instant();
            Call call = newCall(ledger, by, title, room, now);
            ledger.open(call, request.anyCallWillDo());
            keepResponseUrl(ledger, by, call.id(), now);
            ledger.save(announcement(call.id(), new Announcement.Card(by.channel()), now));
            List<UserId> invited =
                    invite(ledger, call, by.user(), request.invited(), now).invited();
            ledger.outOfStep(call.id(), now);
            return new Outcome.Started(call, invited);
        });
    }

    /** Starts a Call from Slack's Call icon: the person is taken into the room, and the conversation gets the card. */
    public Outcome startFromIcon(Invocation by, boolean audio) {
        Room room = meetings.room(roomName(Optional.empty()), Optional.empty());
        return changing(by.delivery(), ledger -> {
            Instant now = clock.instant();
            Call call = newCall(ledger, by, Optional.empty(), room, now);
            ledger.open(call, false);
            keepResponseUrl(ledger, by, call.id(), now);
            ledger.save(announcement(call.id(), new Announcement.IconAnswer(by.user(), audio), now));
            ledger.save(announcement(call.id(), new Announcement.Card(by.channel()), now));
            ledger.outOfStep(call.id(), now);
            return new Outcome.Started(call, List.of());
        });
    }

    /**
     * Does something with a live Call.
     *
     * @param chosen the Call that is meant; empty for the one here, which may lead to the question which
     */
    public Outcome request(Invocation by, CallRequest request, Optional<CallId> chosen) {
        if (request instanceof CallRequest.Invite invite) {
            return changing(
                    by.delivery(),
                    ledger -> onLive(ledger, by, request, chosen, call -> {
                        Instant now = clock.instant();
                        keepResponseUrl(ledger, by, call.id(), now);
                        Outcome.Invited invited = invite(ledger, call, by.user(), invite.users(), now);
                        ledger.outOfStep(call.id(), now);
                        return invited;
                    }));
        }
        if (request instanceof CallRequest.Rename rename) {
            return changing(
                    by.delivery(),
                    ledger -> onLive(ledger, by, request, chosen, call -> {
                        Call renamed = call.renamed(rename.title());
                        ledger.save(renamed);
                        ledger.outOfStep(call.id(), clock.instant());
                        return new Outcome.Renamed(renamed);
                    }));
        }
        return request instanceof CallRequest.End ? end(by, chosen) : info(by, chosen);
    }

    /** The live Calls that the person may see from here. */
    public Outcome list(Invocation by) {
        return store.change(
                ledger -> new Outcome.Listing(ledger.liveVisibleTo(by.team(), by.user(), by.channel(), LISTED)));
    }

    /** The last Calls that the person may see from here. */
    public Outcome history(Invocation by) {
        return store.change(
                ledger -> new Outcome.History(ledger.endedVisibleTo(by.team(), by.user(), by.channel(), LISTED)));
    }

    /** Declines a Call by one of our own buttons. */
    public Outcome decline(Invocation by, CallId id) {
        return changing(
                by.delivery(),
                ledger -> ledger.call(id)
                        .filter(call -> call.team().equals(by.team()))
                        .<Outcome>map(call -> {
                            if (!call.live()) {
                                return new Outcome.Over(call);
                            }
                            decline(ledger, call, by.user());
                            return new Outcome.Declined(call);
                        })
                        .orElseGet(Outcome.NoneLive::new));
    }

    /**
     * Somebody declined on Slack's own card ({@code call_rejected}).
     *
     * @param external our id, in case Slack's own is not yet in the ledger
     * @return whether the Call is one of ours
     */
    public boolean declined(String delivery, TeamId team, UserId user, SlackCallId slackId, Optional<CallId> external) {
        Outcome outcome = changing(
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

    /** Links were pasted: each that leads to a room of ours gets its Call and its unfurl. */
    public void linksShared(SharedLinks shared) {
        LinkedHashSet<CallId> changed = store.change(ledger -> {
            LinkedHashSet<CallId> touched = new LinkedHashSet<>();
            Instant now = clock.instant();
            if (ledger.firstSight(shared.delivery(), now)) {
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
        changed.forEach(outOfStep);
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
        Call call = newCall(ledger, by, Optional.empty(), room, now);
        ledger.open(call, false);
        return Optional.of(call);
    }

    private boolean unfurl(Ledger ledger, Call call, SharedLinks shared, SharedLinks.Link link, Instant now) {
        Announcement.Unfurl unfurl =
                new Announcement.Unfurl(shared.channel(), shared.ts(), link.text(), shared.unfurlId(), shared.source());
        if (ledger.hasUnfurl(call.id(), unfurl)) {
            return false;
        }
        ledger.save(announcement(call.id(), unfurl, now));
        return true;
    }

    private Outcome end(Invocation by, Optional<CallId> chosen) {
        Outcome outcome = changing(
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
        outOfStep.accept(refused.call().id());
        return ended;
    }

    /** The creator and whoever is on the Call; admins, whom only Slack knows, come on top. */
    private static boolean mayEnd(Ledger ledger, Call call, UserId user) {
        return call.creator().equals(user)
                || ledger.participants(call.id()).stream().anyMatch(p -> p.is(user) && p.listed());
    }

    private Outcome end(Ledger ledger, Call call, UserId by) {
        Instant now = clock.instant();
        Duration duration = Duration.between(call.startedAt(), now);
        Call.End end = new Call.End(now, Optional.of(by), duration.isNegative() ? Duration.ZERO : duration);
        Call ended = call.ended(end);
        ledger.save(ended);
        ledger.outOfStep(call.id(), now);
        return new Outcome.Ended(ended, end.duration());
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
            java.util.function.Function<Call, Outcome> action) {
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
                ledger.save(announcement(call.id(), new Announcement.Ring(user, by), now));
                invited.add(user);
            }
        }
        return new Outcome.Invited(call, invited, already);
    }

    private void decline(Ledger ledger, Call call, UserId user) {
        Instant now = clock.instant();
        Optional<Participant> known =
                ledger.participants(call.id()).stream().filter(p -> p.is(user)).findFirst();
        if (known.filter(p -> p.standing() == Participant.Standing.DECLINED).isPresent()) {
            return;
        }
        ledger.save(known.orElseGet(() -> Participant.invited(call.id(), user, call.creator(), now))
                .standing(Participant.Standing.DECLINED, now));
        if (!user.equals(call.creator())) {
            Announcement.Notice declined = new Announcement.Notice(
                    call.creator(), Announcement.Topic.DECLINED, Optional.of(user), Optional.empty());
            ledger.save(announcement(call.id(), declined, now));
        }
        ledger.outOfStep(call.id(), now);
    }

    private Call newCall(Ledger ledger, Invocation by, Optional<Title> title, Room room, Instant now) {
        return new Call(
                new CallId(ids.uuid()),
                by.team(),
                by.channel(),
                by.user(),
                title,
                room,
                ids.displayId(),
                ledger.lastInRoom(by.team(), room.key()).map(Call::id),
                by.visibility(),
                now,
                Optional.empty(),
                Call.SlackSide.NOTHING,
                0,
                now);
    }

    private String roomName(Optional<Title> title) {
        String prefix = title.map(Title::slug).filter(slug -> !slug.isEmpty()).orElse("call");
        return prefix + "-" + ids.roomSecret();
    }

    private Announcement announcement(CallId call, Announcement.Target target, Instant now) {
        return Announcement.of(ids.uuid(), call, target, now);
    }

    private void keepResponseUrl(Ledger ledger, Invocation by, CallId call, Instant now) {
        by.responseUrl()
                .map(url -> new ResponseUrl(
                        ids.uuid(), by.user(), by.channel(), url, now.plus(ResponseUrl.LIFE), ResponseUrl.USES))
                .ifPresent(url -> ledger.keep(call, url));
    }

    /** Does the work once per delivery, and wakes the mirror for the Call that was changed. */
    private Outcome changing(String delivery, java.util.function.Function<Ledger, Outcome> work) {
        Outcome outcome = store.change(
                ledger -> ledger.firstSight(delivery, clock.instant()) ? work.apply(ledger) : new Outcome.Repeated());
        outcome.changed().ifPresent(outOfStep);
        return outcome;
    }
}
