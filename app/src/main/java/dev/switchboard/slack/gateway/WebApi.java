package dev.switchboard.slack.gateway;

import com.google.gson.Gson;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.impl.MethodsClientImpl;
import com.slack.api.util.http.SlackHttpClient;
import java.io.IOException;
import okhttp3.FormBody;
import okhttp3.Response;

/**
 * The SDK's client, but for how answers are read: it makes a reader for each, and with it finds out anew what the
 * answer's class looks like, which took as long as the request itself. Nor does it count requests, or tell listeners.
 */
final class WebApi extends MethodsClientImpl {
    /** Some times as much as two hundred long messages; an answer without end would take all memory there is. */
    private static final long MOST_BYTES = 16 << 20;

    private final Gson reader;

    /** @param reader for all answers, of the SDK's making */
    WebApi(SlackHttpClient http, Gson reader, String token) {
        super(http, token);
        setEndpointUrlPrefix(http.getConfig().getMethodsEndpointUrlPrefix());
        this.reader = reader;
    }

    /** Every method of the Web API that we use comes through here. */
    @Override
    protected <T extends SlackApiTextResponse> T postFormWithTokenAndParseResponse(
            FormBody.Builder form, String method, String token, Class<T> type) throws IOException, SlackApiException {
        try (Response response = runPostFormWithToken(form, method, token)) {
            // What is cut off can't be read, and counts as no answer.
            String body = response.peekBody(MOST_BYTES).string();
            if (!response.isSuccessful()) {
                throw new SlackApiException(getSlackHttpClient().getConfig(), response, body);
            }
            T answer = reader.fromJson(body, type);
            if (answer == null) { // of an empty body, or the word null
                throw new NoAnswer();
            }
            answer.setHttpResponseHeaders(response.headers().toMultimap());
            return answer;
        }
    }

    /** HTTP 200, and nothing in it; what was asked for may be done. */
    private static final class NoAnswer extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
