package dev.switchboard.slack;

import com.slack.api.app_backend.events.payload.EventsApiPayload;
import com.slack.api.bolt.context.builtin.EventContext;
import com.slack.api.bolt.handler.BoltEventHandler;
import com.slack.api.bolt.response.Response;
import com.slack.api.model.event.CallRejectedEvent;
import dev.switchboard.call.CallId;
import dev.switchboard.call.Participation;
import dev.switchboard.call.SlackCallId;
import dev.switchboard.call.UserId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody declined a Call on Slack's own card. */
final class CallRejectedListener implements BoltEventHandler<CallRejectedEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(CallRejectedListener.class);

    private final Participation participation;

    CallRejectedListener(Participation participation) {
        this.participation = participation;
    }

    @Override
    public Response apply(EventsApiPayload<CallRejectedEvent> payload, EventContext context) {
        CallRejectedEvent event = payload.getEvent();
        SlackCallId call = Payloads.id("call_id", event.getCallId(), SlackCallId::new);
        boolean ours = participation.declined(
                Payloads.delivery("event", payload.getEventId(), String.valueOf(event)),
                Payloads.team(payload),
                Payloads.id("user_id", event.getUserId(), UserId::new),
                call,
                callId(event.getExternalUniqueId()));
        if (!ours) {
            LOG.info("event=call_rejected call_id={} is not a Call of ours", call);
        }
        return context.ack();
    }

    private static Optional<CallId> callId(@Nullable String external) {
        try {
            return Optional.ofNullable(external).map(UUID::fromString).map(CallId::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
