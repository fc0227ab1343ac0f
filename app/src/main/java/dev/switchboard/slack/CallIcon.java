package dev.switchboard.slack;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.switchboard.call.Calls;
import dev.switchboard.call.ChannelId;
import dev.switchboard.call.Invocation;
import dev.switchboard.call.TeamId;
import dev.switchboard.call.UserId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Slack's Call icon: a payload like a command's, but with {@code type} in place of {@code command}
 * (https://docs.slack.dev/apis/web-api/using-the-calls-api#initiation). Bolt doesn't know it, so it is read here.
 */
final class CallIcon {
    private static final Set<String> TYPES = Set.of("video", "audio");

    private final Calls calls;

    CallIcon(Calls calls) {
        this.calls = calls;
    }

    /** Whether a payload comes from the icon. */
    static boolean pressed(JsonObject payload) {
        String type = text(payload, "type");
        return !payload.has("command")
                && payload.has("response_url")
                && payload.has("channel_id")
                && type != null
                && TYPES.contains(type);
    }

    /** Starts the Call; the person is taken there by an answer on the {@code response_url}. */
    void start(JsonObject payload) {
        ChannelId channel = Payloads.id("channel_id", text(payload, "channel_id"), ChannelId::new);
        Invocation by = new Invocation(
                Payloads.id("team_id", text(payload, "team_id"), TeamId::new),
                channel,
                Payloads.id("user_id", text(payload, "user_id"), UserId::new),
                Payloads.delivery("icon", text(payload, "trigger_id"), payload.toString()),
                Payloads.url(Payloads.required("response_url", text(payload, "response_url"))),
                Payloads.visibility(channel, text(payload, "channel_name")));
        calls.startFromIcon(by, "audio".equals(text(payload, "type")));
    }

    private static @Nullable String text(JsonObject payload, String name) {
        JsonElement value = payload.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : null;
    }
}
