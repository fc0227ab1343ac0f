package dev.switchboard.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.bolt.context.builtin.ActionContext;
import com.slack.api.bolt.handler.builtin.BlockActionHandler;
import com.slack.api.bolt.request.builtin.BlockActionRequest;
import com.slack.api.bolt.response.Response;
import dev.switchboard.call.ChannelId;
import dev.switchboard.call.Invocation;
import dev.switchboard.call.Outcome;
import dev.switchboard.call.TeamId;
import dev.switchboard.call.UserId;
import dev.switchboard.slack.text.Answer;
import dev.switchboard.slack.text.Answers;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A button of our messages. The press is acknowledged when what it asks for is committed; the answer then takes the
 * place of the message with the button.
 */
abstract class Button implements BlockActionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Button.class);

    private final Answers answers;
    private final Executor afterAcknowledging;

    Button(Answers answers, Executor afterAcknowledging) {
        this.answers = answers;
        this.afterAcknowledging = afterAcknowledging;
    }

    /**
     * Does what the button asks for.
     *
     * @param value the button's value; empty if it has none
     */
    abstract Outcome press(Invocation by, String value);

    @Override
    public Response apply(BlockActionRequest request, ActionContext context) {
        BlockActionPayload payload = request.getPayload();
        String value = payload.getActions().get(0).getValue();
        Outcome outcome = press(invocation(payload, request.getRequestBodyAsString()), value == null ? "" : value);
        if (!(outcome instanceof Outcome.Repeated)) {
            afterAcknowledging.execute(() -> respond(context, outcome.answer(answers)));
        }
        return context.ack();
    }

    private static Invocation invocation(BlockActionPayload payload, String body) {
        if (payload.getUser() == null || payload.getChannel() == null) {
            throw new Payloads.Incomplete("user or channel");
        }
        String team = payload.getTeam() == null
                ? payload.getUser().getTeamId()
                : payload.getTeam().getId();
        return new Invocation(
                new TeamId(Payloads.required("team", team)),
                new ChannelId(Payloads.required("channel", payload.getChannel().getId())),
                new UserId(Payloads.required("user", payload.getUser().getId())),
                Payloads.delivery("button", payload.getTriggerId(), body),
                Payloads.url(payload.getResponseUrl()),
                Payloads.visibility(
                        new ChannelId(payload.getChannel().getId()),
                        payload.getChannel().getName()));
    }

    /** Shows the answer in place of the message; where there is nothing to say, the message goes. */
    private static void respond(ActionContext context, Optional<Answer> answer) {
        try {
            context.respond(response -> {
                if (answer.isEmpty()) {
                    return response.deleteOriginal(true);
                }
                response.replaceOriginal(true).text(answer.get().text());
                return answer.get().blocks().isEmpty()
                        ? response
                        : response.blocks(answer.get().blocks());
            });
        } catch (IOException | RuntimeException e) {
            // The thing itself is done; only the message with the button stays as it was.
            LOG.warn("method=response_url error={}", e.getClass().getSimpleName());
        }
    }
}
