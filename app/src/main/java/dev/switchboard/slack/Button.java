package dev.switchboard.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.interactive_components.response.ActionResponse;
import com.slack.api.bolt.context.builtin.ActionContext;
import com.slack.api.bolt.handler.builtin.BlockActionHandler;
import com.slack.api.bolt.request.builtin.BlockActionRequest;
import com.slack.api.bolt.response.Response;
import dev.switchboard.call.CallStore;
import dev.switchboard.call.ChannelId;
import dev.switchboard.call.Invocation;
import dev.switchboard.call.Outcome;
import dev.switchboard.call.TeamId;
import dev.switchboard.call.Trace;
import dev.switchboard.call.UserId;
import dev.switchboard.slack.text.Answer;
import dev.switchboard.slack.text.Answers;
import dev.switchboard.slack.text.Content;
import dev.switchboard.slack.text.Contents;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A button of our messages. The press is acknowledged when what it asks for is committed; the answer then takes the
 * place of the message with the button, if that was for one person alone.
 */
abstract class Button implements BlockActionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Button.class);

    private final Answers answers;
    private final Executor afterAcknowledging;

    private final Manner manner;

    /** Where a button stands, and so where its answer goes. */
    enum Manner {
        /** In a message to one person: the answer takes its place. */
        IN_PLACE,
        /** In a message that others see: the answer is whispered, and the message stays. */
        WHISPERED,
        /** The same, and the answer takes asking others, for which the acknowledgement doesn't wait. */
        WHISPERED_LATER
    }

    Button(Answers answers, Executor afterAcknowledging, Manner manner) {
        this.answers = answers;
        this.afterAcknowledging = afterAcknowledging;
        this.manner = manner;
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
        Invocation by = invocation(payload, request.getRequestBodyAsString());
        String given = payload.getActions().get(0).getValue();
        String value = given == null ? "" : given;
        if (manner == Manner.WHISPERED_LATER) {
            afterAcknowledging.execute(() -> respond(payload, context, pressLater(by, value)));
        } else {
            Outcome outcome = press(by, value);
            if (!(outcome instanceof Outcome.Repeated)) {
                afterAcknowledging.execute(() -> respond(payload, context, outcome));
            }
        }
        return context.ack();
    }

    private Outcome pressLater(Invocation by, String value) {
        try {
            return press(by, value);
        } catch (CallStore.Unavailable e) {
            return new Outcome.NotNow(e.isInDoubt());
        } catch (RuntimeException e) {
            LOG.error("a button failed: {}", Trace.of(e));
            return new Outcome.Failed();
        }
    }

    private static Invocation invocation(BlockActionPayload payload, String body) {
        if (payload.getUser() == null || payload.getChannel() == null) {
            throw new Payloads.Incomplete("user or channel");
        }
        String team = payload.getTeam() == null
                ? payload.getUser().getTeamId()
                : payload.getTeam().getId();
        ChannelId channel = Payloads.id("channel", payload.getChannel().getId(), ChannelId::new);
        return new Invocation(
                Payloads.id("team", team, TeamId::new),
                channel,
                Payloads.id("user", payload.getUser().getId(), UserId::new),
                Payloads.delivery("button", payload.getTriggerId(), body),
                Payloads.url(payload.getResponseUrl()),
                Payloads.visibility(channel, payload.getChannel().getName()));
    }

    private void respond(BlockActionPayload payload, ActionContext context, Outcome outcome) {
        Optional<Answer> answer = outcome.answer(answers);
        try {
            if (manner == Manner.IN_PLACE) {
                context.respond(response -> replace(response, answer));
            } else if (outcome instanceof Outcome.Over over && !forOne(payload)) {
                // A card that we could not take the buttons off: now we can.
                Content ended = Contents.ended(over.call());
                context.respond(response -> replace(response, Optional.of(new Answer(ended.text(), ended.blocks()))));
            } else if (answer.isPresent()) {
                context.respond(response -> show(
                        response.responseType("ephemeral")
                                .replaceOriginal(false)
                                .deleteOriginal(false),
                        answer.get()));
            }
        } catch (IOException | RuntimeException e) {
            // The thing itself is done; only the message with the button stays as it was.
            LOG.warn("method=response_url error={}", e.getClass().getSimpleName());
        }
    }

    private static boolean forOne(BlockActionPayload payload) {
        return payload.getContainer() != null && payload.getContainer().isEphemeral();
    }

    /** Shows the answer in place of the message; where there is nothing to say, the message goes. */
    private static ActionResponse.ActionResponseBuilder replace(
            ActionResponse.ActionResponseBuilder response, Optional<Answer> answer) {
        return answer.isEmpty() ? response.deleteOriginal(true) : show(response.replaceOriginal(true), answer.get());
    }

    private static ActionResponse.ActionResponseBuilder show(
            ActionResponse.ActionResponseBuilder response, Answer answer) {
        response.text(answer.text());
        return answer.blocks().isEmpty() ? response : response.blocks(answer.blocks());
    }
}
