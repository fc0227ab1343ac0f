package dev.switchboard.call;

import dev.switchboard.call.Announcement.Topic;
import dev.switchboard.call.Reply.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

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

    /** Registers the Call with the people that are to be on its card. */
    record Register(List<Participant> people) implements Step {
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
            SlackCalls slack = pass.slack();
            Call call = pass.call();
            Reply<SlackCallId> reply = slack.register(call, persons(people));
            if (reply.verdict() == Verdict.NEVER && !people.isEmpty()) {
                // Perhaps one of them is unknown to Slack: the Call first, then each of them.
                return new Register(List.of()).perform(pass);
            }
            return pass.settle(
                    this,
                    reply,
                    registered(reply, call.title(), slack.knownPublic(call.team(), call.channel())),
                    () -> {
                        UnaryOperator<Snapshot> told =
                                pass.notice(call.creator(), Topic.NOT_REGISTERED, Optional.empty(), reply);
                        return known -> told.apply(
                                known.call(now -> now.slack(now.slack().refused(reply.code()))));
                    });
        }

        private UnaryOperator<Snapshot> registered(
                Reply<SlackCallId> reply, Optional<Title> title, Optional<Boolean> open) {
            return known -> told(people, known)
                    .call(call -> seen(open, call)
                            .slack(call.slack().registered(reply.value().orElseThrow(), title)));
        }
    }

    /** These people are on the card. */
    private static Snapshot told(List<Participant> people, Snapshot known) {
        Snapshot now = known;
        for (Participant one : people) {
            now = now.participant(one.person(), p -> p.told(Optional.of(one.person())));
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
            SlackCalls slack = pass.slack();
            Call call = pass.call();
            return pass.settle(
                    this,
                    slack.rename(call),
                    known -> known.call(now -> now.slack(now.slack().titled(call.title()))));
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
            Reply<SlackCalls.Unit> reply = pass.slack().add(pass.call(), persons(people));
            if (reply.verdict() == Verdict.NEVER && people.size() > 1) {
                // One of them spoils it for the others: halve until it stands alone.
                int half = people.size() / 2;
                Optional<Instant> putOff = new Add(people.subList(0, half)).perform(pass);
                return putOff.isPresent() ? putOff : new Add(people.subList(half, people.size())).perform(pass);
            }
            return pass.settle(this, reply, known -> told(people, known), () -> refused(pass, reply));
        }

        /** All of them, which is one alone where Slack was asked again. */
        private UnaryOperator<Snapshot> refused(Pass pass, Reply<?> reply) {
            Instant now = pass.now();
            List<UnaryOperator<Snapshot>> changes = new ArrayList<>();
            for (Participant one : people) {
                changes.add(
                        known -> known.participant(one.person(), p -> p.standing(Participant.Standing.REFUSED, now)));
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
            List<Person> told = people.stream().flatMap(p -> p.told().stream()).toList();
            return pass.settle(this, pass.slack().remove(pass.call(), told), known -> {
                Snapshot now = known;
                for (Participant gone : people) {
                    now = now.participant(gone.person(), p -> p.told(Optional.empty()));
                }
                return now;
            });
        }
    }

    /** Tells of the end. */
    record End() implements Step {
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

    private static List<Person> persons(List<Participant> people) {
        return people.stream().map(Participant::person).toList();
    }

    private static Instant earliest(List<Participant> people) {
        return people.stream().map(Participant::since).min(Instant::compareTo).orElse(Instant.EPOCH);
    }
}
