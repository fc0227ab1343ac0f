package dev.switchboard.call;

import dev.switchboard.call.Announcement.Topic;
import dev.switchboard.call.Reply.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** One thing to tell or ask Slack about a Call. */
sealed interface Step
        permits AnnouncementStep,
                RoomStep,
                Step.Register,
                Step.Rename,
                Step.Add,
                Step.Remove,
                Step.End,
                Step.LookAtConversation {
    /** The end of the time that began at a moment, while it lasts; not where the clock was set back by more since. */
    static Optional<Instant> until(Instant from, Duration time, Instant now) {
        Instant end = from.plus(time);
        boolean begun = !now.plus(time).isBefore(from); // by a clock of another copy, which may differ a little
        return begun && now.isBefore(end) ? Optional.of(end) : Optional.empty();
    }

    /** What tells this step from the others of its Call, while it is put off. */
    default String key() {
        return method();
    }

    /** The Web API method, for logs. */
    String method();

    /** Since when Slack is owed it. */
    Instant owedSince(Call call);

    /** Takes the step and records what came of it; a time to come back if it was put off. */
    Optional<Instant> perform(Pass pass);

    /**
     * Registers the Call with the people that are to be on its card.
     *
     * @param signed whether Slack is told who started it, which its documents ask for and its own tests do without
     */
    record Register(List<Participant> people, boolean signed) implements Step {
        /** As long as people wait for a card that doesn't come before they begin to wonder. */
        private static final Duration WITHOUT_A_WORD = Duration.ofSeconds(15);

        Register(List<Participant> people) {
            this(people, true);
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
            Call.SlackSide before = pass.call().slack();
            Pass.Asked<SlackCallId> asked = pass.ask(
                    known -> each(people, known, Participant::asking)
                            .call(now -> now.slack(now.slack().asking())),
                    known -> asBefore(people, known).call(now -> now.slack(before)),
                    (slack, call) -> slack.register(
                            call, Optional.of(call.creator()).filter(creator -> signed), persons(people)));
            Reply<SlackCallId> reply = asked.reply();
            if (signed && reply.code().equals(SlackCalls.CREATOR_REFUSED)) {
                // A room that many share would have no card, only for who was the first to paste its link.
                return new Register(people, false).perform(pass);
            }
            if (reply.verdict() == Verdict.NEVER && !people.isEmpty()) {
                // Perhaps one of them is unknown to Slack: the Call first, then each of them.
                return new Register(List.of(), signed).perform(pass);
            }
            tellOfRefusal(pass, reply);
            Optional<Boolean> open = pass.knownPublic();
            return pass.settle(
                    this,
                    reply,
                    known -> registered(
                                    reply.value().orElseThrow(),
                                    before,
                                    asked.sent().title(),
                                    known)
                            .call(now -> seen(open, now)),
                    () -> {
                        UnaryOperator<Snapshot> told = pass.call().live()
                                ? pass.notice(pass.call().creator(), Topic.NOT_REGISTERED, Optional.empty(), reply)
                                : UnaryOperator.identity();
                        return known -> told.apply(
                                known.call(now -> now.slack(now.slack().refused(reply.code()))));
                    });
        }

        /**
         * Where the workspace refuses us at the moment, or Slack doesn't take the Call for long, the card may be long in
         * coming, and whoever typed the command is told so: once, for the answer is the first that is sent to the command's
         * response URL.
         */
        private void tellOfRefusal(Pass pass, Reply<?> reply) {
            boolean failing = !reply.settled()
                    && !pass.isNever(this, reply)
                    && !reply.code().equals(Reply.PACED);
            boolean forLong = pass.now().isAfter(pass.call().startedAt().plus(WITHOUT_A_WORD));
            Optional<String> refusal = pass.refusal(this, reply)
                    .or(() -> failing && forLong ? Optional.of(reply.code()) : Optional.empty());
            Snapshot now = pass.snapshot();
            UserId creator = now.call().creator();
            boolean untold = now.responseUrls(creator).anyMatch(ResponseUrl::unused)
                    && now.announcements().stream().noneMatch(owed -> owed.target() instanceof Announcement.Notice);
            if (refusal.isPresent() && now.call().live() && untold) {
                pass.record(pass.announce(
                        new Announcement.Notice(creator, Topic.NOT_REGISTERED, Optional.empty(), refusal)));
            }
        }

        /** If Slack may have known the Call already, it can't be told whether it took the new title and people. */
        private Snapshot registered(SlackCallId id, Call.SlackSide before, Optional<Title> title, Snapshot known) {
            Snapshot after = known.call(call -> call.slack(call.slack().registered(id)));
            return before.asked()
                    ? after
                    : each(people, after, Participant::onCard)
                            .call(call -> call.slack(call.slack().titled(title)));
        }
    }

    private static Snapshot each(List<Participant> people, Snapshot known, UnaryOperator<Participant> change) {
        Snapshot now = known;
        for (Participant one : people) {
            now = now.participant(one.person(), change);
        }
        return now;
    }

    /** With these people told of as they were when the step was found to be owed. */
    private static Snapshot asBefore(List<Participant> people, Snapshot known) {
        Snapshot now = known;
        for (Participant one : people) {
            now = now.participant(one.person(), p -> p.told(one.told()));
        }
        return now;
    }

    /** What is known of the conversation without asking goes with the first word about the Call. */
    private static Call seen(Optional<Boolean> open, Call call) {
        return open.filter(known -> !call.visibility().settled())
                .map(known -> call.visibility(visibility(known)))
                .orElse(call);
    }

    private static Call.Visibility visibility(boolean open) {
        return open ? Call.Visibility.PUBLIC : Call.Visibility.PRIVATE;
    }

    /** Gives the card the Call's title. */
    record Rename() implements Step {
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
            Optional<Title> before = pass.call().slack().title();
            Pass.Asked<SlackCalls.Unit> asked = pass.ask(titled(Optional.empty()), titled(before), SlackCalls::rename);
            return pass.settle(this, asked.reply(), titled(asked.sent().title()));
        }

        private static UnaryOperator<Snapshot> titled(Optional<Title> shown) {
            return known -> known.call(now -> now.slack(now.slack().titled(shown)));
        }
    }

    /** Puts people on the card. */
    record Add(List<Participant> people) implements Step {
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
            Optional<Instant> wait = underWay(people, pass);
            if (wait.isPresent()) {
                return wait;
            }
            Reply<SlackCalls.Unit> reply = askAbout(people, pass, SlackCalls::add);
            // One of them may be unknown to Slack: then none is on the card.
            return (reply.verdict() == Verdict.NEVER && people.size() > 1) || spoilt(reply, people)
                    ? halves(people, Add::new, pass)
                    : pass.settle(
                            this, reply, known -> each(people, known, Participant::onCard), () -> refused(pass, reply));
        }

        /** All of them, which is one alone where Slack was asked again. */
        private UnaryOperator<Snapshot> refused(Pass pass, Reply<?> reply) {
            Instant now = pass.now();
            List<UnaryOperator<Snapshot>> changes = new ArrayList<>();
            for (Participant one : people) {
                changes.add(known -> known.participant(one.person(), p -> p.refused(now)));
                if (one.standing() == Participant.Standing.INVITED) {
                    // Who came by themselves are shown as strangers from the next look on.
                    UserId inviter = one.invitedBy().orElse(pass.call().creator());
                    changes.add(
                            pass.notice(inviter, Topic.NOT_INVITED, one.person().slackId(), reply));
                }
            }
            return known -> {
                Snapshot after = known;
                for (UnaryOperator<Snapshot> change : changes) {
                    after = change.apply(after);
                }
                return after;
            };
        }
    }

    /** Takes people off the card. */
    record Remove(List<Participant> people) implements Step {
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
            Optional<Instant> wait = underWay(people, pass);
            if (wait.isPresent()) {
                return wait;
            }
            Reply<SlackCalls.Unit> reply = askAbout(people, pass, SlackCalls::remove);
            return spoilt(reply, people)
                    ? halves(people, Remove::new, pass)
                    : pass.settle(this, reply, known -> each(people, known, Participant::offCard));
        }
    }

    /**
     * Tells of the end.
     *
     * @param last whether nothing else is owed that Slack takes only while the Call is live
     */
    record End(boolean last) implements Step {
        /** For what is put off at the moment: people wait for the end, and what is shown then stays. */
        private static final Duration OTHERS_FIRST = Duration.ofSeconds(10);

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
            Optional<Instant> wait = Step.until(pass.call().end().orElseThrow().at(), OTHERS_FIRST, pass.now());
            if (!last && wait.isPresent()) {
                return wait;
            }
            Duration duration = pass.call().end().orElseThrow().duration();
            return pass.settle(
                    this,
                    pass.slack().end(pass.call(), duration),
                    known -> known.call(call -> call.slack(call.slack().toldOfTheEnd())));
        }
    }

    /** Asks whether the conversation is public, which decides who sees the Call in lists. */
    record LookAtConversation() implements Step {
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
            return pass.settle(this, reply, known -> known.call(now -> now.visibility(visibility(open))));
        }
    }

    /** Whether one of several, who is on the card already or off it, may have spoilt it for the others. */
    private static boolean spoilt(Reply<?> reply, List<Participant> people) {
        return people.size() > 1 && reply.code().equals(Reply.BAD_USERS);
    }

    /** Halves them until that one stands alone. */
    private static Optional<Instant> halves(
            List<Participant> people, Function<List<Participant>, Step> step, Pass pass) {
        int half = people.size() / 2;
        Optional<Instant> putOff = step.apply(people.subList(0, half)).perform(pass);
        return putOff.isPresent()
                ? putOff
                : step.apply(people.subList(half, people.size())).perform(pass);
    }

    /** To have people put on the card or taken off. */
    interface Question {
        Reply<SlackCalls.Unit> ask(SlackCalls slack, Call call, List<Person> people);
    }

    private static Reply<SlackCalls.Unit> askAbout(List<Participant> people, Pass pass, Question question) {
        Reply<SlackCalls.Unit> reply = pass.ask(
                        known -> each(people, known, Participant::asking),
                        known -> asBefore(people, known),
                        (slack, call) -> question.ask(slack, call, persons(people)))
                .reply();
        if (reply.verdict() == Verdict.LOST) {
            pass.peopleLost();
        }
        return reply;
    }

    /**
     * While a request about one of them, whose answer is missing, may still take effect: the opposite one waits. It was
     * sent before they changed, or is what this worker has just given up.
     */
    private static Optional<Instant> underWay(List<Participant> people, Pass pass) {
        return people.stream()
                .filter(one -> one.told().isPresent() && !one.shown())
                .flatMap(one -> Stream.concat(
                        Step.until(one.since(), RequestTimes.UNDER_WAY, pass.now()).stream(),
                        pass.peopleLostUntil().stream()))
                .max(Comparator.naturalOrder());
    }

    private static List<Person> persons(List<Participant> people) {
        return people.stream().map(Participant::toSlack).toList();
    }

    private static Instant earliest(List<Participant> people) {
        return people.stream().map(Participant::since).min(Instant::compareTo).orElse(Instant.EPOCH);
    }
}
