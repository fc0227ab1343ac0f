package dev.switchboard.slack;

import dev.switchboard.call.CallId;
import dev.switchboard.call.CallRequest;
import dev.switchboard.call.Calls;
import dev.switchboard.call.Invocation;
import dev.switchboard.call.Outcome;
import dev.switchboard.slack.text.Answers;
import dev.switchboard.slack.text.Buttons;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The answer to the question which of several Calls a command meant. */
final class ChooseButton extends Button {
    private final Calls calls;

    ChooseButton(Calls calls, Answers answers, Executor afterAcknowledging) {
        super(answers, afterAcknowledging, Manner.IN_PLACE);
        this.calls = calls;
    }

    @Override
    Outcome press(Invocation by, String value) {
        Optional<CallId> call = Buttons.call(value);
        Optional<CallRequest> request = Buttons.request(value);
        return call.isPresent() && request.isPresent()
                ? calls.request(by, request.get(), call)
                : new Outcome.NoneLive();
    }
}
