package dev.switchboard.call;

import dev.switchboard.call.Announcement.Kind;
import dev.switchboard.call.Announcement.Route;
import dev.switchboard.call.Announcement.State;
import dev.switchboard.call.Announcement.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What Slack is owed about a Call: the steps from what it was told to what is true, the most urgent first. Pure; asks
 * neither Slack nor a clock. A step that must wait may be passed over, so each one in the list can be taken by itself.
 */
final class Owed {
    /** People told to Slack in one request: small, since one unknown person spoils the batch. */
    static final int BATCH = 50;

    /** Slack waits three seconds for the answer to its Call icon; much later nobody is waiting any more. */
    private static final Duration ICON_PATIENCE = Duration.ofMinutes(1);

    /** What can't be shown of a Call that Slack refuses to register. */
    private static final Set<Kind> CARDS = EnumSet.of(Kind.CARD, Kind.RING, Kind.UNFURL);

    private final Snapshot now;
    private final Call call;
    private final List<Step> steps = new ArrayList<>();

    private Owed(Snapshot now) {
        this.now = now;
        this.call = now.call();
    }

    /** The steps owed; empty when Slack shows the truth. */
    static List<Step> steps(Snapshot now) {
        Owed owed = new Owed(now);
        owed.collect();
        return List.copyOf(owed.steps);
    }

    private void collect() {
        if (call.live() && call.roomState().toBeOpened()) {
            // A link that leads nowhere yet is shown to nobody.
            steps.add(new RoomStep.OpenRoom());
            announce(Kind.NOTICE);
            return;
        }
        announce(Kind.ICON_ANSWER);
        if (call.slack().refusal().isPresent()) {
            announce(Kind.CARD);
            announce(Kind.RING);
            announce(Kind.UNFURL);
        } else if (call.slack().id().isEmpty()) {
            steps.add(new Step.Register(toAdd()));
        } else {
            registered();
        }
        announce(Kind.NOTICE);
        if (call.roomState() == Call.RoomState.CLOSING) {
            steps.add(new RoomStep.CloseRoom());
        }
        retire();
        announce(Kind.QUESTION);
        announce(Kind.SUMMARY);
        announce(Kind.RECORDING);
    }

    private void registered() {
        announce(Kind.CARD);
        if (!call.slack().ended()) {
            List<Step> changes = changes();
            steps.addAll(changes);
            if (!call.live()) {
                steps.add(new Step.End(changes.isEmpty()));
            }
        }
        announce(Kind.RING);
        announce(Kind.UNFURL);
        if (!call.visibility().settled()) {
            steps.add(new Step.LookAtConversation());
        }
    }

    /** What Slack takes only while the Call is live. */
    private List<Step> changes() {
        List<Step> changes = new ArrayList<>();
        if (!call.slack().title().equals(call.title())) {
            changes.add(new Step.Rename());
        }
        batch(p -> !p.listed() && p.told().isPresent()).ifPresent(gone -> changes.add(new Step.Remove(gone)));
        Optional.of(toAdd()).filter(come -> !come.isEmpty()).ifPresent(come -> changes.add(new Step.Add(come)));
        return changes;
    }

    private List<Participant> toAdd() {
        return batch(p -> p.listed() && !p.shown()).orElse(List.of());
    }

    private Optional<List<Participant>> batch(Predicate<Participant> which) {
        List<Participant> batch =
                now.participants().stream().filter(which).limit(BATCH).toList();
        return Optional.of(batch).filter(people -> !people.isEmpty());
    }

    private void announce(Kind kind) {
        now.announcements().stream()
                .filter(a -> a.open() && a.target().kind() == kind && !waitsForCard(a))
                .map(this::next)
                .forEach(steps::add);
    }

    /**
     * Where the bot can't read messages Slack only says that the Call is shown, and an unfurl would be taken for the card
     * whose reply was lost.
     */
    private boolean waitsForCard(Announcement owed) {
        return owed.target() instanceof Announcement.Unfurl unfurl
                && now.announcements().stream()
                        .filter(Announcement::open)
                        .map(Announcement::target)
                        .anyMatch(new Announcement.Card(unfurl.channel())::equals);
    }

    /** Buttons go with what they are for: the Call, or the open question. */
    private void retire() {
        boolean shown = call.slack().ended() || call.slack().refusal().isPresent();
        boolean over = !call.live() && shown;
        boolean answered = now.watch().askedAt().isEmpty();
        now.announcements().stream()
                .filter(Announcement::retirable)
                .filter(a -> over || (answered && a.target().kind() == Kind.QUESTION))
                .map(AnnouncementStep.Retire::new)
                .forEach(steps::add);
    }

    private Step next(Announcement owed) {
        if (owed.state() == State.TRYING && findable(owed)) {
            return new AnnouncementStep.Find(owed); // also what has no point any more: its buttons are to go
        }
        if (pointless(owed)) {
            return new AnnouncementStep.GiveUp(owed);
        }
        if (owed.route() != Route.RESPONSE_URL) {
            return new AnnouncementStep.Deliver(owed, Optional.empty());
        }
        Optional<ResponseUrl> url = now.responseUrl(owed);
        return url.isPresent()
                ? new AnnouncementStep.Deliver(owed, url)
                : new AnnouncementStep.Reroute(owed, "expired_url");
    }

    private boolean pointless(Announcement owed) {
        boolean refused = call.slack().refusal().isPresent();
        if (owed.target() instanceof Announcement.Ring ring) {
            boolean stillListed = now.participants().stream().anyMatch(p -> p.is(ring.user()) && p.listed());
            return refused || !call.live() || !stillListed;
        }
        if (owed.target() instanceof Announcement.Question) {
            return !call.live() || now.watch().askedAt().isEmpty();
        }
        if (owed.target() instanceof Announcement.IconAnswer) {
            return !call.live()
                    || Duration.between(owed.createdAt(), now.readAt()).compareTo(ICON_PATIENCE) > 0;
        }
        if (owed.target() instanceof Announcement.Notice notice && notice.topic() == Topic.NOT_REGISTERED) {
            return call.slack().id().isPresent(); // it is, since
        }
        return refused && CARDS.contains(owed.target().kind());
    }

    /**
     * Whether there is a way to see if an announcement is there already: a message can be looked for by its metadata, a
     * card in the Call's own list of channels. What can't be looked for (an ephemeral word) is rather said twice than
     * never.
     */
    private static boolean findable(Announcement tried) {
        return tried.route() == Route.DIRECT
                || tried.route() == Route.MESSAGE
                || tried.route() == Route.THREAD
                || tried.target().kind() == Kind.CARD;
    }
}
