package dev.switchboard.call;

import dev.switchboard.call.Announcement.Topic;
import dev.switchboard.call.Reply.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One thing to tell or ask Slack about a Call. */
sealed interface Step {
    /** What tells this step from the others of its Call, while it is put off. */
    String key();

    /** The Web API method, for logs. */
    String method();

    /** Since when Slack is owed it. */
    Instant owedSince(Call call);

    /** Takes the step and records what came of it; a time to come back if it was put off. */
    Optional<Instant> perform(Pass pass);

    /** Registers the Call with the people that are to be on its card. */
    record Register(List<Participant> people) implements Step {
        @Override
        public String key() {
            return method();
        }

        @Override
        public String method() {
            return "calls.add";
        }

        @Override
        public Instant owedSince(Call call) {
            return call.startedAt();
        }

        @Override
        public Optional<Instant> perform(Pass pass) {
            Reply<SlackCallId> reply = pass.slack().register(pass.call(), persons(people));
            if (reply.verdict() == Verdict.NEVER && !people.isEmpty()) {
                // Perhaps one of them is unknown to Slack: the Call first, then each of them.
                return new Register(List.of()).perform(pass);
            }
            return pass.settle(
                    this,
                    reply,
                    ledger -> {
                        pass.change(
                                ledger,
                                call -> call.slack(call.slack()
                                        .registered(
                                                reply.value().orElseThrow(),
                                                pass.call().title())));
                        people.forEach(p -> pass.change(ledger, p, known -> known.told(Optional.of(p.person()))));
                    },
                    ledger -> {
                        pass.change(ledger, call -> call.slack(call.slack().refused(reply.code())));
                        pass.notice(ledger, pass.call().creator(), Topic.NOT_REGISTERED, Optional.empty(), reply);
                    });
        }
    }

    /** Gives the card the Call's title. */
    record Rename() implements Step {
        @Override
        public String key() {
            return method();
        }

        @Override
        public String method() {
            return "calls.update";
        }

        @Override
        public Instant owedSince(Call call) {
            return call.changedAt();
        }

        @Override
        public Optional<Instant> perform(Pass pass) {
            return pass.settle(
                    this,
                    pass.slack().rename(pass.call()),
                    ledger -> pass.change(
                            ledger,
                            call -> call.slack(call.slack().titled(pass.call().title()))));
        }
    }

    /** Puts people on the card. */
    record Add(List<Participant> people) implements Step {
        @Override
        public String key() {
            return method();
        }

        @Override
        public String method() {
            return "calls.participants.add";
        }

        @Override
        public Instant owedSince(Call call) {
            return earliest(people);
        }

        @Override
        public Optional<Instant> perform(Pass pass) {
            Reply<SlackCalls.Unit> reply = pass.slack().add(pass.call(), persons(people));
            if (reply.verdict() == Verdict.NEVER && people.size() > 1) {
                // One of them spoils it for the others: halve until it stands alone.
                int half = people.size() / 2;
                Optional<Instant> putOff = new Add(people.subList(0, half)).perform(pass);
                return putOff.isPresent() ? putOff : new Add(people.subList(half, people.size())).perform(pass);
            }
            return pass.settle(
                    this,
                    reply,
                    ledger -> people.forEach(p -> pass.change(ledger, p, known -> known.told(Optional.of(p.person())))),
                    ledger -> people.forEach(p -> {
                        pass.change(ledger, p, known -> known.standing(Participant.Standing.REFUSED, pass.now()));
                        pass.notice(
                                ledger,
                                p.invitedBy().orElse(pass.call().creator()),
                                Topic.NOT_INVITED,
                                p.person().slackId(),
                                reply);
                    }));
        }
    }

    /** Takes people off the card. */
    record Remove(List<Participant> people) implements Step {
        @Override
        public String key() {
            return method();
        }

        @Override
        public String method() {
            return "calls.participants.remove";
        }

        @Override
        public Instant owedSince(Call call) {
            return earliest(people);
        }

        @Override
        public Optional<Instant> perform(Pass pass) {
            List<Person> told = people.stream().flatMap(p -> p.told().stream()).toList();
            return pass.settle(
                    this,
                    pass.slack().remove(pass.call(), told),
                    ledger -> people.forEach(p -> pass.change(ledger, p, known -> known.told(Optional.empty()))));
        }
    }

    /** Tells of the end. */
    record End() implements Step {
        @Override
        public String key() {
            return method();
        }

        @Override
        public String method() {
            return "calls.end";
        }

        @Override
        public Instant owedSince(Call call) {
            return call.end().map(Call.End::at).orElse(call.changedAt());
        }

        @Override
        public Optional<Instant> perform(Pass pass) {
            Duration duration = pass.call().end().orElseThrow().duration();
            return pass.settle(
                    this,
                    pass.slack().end(pass.call(), duration),
                    ledger ->
                            pass.change(ledger, call -> call.slack(call.slack().toldOfTheEnd())));
        }
    }

    /** Delivers an announcement. */
    record Deliver(Announcement announcement, Optional<ResponseUrl> responseUrl) implements Step {
        @Override
        public String key() {
            return announcement.id().toString();
        }

        @Override
        public String method() {
            return announcement.route().method();
        }

        @Override
        public Instant owedSince(Call call) {
            return announcement.createdAt();
        }

        @Override
        public Optional<Instant> perform(Pass pass) {
            pass.record(ledger -> ledger.save(announcement.trying(pass.now())));
            Reply<Optional<MessageRef>> reply = pass.slack().deliver(pass.call(), announcement, responseUrl);
            if (reply.settled() || reply.verdict() == Verdict.LOST || pass.isNever(this, reply)) {
                // Counted after the fact: an answer that Slack turned away for now is not a use.
                responseUrl.ifPresent(url -> pass.record(ledger -> ledger.use(url)));
                return pass.settle(
                        this,
                        reply,
                        ledger ->
                                ledger.save(announcement.delivered(reply.value().flatMap(ref -> ref))),
                        ledger -> pass.reroute(ledger, announcement, reply.code()));
            }
            pass.record(ledger -> ledger.save(announcement.owed()));
            return pass.putOff(this, reply);
        }
    }

    /** Looks whether an announcement whose reply was lost is there. */
    record Find(Announcement announcement) implements Step {
        /** A request that timed out here may still be under way in Slack. */
        private static final Duration UNDER_WAY = Duration.ofSeconds(2);

        @Override
        public String key() {
            return announcement.id().toString();
        }

        @Override
        public String method() {
            return "conversations.history";
        }

        @Override
        public Instant owedSince(Call call) {
            return announcement.createdAt();
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
    record Reroute(Announcement announcement, String reason) implements Step {
        @Override
        public String key() {
            return announcement.id().toString();
        }

        @Override
        public String method() {
            return announcement.route().method();
        }

        @Override
        public Instant owedSince(Call call) {
            return announcement.createdAt();
        }

        @Override
        public Optional<Instant> perform(Pass pass) {
            pass.record(ledger -> pass.reroute(ledger, announcement, reason));
            return Optional.empty();
        }
    }

    /** Lets go of an announcement that has no point any more. */
    record GiveUp(Announcement announcement, Optional<String> reason) implements Step {
        @Override
        public String key() {
            return announcement.id().toString();
        }

        @Override
        public String method() {
            return announcement.route().method();
        }

        @Override
        public Instant owedSince(Call call) {
            return announcement.createdAt();
        }

        @Override
        public Optional<Instant> perform(Pass pass) {
            pass.record(ledger -> ledger.save(announcement.givenUp()));
            return Optional.empty();
        }
    }

    /** Asks whether the conversation is public, which decides who sees the Call in lists. */
    record LookAtConversation() implements Step {
        @Override
        public String key() {
            return method();
        }

        @Override
        public String method() {
            return "conversations.info";
        }

        @Override
        public Instant owedSince(Call call) {
            return call.startedAt();
        }

        @Override
        public Optional<Instant> perform(Pass pass) {
            Call call = pass.call();
            Reply<Boolean> reply = pass.slack().isPublic(call.team(), call.channel());
            boolean open = reply.value().orElse(call.visibility().open());
            return pass.settle(
                    this,
                    reply,
                    ledger -> pass.change(
                            ledger,
                            known -> known.visibility(open ? Call.Visibility.PUBLIC : Call.Visibility.PRIVATE)));
        }
    }

    private static List<Person> persons(List<Participant> people) {
        return people.stream().map(Participant::person).toList();
    }

    private static Instant earliest(List<Participant> people) {
        return people.stream().map(Participant::since).min(Instant::compareTo).orElse(Instant.EPOCH);
    }
}
