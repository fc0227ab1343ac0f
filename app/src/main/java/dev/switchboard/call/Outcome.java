package dev.switchboard.call;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What came of a request, for whoever words the answer. Refusals are outcomes too. */
public sealed interface Outcome {
    /** Words each case. */
    interface Answers<T> {
        T started(Started outcome);

        T joinInstead(JoinInstead outcome);

        T notARoom(NotARoom outcome);

        T invited(Invited outcome);

        T renamed(Renamed outcome);

        T ended(Ended outcome);

        T declined(Declined outcome);

        T told(Told outcome);

        T list(Listing outcome);

        T history(History outcome);

        T which(Which outcome);

        T noneLive();

        T over(Over outcome);

        T notYours(NotYours outcome);

        T repeated();
    }

    /** Calls the case's own method. */
    <T> T answer(Answers<T> answers);

    /** The Call that was changed, of which Slack is to be told; empty for refusals and questions. */
    default Optional<CallId> changed() {
        return Optional.empty();
    }

    /** A new Call; its card is on the way. */
    record Started(Call call, List<UserId> invited) implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.started(this);
        }

        @Override
        public Optional<CallId> changed() {
            return Optional.of(call.id());
        }
    }

    /**
     * None was started, since there is one to join.
     *
     * @param another whether starting another one is a sensible choice
     */
    record JoinInstead(List<Call> calls, boolean another) implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.joinInstead(this);
        }
    }

    /** The link leads to no room of the meeting server. */
    record NotARoom() implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.notARoom(this);
        }
    }

    /**
     * People were asked in.
     *
     * @param already those who were on the Call before
     */
    record Invited(Call call, List<UserId> invited, List<UserId> already) implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.invited(this);
        }

        @Override
        public Optional<CallId> changed() {
            return Optional.of(call.id());
        }
    }

    /** The Call has a new title. */
    record Renamed(Call call) implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.renamed(this);
        }

        @Override
        public Optional<CallId> changed() {
            return Optional.of(call.id());
        }
    }

    /** The Call was ended. */
    record Ended(Call call, Duration duration) implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.ended(this);
        }

        @Override
        public Optional<CallId> changed() {
            return Optional.of(call.id());
        }
    }

    /** The person who asked is off the Call. */
    record Declined(Call call) implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.declined(this);
        }

        @Override
        public Optional<CallId> changed() {
            return Optional.of(call.id());
        }
    }

    /**
     * What there is to know of a Call.
     *
     * @param slack what Slack thinks of it; empty while it isn't registered or Slack can't be asked
     */
    record Told(Call call, List<Participant> participants, Optional<SlackCalls.SlackView> slack) implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.told(this);
        }
    }

    /** The live Calls that the person may see. */
    record Listing(List<Call> calls) implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.list(this);
        }
    }

    /** The last Calls that the person may see. */
    record History(List<Call> calls) implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.history(this);
        }
    }

    /** Several Calls could be meant by the request. */
    record Which(CallRequest request, List<Call> calls) implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.which(this);
        }
    }

    /** There is no live Call here. */
    record NoneLive() implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.noneLive();
        }
    }

    /** The Call that was chosen has ended meanwhile. */
    record Over(Call call) implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.over(this);
        }
    }

    /**
     * Only the creator, the people of the Call and admins may end it.
     *
     * @param unsure whether Slack could not be asked who is an admin
     */
    record NotYours(Call call, boolean unsure) implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.notYours(this);
        }
    }

    /** Slack delivered the request again; it was answered the first time. */
    record Repeated() implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.repeated();
        }
    }
}
