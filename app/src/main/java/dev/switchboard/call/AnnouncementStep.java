package dev.switchboard.call;

import dev.switchboard.call.Reply.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One thing to do about an {@link Announcement}. */
sealed interface AnnouncementStep extends Step {
    Announcement announcement();

    @Override
    default String key() {
        return announcement().id().toString();
    }

    @Override
    default String method() {
        return announcement().route().method();
    }

    @Override
    default Instant owedSince(Call call) {
        return announcement().createdAt();
    }

    /** Delivers an announcement. */
    record Deliver(Announcement announcement, Optional<ResponseUrl> responseUrl) implements AnnouncementStep {
        private static final Duration REFUSED_FOR = Duration.ofSeconds(20);

        @Override
        public Optional<Instant> perform(Pass pass) {
            Instant now = pass.now();
            pass.record(known -> known.announcement(announcement.trying(now)));
            SlackCalls slack = pass.slack();
            Reply<Optional<MessageRef>> reply = slack.deliver(pass.snapshot(), announcement, responseUrl);
            if (reply.settled() || pass.isNever(this, reply)) {
                pass.record(this::used);
                Announcement delivered = announcement.delivered(reply.value().flatMap(ref -> ref));
                return pass.settle(
                        this,
                        reply,
                        known -> known.announcement(delivered),
                        () -> pass.reroute(announcement, reply.code()));
            }
            if (goesBetterOtherwise(pass, reply)) {
                pass.record(pass.reroute(announcement, reply.code()));
                return Optional.empty();
            }
            if (reply.verdict() == Verdict.LOST) {
                Announcement lost = announcement.trying(pass.now().minus(RequestTimes.LONGEST));
                pass.record(known -> used(known).announcement(lost));
            } else {
                pass.record(known -> known.announcement(announcement.owed()));
            }
            return pass.putOff(this, reply);
        }

        /**
         * A card that Slack refuses for now goes by the command's response URL, which needs no token and no scope, while
         * there is one. Not at once: such a card can't be found again, so its buttons would stay.
         */
        private boolean goesBetterOtherwise(Pass pass, Reply<?> reply) {
            boolean refused = reply.verdict() == Verdict.UNKNOWN
                    || pass.refusal(this, reply).isPresent();
            return refused
                    && announcement.route() == Announcement.Route.MESSAGE
                    && announcement.target() instanceof Announcement.Card
                    && pass.now().isAfter(announcement.createdAt().plus(REFUSED_FOR))
                    && pass.snapshot().at(pass.now()).responseUrl(announcement).isPresent();
        }

        /** Counted after the fact: an answer that Slack turned away for now is not a use. */
        private Snapshot used(Snapshot known) {
            return responseUrl.map(known::used).orElse(known);
        }
    }

    /**
     * Looks whether an announcement whose reply was lost is there. If it isn't, it is sent again only once no earlier
     * attempt can still arrive, by a copy that was killed, cut off, or only thought to be.
     */
    record Find(Announcement announcement) implements AnnouncementStep {
        @Override
        public String method() {
            return "conversations.history";
        }

        @Override
        public Optional<Instant> perform(Pass pass) {
            Instant tried = announcement.triedAt().orElse(announcement.createdAt());
            Optional<Instant> wait = Step.until(tried, RequestTimes.UNDER_WAY, pass.now());
            if (wait.isPresent()) {
                return wait;
            }
            Optional<Instant> mayCome =
                    Step.until(tried, RequestTimes.LONGEST.plus(RequestTimes.UNDER_WAY), pass.now());
            Reply<SlackCalls.Whereabouts> reply = pass.slack().find(pass.call(), announcement);
            Optional<Announcement> found = reply.value()
                    .filter(SlackCalls.Whereabouts::there)
                    .map(there -> announcement.delivered(there.message()));
            if (reply.settled() && found.isEmpty() && mayCome.isPresent()) {
                return mayCome;
            }
            return pass.settle(this, reply, known -> known.announcement(found.orElseGet(announcement::owed)));
        }
    }

    /** Goes on to the next way of delivering an announcement. */
    record Reroute(Announcement announcement, String reason) implements AnnouncementStep {
        @Override
        public Optional<Instant> perform(Pass pass) {
            pass.record(pass.reroute(announcement, reason));
            return Optional.empty();
        }
    }

    /** Lets go of an announcement that has no point any more. */
    record GiveUp(Announcement announcement) implements AnnouncementStep {
        @Override
        public Optional<Instant> perform(Pass pass) {
            pass.record(known -> known.announcement(announcement.givenUp()));
            return Optional.empty();
        }
    }

    /** Takes the buttons off a message; after the Call's end its card's thread then gets the summary. */
    record Retire(Announcement announcement) implements AnnouncementStep {
        @Override
        public String method() {
            return "chat.update";
        }

        @Override
        public Optional<Instant> perform(Pass pass) {
            Reply<SlackCalls.Unit> reply = pass.slack().retire(pass.snapshot(), announcement);
            UnaryOperator<Snapshot> summary = announcement.target() instanceof Announcement.Card
                    ? pass.announce(
                            new Announcement.Summary(announcement.message().orElseThrow()))
                    : UnaryOperator.identity();
            return pass.settle(this, reply, known -> summary.apply(known.announcement(announcement.retired())));
        }
    }
}
