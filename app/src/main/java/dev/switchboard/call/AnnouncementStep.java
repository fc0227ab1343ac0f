package dev.switchboard.call;

import dev.switchboard.call.Reply.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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
        @Override
        public Optional<Instant> perform(Pass pass) {
            pass.intend(ledger -> ledger.save(announcement.trying(pass.now())));
            Reply<Optional<MessageRef>> reply = pass.slack().deliver(pass.snapshot(), announcement, responseUrl);
            if (reply.settled() || pass.isNever(this, reply)) {
                return pass.settle(
                        this,
                        reply,
                        ledger -> {
                            use(ledger);
                            ledger.save(announcement.delivered(reply.value().flatMap(ref -> ref)));
                        },
                        ledger -> {
                            use(ledger);
                            pass.reroute(ledger, announcement, reply.code());
                        });
            }
            boolean lost = reply.verdict() == Verdict.LOST;
            pass.record(lost ? this::use : ledger -> ledger.save(announcement.owed()));
            return pass.putOff(this, reply);
        }

        /** Counted after the fact: an answer that Slack turned away for now is not a use. */
        private void use(Ledger ledger) {
            responseUrl.ifPresent(ledger::use);
        }
    }

    /** Looks whether an announcement whose reply was lost is there. */
    record Find(Announcement announcement) implements AnnouncementStep {
        /** A request that timed out here may still be under way in Slack. */
        private static final Duration UNDER_WAY = Duration.ofSeconds(2);

        @Override
        public String method() {
            return "conversations.history";
        }

        @Override
        public Optional<Instant> perform(Pass pass) {
            Instant settledBy =
                    announcement.triedAt().orElse(announcement.createdAt()).plus(UNDER_WAY);
            if (pass.now().isBefore(settledBy)) {
                return Optional.of(settledBy);
            }
            Reply<SlackCalls.Whereabouts> reply = pass.slack().find(pass.call(), announcement);
            return pass.settle(
                    this,
                    reply,
                    ledger -> ledger.save(reply.value()
                            .filter(SlackCalls.Whereabouts::there)
                            .map(found -> announcement.delivered(found.message()))
                            .orElseGet(announcement::owed)));
        }
    }

    /** Goes on to the next way of delivering an announcement. */
    record Reroute(Announcement announcement, String reason) implements AnnouncementStep {
        @Override
        public Optional<Instant> perform(Pass pass) {
            pass.record(ledger -> pass.reroute(ledger, announcement, reason));
            return Optional.empty();
        }
    }

    /** Lets go of an announcement that has no point any more. */
    record GiveUp(Announcement announcement) implements AnnouncementStep {
        @Override
        public Optional<Instant> perform(Pass pass) {
            pass.record(ledger -> ledger.save(announcement.givenUp()));
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
            return pass.settle(this, reply, ledger -> {
                ledger.save(announcement.retired());
                if (announcement.target() instanceof Announcement.Card) {
                    Announcement.Summary summary =
                            new Announcement.Summary(announcement.message().orElseThrow());
                    pass.announce(ledger, summary);
                }
            });
        }
    }
}
