package dev.switchboard.slack.gateway;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.slack.api.methods.RequestFormBuilder;
import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import com.slack.api.methods.request.chat.ChatUnfurlRequest;
import com.slack.api.methods.request.chat.ChatUpdateRequest;
import com.slack.api.model.Message;
import com.slack.api.model.ResponseMetadata;
import com.slack.api.util.json.GsonFactory;
import dev.switchboard.call.Announcement;
import dev.switchboard.call.Call;
import dev.switchboard.call.ChannelId;
import dev.switchboard.call.MessageRef;
import dev.switchboard.call.Reply;
import dev.switchboard.call.Reply.Verdict;
import dev.switchboard.call.ResponseUrl;
import dev.switchboard.call.SlackCalls.Unit;
import dev.switchboard.call.SlackCalls.Whereabouts;
import dev.switchboard.call.Snapshot;
import dev.switchboard.slack.text.Content;
import dev.switchboard.slack.text.Contents;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Announcements on their way into Slack, and the search for those whose reply was lost. */
final class Messages {
    /** Marks our messages, so that they can be found again (https://docs.slack.dev/messaging/message-metadata). */
    private static final String EVENT_TYPE = "switchboard_announcement";

    private static final String EVENT_KEY = "announcement";
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
    /** Slack's and ours, which may be set to another zone's time; the latest messages come first. */
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);
    /** As many messages as Slack recommends to ask for at once. */
    private static final int LOOKED_THROUGH = 200;
    /** Where more was said since, an announcement is posted again rather than looked for any longer. */
    private static final int PAGES = 10;

    private static final long ANSWER_READ = 4_096;

    private final Requests requests;
    private final Contents contents;
    private final OkHttpClient http;
    private final Clock clock;
    private final Gson gson = GsonFactory.createSnakeCase();

    Messages(Requests requests, Contents contents, OkHttpClient http, Clock clock) {
        this.requests = requests;
        this.contents = contents;
        this.http = http;
        this.clock = clock;
    }

    Reply<Optional<MessageRef>> deliver(Snapshot now, Announcement announcement, Optional<ResponseUrl> responseUrl) {
        return switch (announcement.route()) {
            case MESSAGE, DIRECT, THREAD -> post(now, announcement);
            case EPHEMERAL -> whisper(now, announcement);
            case UNFURL -> unfurl(now.call(), announcement);
            case RESPONSE_URL -> respond(now, announcement, responseUrl.orElseThrow());
        };
    }

    /** Shows the message without its buttons. */
    Reply<Unit> retire(Snapshot now, Announcement delivered) {
        MessageRef message = delivered.message().orElseThrow();
        Content content = contents.retired(now, delivered);
        ChatUpdateRequest request = ChatUpdateRequest.builder()
                .channel(message.channel().value())
                .ts(message.ts())
                .text(content.text())
                .blocks(content.blocks())
                .build();
        return requests.post(
                now.call().team(),
                "chat.update",
                Optional.empty(),
                RequestFormBuilder.toForm(request),
                reply -> Unit.UNIT);
    }

    private Reply<Optional<MessageRef>> post(Snapshot now, Announcement announcement) {
        Content content = contents.of(now, announcement);
        String channel = channel(announcement);
        String thread = thread(announcement).map(MessageRef::ts).orElse(null);
        ChatPostMessageRequest request = ChatPostMessageRequest.builder()
                .channel(channel)
                .threadTs(thread)
                .text(content.text())
                .blocks(content.blocks().isEmpty() ? null : content.blocks())
                .unfurlLinks(false)
                .unfurlMedia(false)
                .metadata(Message.Metadata.builder()
                        .eventType(EVENT_TYPE)
                        .eventPayload(Map.of(EVENT_KEY, announcement.id().toString()))
                        .build())
                .build();
        return requests.post(
                now.call().team(),
                "chat.postMessage",
                Optional.of(channel),
                RequestFormBuilder.toForm(request),
                reply -> Optional.of(where(reply)));
    }

    private static MessageRef where(Posted reply) {
        return new MessageRef(
                new ChannelId(Objects.requireNonNull(reply.channel())), Objects.requireNonNull(reply.ts()));
    }

    private Reply<Optional<MessageRef>> whisper(Snapshot now, Announcement announcement) {
        Content content = contents.of(now, announcement);
        return requests.ask(
                now.call().team(),
                "chat.postEphemeral",
                client -> client.chatPostEphemeral(
                        r -> r.channel(now.call().channel().value())
                                .user(addressee(announcement))
                                .text(content.text())),
                reply -> Optional.empty());
    }

    private Reply<Optional<MessageRef>> unfurl(Call call, Announcement announcement) {
        Announcement.Unfurl target = (Announcement.Unfurl) announcement.target();
        ChatUnfurlRequest.UnfurlDetail detail = ChatUnfurlRequest.UnfurlDetail.builder()
                .blocks(Contents.card(call.slack().id().orElseThrow()))
                .build();
        // A draft has no message yet, only Slack's handle of the link.
        boolean draft = target.source().filter("composer"::equals).isPresent()
                && target.unfurlId().isPresent();
        return requests.ask(
                call.team(),
                "chat.unfurl",
                client -> client.chatUnfurl(r -> {
                    r.unfurls(Map.of(target.url(), detail));
                    return draft
                            ? r.unfurlId(target.unfurlId().get())
                                    .source(target.source().get())
                            : r.channel(target.channel().value()).ts(target.ts());
                }),
                reply -> Optional.empty());
    }

    private Reply<Optional<MessageRef>> respond(Snapshot now, Announcement announcement, ResponseUrl url) {
        Request request = new Request.Builder()
                .url(url.url().toString())
                .post(RequestBody.create(body(now, announcement).toString(), JSON))
                .build();
        try (Response response = http.newCall(request).execute()) {
            if (response.isSuccessful()) {
                return answered(response.peekBody(ANSWER_READ).string().strip());
            }
            if (response.code() == 429 || response.code() >= 500) {
                return Failures.status(
                        response.code(), Failures.retryAfter(response.header("Retry-After"), clock.instant()));
            }
            return Reply.of(Verdict.NEVER, "http_" + response.code()); // used up, expired, or not understood
        } catch (IOException e) {
            return Failures.reply(e, clock.instant());
        } catch (RuntimeException e) {
            return Reply.of(Verdict.NEVER, Failures.code(e));
        }
    }

    /** Slack says {@code ok}, or nothing, where all is well; a refusal may come with HTTP 200 too. */
    private static Reply<Optional<MessageRef>> answered(String body) {
        if (body.startsWith("<")) {
            return Reply.of(Verdict.LOST, "no_answer_of_slack"); // a web page of something in between
        }
        if (body.startsWith("{")) {
            try {
                JsonObject answer = JsonParser.parseString(body).getAsJsonObject();
                if (answer.has("ok") && !answer.get("ok").getAsBoolean()) {
                    String code = answer.has("error") ? answer.get("error").getAsString() : "no_error_code";
                    return Reply.of(ErrorCode.verdict("response_url", code), code);
                }
            } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
                return Reply.of(Verdict.LOST, "no_answer_of_slack");
            }
        }
        return Reply.done(Optional.empty());
    }

    private JsonObject body(Snapshot now, Announcement announcement) {
        JsonObject body = new JsonObject();
        Call call = now.call();
        if (announcement.target() instanceof Announcement.IconAnswer icon) {
            body.addProperty("response_type", icon.audio() ? "audio" : "call");
            body.addProperty("call_initiation_url", call.room().joinUrl().toString());
            call.room()
                    .desktopUrl()
                    .map(URI::toString)
                    .ifPresent(desktop -> body.addProperty("desktop_protocol_call_initiation_url", desktop));
            return body;
        }
        Content content = contents.of(now, announcement);
        boolean forAll = announcement.target() instanceof Announcement.Card;
        body.addProperty("response_type", forAll ? "in_channel" : "ephemeral");
        body.addProperty("replace_original", false);
        body.addProperty("text", content.text());
        if (!content.blocks().isEmpty()) {
            body.add("blocks", gson.toJsonTree(content.blocks()));
        }
        return body;
    }

    /** Where a message goes; a person's id stands for the direct message with them. */
    private static String channel(Announcement announcement) {
        return conversation(announcement).map(ChannelId::value).orElseGet(() -> addressee(announcement));
    }

    /** The conversation, where it isn't the direct message with the addressee. */
    private static Optional<ChannelId> conversation(Announcement announcement) {
        if (announcement.route() == Announcement.Route.DIRECT) {
            return Optional.empty();
        }
        if (announcement.target() instanceof Announcement.Card card) {
            return Optional.of(card.channel());
        }
        return announcement.target() instanceof Announcement.Question question
                ? Optional.of(question.channel())
                : thread(announcement).map(MessageRef::channel);
    }

    private static Optional<MessageRef> thread(Announcement announcement) {
        if (announcement.target() instanceof Announcement.Summary summary) {
            return Optional.of(summary.thread());
        }
        return announcement.target() instanceof Announcement.Recording recording
                ? Optional.of(recording.thread())
                : Optional.empty();
    }

    private static String addressee(Announcement announcement) {
        if (announcement.target() instanceof Announcement.Ring ring) {
            return ring.user().value();
        }
        if (announcement.target() instanceof Announcement.Question question) {
            return question.creator().value();
        }
        return ((Announcement.Notice) announcement.target()).user().value();
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
        Optional<ChannelId> conversation = conversation(announcement);
        if (conversation.isPresent()) {
            return Reply.done(conversation.get());
        }
        return requests.ask(
                call.team(),
                "conversations.open",
                client -> client.conversationsOpen(r -> r.users(List.of(addressee(announcement)))),
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
                            .filter(message -> isOf(announcement, message))
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
        Optional<MessageRef> thread = thread(announcement);
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

    private static boolean isOf(Announcement announcement, Message message) {
        return message.getMetadata() != null
                && EVENT_TYPE.equals(message.getMetadata().getEventType())
                && message.getMetadata().getEventPayload() != null
                && announcement
                        .id()
                        .toString()
                        .equals(message.getMetadata().getEventPayload().get(EVENT_KEY));
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
