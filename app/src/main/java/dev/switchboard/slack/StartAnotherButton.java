package dev.switchboard.slack;

import dev.switchboard.call.Calls;
import dev.switchboard.call.Invocation;
import dev.switchboard.call.Outcome;
import dev.switchboard.call.StartRequest;
import dev.switchboard.slack.text.Answers;
import java.util.concurrent.Executor;

/** "Start another" where a plain command found a live Call. */
final class StartAnotherButton extends Button {
    private final Calls calls;

    StartAnotherButton(Calls calls, Answers answers, Executor afterAcknowledging) {
        super(answers, afterAcknowledging, Manner.IN_PLACE);
        this.calls = calls;
    }

    @Override
    Outcome press(Invocation by, String value) {
        return calls.start(by, StartRequest.beside());
    }
}
