package dev.switchboard.slack;

import dev.switchboard.call.CallId;
import dev.switchboard.call.Invocation;
import dev.switchboard.call.Outcome;
import dev.switchboard.slack.text.Answers;
import dev.switchboard.slack.text.Buttons;
import java.util.concurrent.Executor;

/** A button whose value is the Call that it stands for, and nothing else. */
final class CallButton extends Button {
    private final Action action;

    CallButton(Answers answers, Executor afterAcknowledging, Manner manner, Action action) {
        super(answers, afterAcknowledging, manner);
        this.action = action;
    }

    /** What somebody wants of a Call. */
    interface Action {
        Outcome on(Invocation by, CallId call);
    }

    @Override
    Outcome press(Invocation by, String value) {
        return Buttons.call(value).map(call -> action.on(by, call)).orElseGet(Outcome.NoneLive::new);
    }
}
