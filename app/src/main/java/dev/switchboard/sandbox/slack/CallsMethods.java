package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code calls.*}: docs.slack.dev/apis/calls. */
final class CallsMethods {
    /** Beyond this a start time is taken for milliseconds. Slack's own limit is unknown. */
    private static final Duration FARTHEST_START = Duration.ofDays(366);

    private final FakeSlack slack;

    CallsMethods(FakeSlack slack) {
        this.slack = slack;
    }

    List<ApiMethod> methods() {
        return List.of(
                writing("calls.add", this::add),
                writing("calls.update", CallsMethods::update),
                writing("calls.end", this::end),
                writing("calls.participants.add", CallsMethods::addParticipants),
                writing("calls.participants.remove", CallsMethods::removeParticipants),
                new ApiMethod("calls.info", List.of("calls:read"), Tier.TIER_3, CallsMethods::info));
    }

    private static ApiMethod writing(String name, ApiMethod.Effect effect) {
        return new ApiMethod(name, List.of("calls:write"), Tier.TIER_3, effect);
    }

    private JsonObject add(Workspace workspace, ApiRequest request) {
        Call.Registration registration = new Call.Registration(
                request.required("external_unique_id"),
                request.optional("external_display_id"),
                url(request.required("join_url"), "join_url"),
                request.optional("desktop_app_join_url"),
                request.optional("title"),
                createdBy(workspace, request),
                start(request));
        List<Participant> users = users(workspace, request);
        Optional<Call> known = slack.settings().sameCallForSameExternalId()
                ? workspace.callByExternalId(registration.externalUniqueId())
                : Optional.empty();
        Call call = known.orElseGet(() -> workspace.register(registration));
        if (known.isEmpty()) {
            call.join(users);
        }
        return Json.object("call", call.json());
    }

    private static String createdBy(Workspace workspace, ApiRequest request) {
        Optional<String> createdBy = request.optional("created_by");
        if (createdBy.isPresent() && !known(workspace, createdBy.get())) {
            throw ApiError.of("invalid_created_by");
        }
        return createdBy.orElse("");
    }

    private long start(ApiRequest request) {
        Instant now = slack.settings().clock().instant();
        long start = request.number("date_start").orElse(now.getEpochSecond());
        if (start < 0 || start > now.plus(FARTHEST_START).getEpochSecond()) {
            throw ApiError.of("invalid_start_time");
        }
        return start;
    }

    private static String url(String text, String name) {
        if (!text.contains("://")) {
            throw ApiError.invalidArguments("must be a URL: " + name);
        }
        return text;
    }

    private static List<Participant> users(Workspace workspace, ApiRequest request) {
        List<Participant> users = new ArrayList<>();
        request.array("users", "invalid_arguments")
                .ifPresent(array -> array.forEach(user -> users.add(Participant.read(user))));
        users.stream()
                .flatMap(user -> user.slackId().stream())
                .filter(id -> !known(workspace, id))
                .findFirst()
                .ifPresent(unknown -> {
                    throw ApiError.of("user_not_found");
                });
        return users;
    }

    private static boolean known(Workspace workspace, String id) {
        return workspace.personById(id).isPresent() || workspace.botUserId().equals(id);
    }

    private static Call call(Workspace workspace, ApiRequest request) {
        return workspace.findCall(request.required("id")).orElseThrow(() -> ApiError.of("invalid_call_id"));
    }

    private static JsonObject info(Workspace workspace, ApiRequest request) {
        return Json.object("call", call(workspace, request).json());
    }

    private static JsonObject update(Workspace workspace, ApiRequest request) {
        Call call = call(workspace, request);
        Optional<String> title = request.optional("title");
        Optional<String> joinUrl = request.optional("join_url").map(value -> url(value, "join_url"));
        Optional<String> desktopUrl = request.optional("desktop_app_join_url");
        if (title.isEmpty() && joinUrl.isEmpty() && desktopUrl.isEmpty()) {
            throw ApiError.invalidArguments("one of title, join_url and desktop_app_join_url is required");
        }
        call.update(title, joinUrl, desktopUrl);
        return Json.object("call", call.json());
    }

    private JsonObject end(Workspace workspace, ApiRequest request) {
        Call call = call(workspace, request);
        OptionalLong duration = request.number("duration");
        if (duration.isPresent() && duration.getAsLong() < 0) {
            throw ApiError.invalidArguments("must be greater than or equal to 0: duration");
        }
        call.end(slack.settings().clock().instant(), duration);
        return Json.object("call", call.json());
    }

    private static JsonObject addParticipants(Workspace workspace, ApiRequest request) {
        Call call = call(workspace, request);
        boolean someWereIn = call.join(requiredUsers(workspace, request));
        JsonObject answer = Json.object("call", call.json());
        if (someWereIn) {
            answer.addProperty("error", "bad_users");
        }
        return answer;
    }

    private static JsonObject removeParticipants(Workspace workspace, ApiRequest request) {
        Call call = call(workspace, request);
        call.leave(requiredUsers(workspace, request));
        return Json.object("call", call.json());
    }

    private static List<Participant> requiredUsers(Workspace workspace, ApiRequest request) {
        request.required("users");
        List<Participant> users = users(workspace, request);
        if (users.isEmpty()) {
            throw ApiError.invalidArguments("must hold at least one: users");
        }
        return users;
    }
}
