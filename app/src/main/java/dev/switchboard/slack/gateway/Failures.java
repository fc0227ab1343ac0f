package dev.switchboard.slack.gateway;

import com.slack.api.methods.SlackApiException;
import dev.switchboard.call.Reply;
import dev.switchboard.call.Reply.Verdict;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What went wrong below Slack's own answers, as codes for the log that carry no address, token or URL. */
final class Failures {
    private static final Duration RETRY_AFTER_MOST = Duration.ofHours(1);

    private Failures() {}

    /** A short code for the failure of a request. */
    static String code(Exception failure) {
        if (failure instanceof SlackApiException http) {
            return "http_" + http.getResponse().code();
        }
        return failure.getClass().getSimpleName();
    }

    /** Whether the request certainly never reached Slack. */
    static boolean neverSent(Exception failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof NoRouteToHostException
                || failure instanceof SSLHandshakeException
                || failure instanceof SSLPeerUnverifiedException
                || (failure instanceof SocketTimeoutException && message.contains("connect"));
    }

    /** What an exception of the client says of the request's fate. */
    static <T> Reply<T> reply(Exception failure, Instant now) {
        if (failure instanceof SlackApiException http) {
            int status = http.getResponse().code();
            Optional<Instant> retryAfter = retryAfter(http.getResponse().header("Retry-After"), now);
            return status(status, retryAfter);
        }
        return Reply.of(neverSent(failure) ? Verdict.LATER : Verdict.LOST, code(failure));
    }

    /** What an HTTP status other than success says of the request's fate. */
    static <T> Reply<T> status(int status, Optional<Instant> retryAfter) {
        if (status == 429) {
            return Reply.of(Verdict.LATER, "ratelimited", retryAfter.orElseThrow());
        }
        boolean redirected = status >= 300 && status < 400; // by Slack or by something in between, nobody knows when
        return Reply.of(redirected || status >= 500 ? Verdict.LOST : Verdict.UNKNOWN, "http_" + status);
    }

    /** Slack's {@code Retry-After} in seconds; a minute where it is missing or unreadable; a second at least, an hour at most. */
    static Optional<Instant> retryAfter(@org.jspecify.annotations.Nullable String header, Instant now) {
        try {
            Duration wait = Duration.ofSeconds(header == null ? 60 : Math.max(1, Long.parseLong(header.trim())));
            return Optional.of(now.plus(wait.compareTo(RETRY_AFTER_MOST) > 0 ? RETRY_AFTER_MOST : wait));
        } catch (NumberFormatException e) {
            return Optional.of(now.plusSeconds(60));
        }
    }
}
