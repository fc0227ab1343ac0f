package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The response URLs given out: five uses within thirty minutes, docs.slack.dev/interactivity/handling-user-interaction. */
final class ResponseUrls {
    private static final int USES = 5;
    private static final Duration LIFE = Duration.ofMinutes(30);
    private static final Set<String> CALL_TYPES = Set.of("call", "video", "audio");

    private final Clock clock;
    private final Map<String, ResponseUrl> urls = new ConcurrentHashMap<>();

    ResponseUrls(Clock clock) {
        this.clock = clock;
    }

    private enum Kind {
        COMMAND,
        ACTION,
        CALL_ICON
    }

    private static final class ResponseUrl {
        private final Kind kind;
        private final Person person;
        private final Conversation where;
        private final Optional<String> original;
        private final Instant expires;
        private int uses;

        ResponseUrl(Kind kind, Person person, Conversation where, Optional<String> original, Instant expires) {
            this.kind = kind;
            this.person = person;
            this.where = where;
            this.original = original;
            this.expires = expires;
        }
    }

    String forCommand(Person person, Conversation where) {
        return issue(Kind.COMMAND, person, where, Optional.empty());
    }

    String forAction(Person person, Conversation where, String messageTs) {
        return issue(Kind.ACTION, person, where, Optional.of(messageTs));
    }

    String forCallIcon(Person person, Conversation where) {
        return issue(Kind.CALL_ICON, person, where, Optional.empty());
    }

    private String issue(Kind kind, Person person, Conversation where, Optional<String> original) {
        Workspace workspace = person.workspace();
        String path = (kind == Kind.ACTION ? "/actions/" : "/commands/") + workspace.id() + '/' + UUID.randomUUID();
        urls.put(
                path,
                new ResponseUrl(kind, person, where, original, clock.instant().plus(LIFE)));
        return workspace.slack().address() + path;
    }

    Optional<String> team(String path) {
        return Optional.ofNullable(urls.get(path))
                .map(url -> url.person.workspace().id());
    }

    ApiAnswer use(String path, String contentType, String body) {
        ResponseUrl url = urls.get(path);
        if (url == null || url.expires.isBefore(clock.instant())) {
            return ApiAnswer.error(404, "expired_url");
        }
        Optional<JsonObject> json =
                contentType.startsWith("application/json") ? Json.parseObject(body) : Optional.empty();
        if (json.isEmpty()) {
            return ApiAnswer.error(400, "invalid_payload");
        }
        synchronized (url) {
            if (url.uses >= USES) {
                return ApiAnswer.error(404, "used_url");
            }
            try {
                ApiAnswer answer = apply(url, json.get());
                url.uses++;
                return answer;
            } catch (ApiError refused) {
                return ApiAnswer.error(400, refused.code());
            }
        }
    }

    private static ApiAnswer apply(ResponseUrl url, JsonObject answer) {
        synchronized (url.person.workspace()) {
            return applyAlone(url, answer);
        }
    }

    private static ApiAnswer applyAlone(ResponseUrl url, JsonObject answer) {
        if (CALL_TYPES.contains(Json.text(answer, "response_type").orElse(""))) {
            return openCall(url, answer);
        }
        Optional<PostedMessage> original = url.original.flatMap(url.where::message);
        Reply reply = new Reply(url.person, url.where);
        if (Json.truth(answer, "delete_original")) {
            url.where.delete(
                    original.orElseThrow(() -> ApiError.of("message_not_found")).ts());
        } else if (Json.truth(answer, "replace_original") && original.isPresent()) {
            reply.replace(original.get(), answer);
        } else {
            reply.post(answer);
        }
        return new ApiAnswer(200, Map.of(), "ok");
    }

    /** The answer to the Call icon; after a slash command Slack fails at it (bolt-js#1125). */
    private static ApiAnswer openCall(ResponseUrl url, JsonObject answer) {
        if (url.kind != Kind.CALL_ICON) {
            return ApiAnswer.error(500, "invalid_command_response");
        }
        String address = Json.text(answer, "call_initiation_url").orElseThrow(() -> ApiError.of("invalid_payload"));
        url.person.open(address);
        return new ApiAnswer(200, Map.of(), "ok");
    }
}
