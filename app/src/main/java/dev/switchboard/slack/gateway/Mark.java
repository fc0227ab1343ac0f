package dev.switchboard.slack.gateway;

import com.slack.api.model.Message;
import dev.switchboard.call.Announcement;
import java.util.Map;

/** Marks our messages, so that they can be found again (https://docs.slack.dev/messaging/message-metadata). */
final class Mark {
    private static final String EVENT_TYPE = "switchboard_announcement";
    private static final String EVENT_KEY = "announcement";

    private Mark() {}

    static Message.Metadata of(Announcement announcement) {
        return Message.Metadata.builder()
                .eventType(EVENT_TYPE)
                .eventPayload(Map.of(EVENT_KEY, announcement.id().toString()))
                .build();
    }

    /** Whether the message is that announcement's. */
    static boolean isOf(Announcement announcement, Message message) {
        Message.Metadata mark = message.getMetadata();
        return mark != null
                && EVENT_TYPE.equals(mark.getEventType())
                && mark.getEventPayload() != null
                && announcement.id().toString().equals(mark.getEventPayload().get(EVENT_KEY));
    }
}
