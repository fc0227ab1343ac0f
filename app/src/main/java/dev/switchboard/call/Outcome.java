package dev.switchboard.call;

import java.net.URI;
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

        T noted(Noted outcome);

        T ownLink(OwnLink outcome);

        T noLink(NoLink outcome);

        T told(Told outcome);

        T list(Listing outcome);

        T history(History outcome);

        T which(Which outcome);

        T noneLive();

        T over(Over outcome);

        T notYours(NotYours outcome);

        T broken();

        T notWritten(NotNow outcome);

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

    /**
     * The Call was ended.
     *
     * @param roomStaysOpen whether people are in a room that we can't close
     */
    record Ended(Call call, Duration duration, boolean roomStaysOpen) implements Outcome {
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

    /** What somebody said of themselves or of the Call was noted. */
    record Noted(Call call, Word word) implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.noted(this);
        }

        @Override
        public Optional<CallId> changed() {
            return Optional.of(call.id());
        }
    }

    /** What can be said by a button. */
    enum Word {
        JOINED,
        LEFT,
        /** Asked in, and left without having been in. */
        NOT_COMING,
        /** Said to leave a Call that they were not on. */
        NOT_ON,
        STILL_ON
    }

    /** A link for the person who asked, and nobody else. */
    record OwnLink(Call call, URI link) implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.ownLink(this);
        }

        @Override
        public String toString() {
            return "OwnLink[" + call.id() + "]"; // the link is a secret
        }
    }

    /**
     * There is no such link at the moment.
     *
     * @param unreachable whether the meeting server may give one later
     */
    record NoLink(Call call, boolean unreachable) implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.noLink(this);
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

    /**
     * The live Calls that the person may see.
     *
     * @param more whether there are more of them
     * @param unsure whether there may be more in public channels, and Slack didn't tell whether they may see those
     */
    record Listing(List<Call> calls, boolean more, boolean unsure) implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.list(this);
        }
    }

    /**
     * The last Calls that the person may see.
     *
     * @param ofLast if there may be more of them: how many of the workspace's last Calls were looked at
     * @param unsure likewise
     */
    record History(List<Call> calls, Optional<Integer> ofLast, boolean unsure) implements Outcome {
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

    /** Something broke on our side; nothing was changed. */
    record Failed() implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.broken();
        }
    }

    /**
     * The ledger can't be used at the moment.
     *
     * @param inDoubt whether it can't be told that nothing was changed
     */
    record NotNow(boolean inDoubt) implements Outcome {
        @Override
        public <T> T answer(Answers<T> answers) {
            return answers.notWritten(this);
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
