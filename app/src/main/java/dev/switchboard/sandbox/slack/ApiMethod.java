package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * A Web API method.
 *
 * @param scopes what the bot token needs; methods over all kinds of conversation check their own
 */
record ApiMethod(String name, List<String> scopes, Tier tier, Effect effect) {
    /** What the method does; the answer lacks {@code ok}. */
    interface Effect {
        JsonObject apply(Workspace workspace, ApiRequest request);
    }
}
