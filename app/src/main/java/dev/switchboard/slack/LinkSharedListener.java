package dev.switchboard.slack;

import com.slack.api.app_backend.events.payload.EventsApiPayload;
import com.slack.api.bolt.context.builtin.EventContext;
import com.slack.api.bolt.handler.BoltEventHandler;
import com.slack.api.bolt.response.Response;
import com.slack.api.model.event.LinkSharedEvent;
import dev.switchboard.call.Calls;
import dev.switchboard.call.ChannelId;
import dev.switchboard.call.SharedLinks;
import dev.switchboard.call.UserId;
import java.util.ArrayList;
import java.util.List;

/** Somebody pasted a link of the meeting server's domain. */
final class LinkSharedListener implements BoltEventHandler<LinkSharedEvent> {
    /** What {@code source} says while the message is still being typed. */
    private static final String COMPOSER = "composer";

    /** As long as the ledger holds; Slack's are shorter. */
    private static final int LONGEST_NAME = 100;
    /** The same, of {@code unfurl_id}, which has a hash in it. */
    private static final int LONGEST_HANDLE = 200;

    private final Calls calls;

    LinkSharedListener(Calls calls) {
        this.calls = calls;
    }

    @Override
    public Response apply(EventsApiPayload<LinkSharedEvent> payload, EventContext context) {
        LinkSharedEvent event = payload.getEvent();
        calls.linksShared(new SharedLinks(
                Payloads.delivery("event", payload.getEventId(), context.getRequestUserId() + event),
                Payloads.team(payload),
                Payloads.id("channel", event.getChannel(), ChannelId::new),
                Payloads.id("user", event.getUser(), UserId::new),
                Payloads.name(event.getMessageTs(), LONGEST_NAME)
                        .orElseThrow(() -> new Payloads.Incomplete("message_ts")),
                Payloads.name(event.getUnfurlId(), LONGEST_HANDLE),
                Payloads.name(event.getSource(), LONGEST_NAME),
                COMPOSER.equals(event.getSource()) || "COMPOSER".equals(event.getChannel()),
                links(event)));
        return context.ack();
    }

    private static List<SharedLinks.Link> links(LinkSharedEvent event) {
        List<SharedLinks.Link> links = new ArrayList<>();
        if (event.getLinks() != null) {
            for (LinkSharedEvent.Link link : event.getLinks()) {
                if (link != null) {
                    Payloads.name(link.getUrl(), Payloads.LONGEST_URL)
                            .flatMap(raw ->
                                    Payloads.url(raw.replace("&amp;", "&")).map(uri -> new SharedLinks.Link(raw, uri)))
                            .ifPresent(links::add);
                }
            }
        }
        return links;
    }
}
