package dev.switchboard.slack.gateway;

import com.slack.api.model.Message;
import com.slack.api.model.ResponseMetadata;
import dev.switchboard.call.Announcement;
import dev.switchboard.call.Call;
import dev.switchboard.call.ChannelId;
import dev.switchboard.call.MessageRef;
import dev.switchboard.call.Reply;
import dev.switchboard.call.Reply.Verdict;
import dev.switchboard.call.SlackCalls.Whereabouts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The search for messages that we posted, or may have posted, and got no answer about. */
final class LostMessages {
    /** Slack's and ours, which may be set to another zone's time; the latest messages come first. */
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);
    /** As many messages as Slack recommends to ask for at once. */
    private static final int LOOKED_THROUGH = 200;
    /** Where more was said since, an announcement is posted again rather than looked for any longer. */
    private static final int PAGES = 10;

    private final Requests requests;

    LostMessages(Requests requests) {
        this.requests = requests;
    }

    /**
     * Looks for the message by its metadata; where the bot may not read the conversation, a Call's own list of channels
     * tells whether its card is there, though not where.
     */
    Reply<Whereabouts> find(Call call, Announcement announcement) {
        if (announcement.route() == Announcement.Route.RESPONSE_URL) {
            return findByCall(call, call.channel());
        }
        Reply<ChannelId> channel = where(call, announcement);
        if (channel.value().isEmpty()) {
            return channel.verdict() == Verdict.NEVER
                    ? Reply.done(new Whereabouts(false, Optional.empty()))
                    : channel.failed();
        }
        Reply<Whereabouts> found =
                findByMetadata(call, announcement, channel.value().get());
        boolean showsTheCall = announcement.target() instanceof Announcement.Card
                || announcement.target() instanceof Announcement.Ring;
        boolean unreadable = found.verdict() == Verdict.NEVER;
        if (unreadable && !showsTheCall) {
            return Reply.done(new Whereabouts(false, Optional.empty()));
        }
        return unreadable ? findByCall(call, channel.value().get()) : found;
    }

    private Reply<ChannelId> where(Call call, Announcement announcement) {
        if (announcement.route() != Announcement.Route.DIRECT) {
            return Reply.done(announcement.target().conversation().orElseThrow());
        }
        String user = announcement.target().addressee().orElseThrow().value();
        return requests.ask(
                call.team(),
                "conversations.open",
                client -> client.conversationsOpen(r -> r.users(List.of(user))),
                reply -> new ChannelId(reply.getChannel().getId()));
    }

    private Reply<Whereabouts> findByMetadata(Call call, Announcement announcement, ChannelId channel) {
        Optional<String> from = Optional.empty();
        for (int page = 1; ; page++) {
            Reply<Page> found = page(call, announcement, channel, from);
            from = found.value().flatMap(Page::next);
            if (found.value().isEmpty()) {
                return found.failed();
            }
            if (found.value().get().ours().isPresent() || from.isEmpty() || page == PAGES) {
                Optional<MessageRef> ours = found.value().get().ours();
                return Reply.done(new Whereabouts(ours.isPresent(), ours));
            }
        }
    }

    /**
     * Some of the messages since the announcement, the latest first.
     *
     * @param ours the announcement's, if it is among them
     * @param next where the next page begins, if there is one
     */
    private record Page(Optional<MessageRef> ours, Optional<String> next) {
        static Page of(
                List<Message> messages, @Nullable ResponseMetadata more, Announcement announcement, ChannelId channel) {
            return new Page(
                    messages.stream()
                            .filter(message -> Mark.isOf(announcement, message))
                            .map(message -> new MessageRef(channel, message.getTs()))
                            .findFirst(),
                    Optional.ofNullable(more)
                            .map(ResponseMetadata::getNextCursor)
                            .filter(cursor -> !cursor.isEmpty()));
        }
    }

    private Reply<Page> page(Call call, Announcement announcement, ChannelId channel, Optional<String> from) {
        String since = announcement.createdAt().minus(CLOCKS_DIFFER).getEpochSecond() + ".000000";
        String cursor = from.orElse(null);
        Optional<MessageRef> thread = announcement.target().replyTo();
        return thread.isPresent()
                ? requests.ask(
                        call.team(),
                        "conversations.replies",
                        client -> client.conversationsReplies(r -> r.channel(channel.value())
                                .ts(thread.get().ts())
                                .oldest(since)
                                .limit(LOOKED_THROUGH)
                                .cursor(cursor)
                                .includeAllMetadata(true)),
                        reply -> Page.of(reply.getMessages(), reply.getResponseMetadata(), announcement, channel))
                : requests.ask(
                        call.team(),
                        "conversations.history",
                        client -> client.conversationsHistory(r -> r.channel(channel.value())
                                .oldest(since)
                                .limit(LOOKED_THROUGH)
                                .cursor(cursor)
                                .includeAllMetadata(true)),
                        reply -> Page.of(reply.getMessages(), reply.getResponseMetadata(), announcement, channel));
    }

    private Reply<Whereabouts> findByCall(Call call, ChannelId channel) {
        if (call.slack().id().isEmpty()) {
            return Reply.done(new Whereabouts(false, Optional.empty()));
        }
        String id = call.slack().id().get().value();
        return requests.ask(
                call.team(),
                "calls.info",
                client -> client.callsInfo(r -> r.id(id)),
                reply -> new Whereabouts(People.view(reply).channels().contains(channel), Optional.empty()));
    }
}
