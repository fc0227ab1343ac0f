package dev.switchboard.slack;

import dev.switchboard.call.Calls;
import dev.switchboard.call.Invocation;
import dev.switchboard.call.Outcome;
import dev.switchboard.slack.text.Answers;
import dev.switchboard.slack.text.Buttons;
import java.util.concurrent.Executor;

/** "Decline" in the direct message that rang somebody. */
final class DeclineButton extends Button {
    private final Calls calls;

    DeclineButton(Calls calls, Answers answers, Executor afterAcknowledging) {
        super(answers, afterAcknowledging);
        this.calls = calls;
    }

    @Override
    Outcome press(Invocation by, String value) {
        return Buttons.call(value).map(call -> calls.decline(by, call)).orElseGet(Outcome.NoneLive::new);
    }
}
