package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import java.util.List;

/** {@code users.info} and {@code users.lookupByEmail}. */
final class UsersMethods {
    private UsersMethods() {}

    static List<ApiMethod> methods() {
        return List.of(
                new ApiMethod("users.info", List.of("users:read"), Tier.TIER_4, UsersMethods::info),
                new ApiMethod(
                        "users.lookupByEmail", List.of("users:read.email"), Tier.TIER_3, UsersMethods::lookupByEmail));
    }

    private static JsonObject info(Workspace workspace, ApiRequest request) {
        String id = request.required("user");
        if (id.equals(workspace.botUserId())) {
            return Json.object("user", bot(workspace));
        }
        Person person = workspace.personById(id).orElseThrow(() -> ApiError.of("user_not_found"));
        return Json.object("user", visible(workspace, person));
    }

    private static JsonObject bot(Workspace workspace) {
        return Json.object(
                "id", workspace.botUserId(),
                "team_id", workspace.id(),
                "name", "switchboard",
                "deleted", false,
                "is_bot", true,
                "is_admin", false,
                "is_owner", false,
                "is_restricted", false,
                "is_ultra_restricted", false,
                "profile", Json.object("real_name", "Switchboard", "bot_id", workspace.botId()));
    }

    private static JsonObject lookupByEmail(Workspace workspace, ApiRequest request) {
        String email = request.required("email");
        return workspace.people().stream()
                .filter(person -> person.email().equalsIgnoreCase(email))
                .filter(person -> person.role() != Person.Role.DEACTIVATED)
                .findFirst()
                .map(person -> Json.object("user", visible(workspace, person)))
                .orElseThrow(() -> ApiError.of("users_not_found"));
    }

    /** The address is shown only with its own scope. */
    private static JsonObject visible(Workspace workspace, Person person) {
        JsonObject user = person.json();
        if (!workspace.bot().scopes().contains("users:read.email")) {
            user.getAsJsonObject("profile").remove("email");
        }
        return user;
    }
}
