package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Slack's Web API: finds the method, checks the caller, does it. */
final class WebApi {
    private final FakeSlack slack;
    private final Map<String, ApiMethod> methods = new HashMap<>();

    WebApi(FakeSlack slack) {
        this.slack = slack;
        List.of(
                        new CallsMethods(slack).methods(),
                        ChatMethods.methods(),
                        UnfurlMethod.methods(),
                        ConversationsMethods.methods(),
                        HistoryMethods.methods(),
                        UsersMethods.methods(),
                        new ViewsMethods(slack).methods())
                .forEach(group -> group.forEach(method -> methods.put(method.name(), method)));
    }

    Optional<String> team(ApiRequest request) {
        return request.token().flatMap(slack::workspaceOfToken).map(Workspace::id);
    }

    ApiAnswer answer(ApiRequest request) {
        try {
            return switch (request.method()) {
                case "api.test" -> ok(Json.object("args", Json.object()));
                case "auth.test" -> ok(authTest(request)).withHeader("x-oauth-scopes", scopes(request));
                case "apps.connections.open" -> openConnection(request);
                default -> call(request);
            };
        } catch (ApiError refused) {
            return ApiAnswer.ok(refused.body());
        }
    }

    private static ApiAnswer ok(JsonObject content) {
        JsonObject answer = Json.object("ok", true);
        content.entrySet().forEach(entry -> answer.add(entry.getKey(), entry.getValue()));
        return ApiAnswer.ok(answer);
    }

    private ApiAnswer call(ApiRequest request) {
        ApiMethod method = methods.get(request.method());
        if (method == null) {
            throw ApiError.of("unknown_method");
        }
        String token = token(request);
        if (token.equals(slack.appToken())) {
            throw ApiError.of("not_allowed_token_type");
        }
        Workspace workspace = slack.workspaceOfToken(token).orElseThrow(() -> ApiError.of("invalid_auth"));
        workspace.bot().check(method.scopes());
        Optional<Duration> wait = slack.rateLimits()
                .take(
                        workspace.id(),
                        method.name(),
                        method.tier(),
                        request.optional("channel").orElse(""));
        if (wait.isPresent()) {
            return ApiAnswer.rateLimited(wait.get());
        }
        synchronized (workspace) {
            return ok(method.effect().apply(workspace, request));
        }
    }

    private static String token(ApiRequest request) {
        return request.token().orElseThrow(() -> ApiError.of("not_authed"));
    }

    private JsonObject authTest(ApiRequest request) {
        String token = token(request);
        if (token.equals(slack.appToken())) {
            slack.app().check(List.of());
            return Json.object("app_name", "Switchboard", "app_id", FakeSlack.APP_ID);
        }
        Workspace workspace = slack.workspaceOfToken(token).orElseThrow(() -> ApiError.of("invalid_auth"));
        workspace.bot().check(List.of());
        return Json.object(
                "url", "https://" + workspace.domain() + ".slack.com/",
                "team", workspace.domain(),
                "user", "switchboard",
                "team_id", workspace.id(),
                "user_id", workspace.botUserId(),
                "bot_id", workspace.botId(),
                "is_enterprise_install", false);
    }

    /** The header by which Slack names a token's scopes. */
    private String scopes(ApiRequest request) {
        return String.join(
                ",",
                slack.workspaceOfToken(token(request))
                        .map(Workspace::bot)
                        .orElseGet(slack::app)
                        .scopes());
    }

    private ApiAnswer openConnection(ApiRequest request) {
        String token = token(request);
        if (slack.workspaceOfToken(token).isPresent()) {
            throw ApiError.of("not_allowed_token_type");
        }
        if (!token.equals(slack.appToken())) {
            throw ApiError.of("invalid_auth");
        }
        slack.app().check(List.of("connections:write"));
        Optional<Duration> wait = slack.rateLimits().take("", request.method(), Tier.TIER_1, "");
        if (wait.isPresent()) {
            return ApiAnswer.rateLimited(wait.get());
        }
        String url = "ws://127.0.0.1:" + slack.port() + "/link/?ticket="
                + slack.connections().newTicket() + "&app_id=" + FakeSlack.APP_ID;
        return ok(Json.object("url", url));
    }
}
