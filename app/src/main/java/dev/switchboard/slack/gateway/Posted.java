package dev.switchboard.slack.gateway;

import com.slack.api.methods.SlackApiTextResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where Slack put a message: as much of the answer as we use. The SDK's own class for it holds the whole message, for
 * which the SDK builds a reader of some hundred classes anew with every answer; that was a third of the mirror's time.
 */
final class Posted implements SlackApiTextResponse {
    private boolean ok;
    private @Nullable String error;
    private @Nullable String warning;
    private @Nullable String needed;
    private @Nullable String provided;
    private @Nullable String channel;
    private @Nullable String ts;

    @Nullable String channel() {
        return channel;
    }

    @Nullable String ts() {
        return ts;
    }

    @Override
    public boolean isOk() {
        return ok;
    }

    @Override
    public void setOk(boolean ok) {
        this.ok = ok;
    }

    @Override
    public @Nullable String getError() {
        return error;
    }

    @Override
    public void setError(@Nullable String error) {
        this.error = error;
    }

    @Override
    public @Nullable String getWarning() {
        return warning;
    }

    @Override
    public void setWarning(@Nullable String warning) {
        this.warning = warning;
    }

    @Override
    public @Nullable String getNeeded() {
        return needed;
    }

    @Override
    public void setNeeded(@Nullable String needed) {
        this.needed = needed;
    }

    @Override
    public @Nullable String getProvided() {
        return provided;
    }

    @Override
    public void setProvided(@Nullable String provided) {
        this.provided = provided;
    }

    @Override
    public Map<String, List<String>> getHttpResponseHeaders() {
        return Map.of();
    }

    @Override
    public void setHttpResponseHeaders(Map<String, List<String>> headers) {
        // Retry-After comes with an exception; of a good answer no header is of interest.
    }
}
