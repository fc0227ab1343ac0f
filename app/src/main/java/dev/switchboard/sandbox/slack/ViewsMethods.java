package dev.switchboard.sandbox.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;

/** {@code views.open} and {@code views.publish}. */
final class ViewsMethods {
    private static final int LONGEST_TITLE = 24;

    private final FakeSlack slack;

    ViewsMethods(FakeSlack slack) {
        this.slack = slack;
    }

    List<ApiMethod> methods() {
        return List.of(
                new ApiMethod("views.open", List.of(), Tier.TIER_4, this::open),
                new ApiMethod("views.publish", List.of(), Tier.TIER_4, ViewsMethods::publish));
    }

    private JsonObject open(Workspace workspace, ApiRequest request) {
        JsonObject view = view(workspace, request, "modal");
        String title = Json.child(view, "title")
                .flatMap(text -> Json.text(text, "text"))
                .orElse("");
        if (title.isEmpty() || title.length() > LONGEST_TITLE) {
            throw ApiError.invalidArguments("title must have 1 to " + LONGEST_TITLE + " characters");
        }
        Person person = slack.triggers().exchange(request.required("trigger_id"));
        person.show(view);
        return Json.object("view", view);
    }

    private static JsonObject publish(Workspace workspace, ApiRequest request) {
        Person person =
                workspace.personById(request.required("user_id")).orElseThrow(() -> ApiError.of("user_not_found"));
        JsonObject view = view(workspace, request, "home");
        person.publish(view);
        return Json.object("view", view);
    }

    private static JsonObject view(Workspace workspace, ApiRequest request, String type) {
        request.required("view");
        JsonObject view = request.object("view", "invalid_arguments").orElseThrow();
        Optional<JsonArray> blocks = Json.children(view, "blocks");
        if (!Json.text(view, "type").equals(Optional.of(type)) || blocks.isEmpty()) {
            throw ApiError.invalidArguments("needs type " + type + " and blocks: view");
        }
        try {
            new BlockRules(workspace, BlockRules.Place.VIEW).check(blocks.get());
        } catch (ApiError invalidBlocks) {
            throw ApiError.invalidArguments("invalid blocks: view");
        }
        complete(workspace, view, type);
        return view;
    }

    /** What Slack adds to a view it takes; refused when it is none of that type. */
    static void complete(Workspace workspace, JsonObject view, String type) {
        if (!Json.text(view, "type").equals(Optional.of(type))) {
            throw ApiError.invalidArguments("needs type " + type + ": view");
        }
        view.addProperty("id", workspace.freshId("V0VIEW"));
        view.addProperty("team_id", workspace.id());
        view.addProperty("app_id", FakeSlack.APP_ID);
        view.addProperty("hash", "1.sandbox");
    }
}
