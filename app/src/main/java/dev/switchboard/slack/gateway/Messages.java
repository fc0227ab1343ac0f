package dev.switchboard.slack.gateway;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.slack.api.methods.RequestFormBuilder;
import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import com.slack.api.methods.request.chat.ChatUnfurlRequest;
import com.slack.api.methods.request.chat.ChatUpdateRequest;
import com.slack.api.util.json.GsonFactory;
import dev.switchboard.call.Announcement;
import dev.switchboard.call.Call;
import dev.switchboard.call.ChannelId;
import dev.switchboard.call.MessageRef;
import dev.switchboard.call.Reply;
import dev.switchboard.call.Reply.Verdict;
import dev.switchboard.call.ResponseUrl;
import dev.switchboard.call.SlackCalls.Unit;
import dev.switchboard.call.Snapshot;
import dev.switchboard.slack.text.Content;
import dev.switchboard.slack.text.Contents;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Announcements on their way into Slack; those whose reply is lost are looked for by {@link LostMessages}. */
final class Messages {
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    private static final long ANSWER_READ = 4_096;

    /** A proxy that wants a password, a request that was too slow, a limit: not about the URL. */
    private static final Set<Integer> NOT_OF_SLACK = Set.of(407, 408, 429);

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
        String thread = announcement.target().replyTo().map(MessageRef::ts).orElse(null);
        ChatPostMessageRequest request = ChatPostMessageRequest.builder()
                .channel(channel)
                .threadTs(thread)
                .text(content.text())
                .blocks(content.blocks().isEmpty() ? null : content.blocks())
                .unfurlLinks(false)
                .unfurlMedia(false)
                .metadata(Mark.of(announcement))
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
            if (!bySlack(response)) {
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

    /** Whether Slack has refused what was sent; a limit, a fault, a redirection or a page of something in between says no more. */
    private static boolean bySlack(Response response) throws IOException {
        int status = response.code();
        boolean refused = status >= 400 && status < 500 && !NOT_OF_SLACK.contains(status);
        return refused && !response.peekBody(ANSWER_READ).string().strip().startsWith("<");
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
        return announcement.route() == Announcement.Route.DIRECT
                ? addressee(announcement)
                : announcement.target().conversation().orElseThrow().value();
    }

    private static String addressee(Announcement announcement) {
        return announcement.target().addressee().orElseThrow().value();
    }
}
