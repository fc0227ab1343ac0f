package dev.switchboard.meeting;

import dev.switchboard.settings.Proxies;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.Route;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * How one meeting server is asked: five seconds for an answer, a mebibyte at most, no redirects, four requests at a time
 * over all callers. What goes wrong is a value; no text made here holds a URL, for its query may hold a token.
 */
public final class MeetingHttp implements AutoCloseable {
    /** How many requests may be under way at a time. */
    public static final int AT_ONCE = 4;

    private static final Duration IN_ALL = Duration.ofSeconds(5);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(25);
    private static final long MOST_BYTES = 1 << 20;
    private static final Duration LONGEST_REST = Duration.ofHours(1);

    private final OkHttpClient http;
    private volatile boolean closed;
    private final Clock clock;
    private final Duration inAll;
    /** Internal error, bad gateway, gateway timeout: as apt to be gone at the next request as not. */
    private static final Set<Integer> HICCUPS = Set.of(500, 502, 504);

    /** Fair, so that a person who wants a link waits for the requests under way, not for a whole round of polls. */
    private final Semaphore permits = new Semaphore(AT_ONCE, true);

    public MeetingHttp(Proxies proxies, Clock clock) {
        this(proxies, clock, IN_ALL);
    }

    /** @param inAll how long an answer may take */
    MeetingHttp(Proxies proxies, Clock clock, Duration inAll) {
        this.clock = clock;
        this.inAll = inAll;
        this.http = new OkHttpClient.Builder()
                .callTimeout(inAll)
                .connectTimeout(inAll)
                .readTimeout(inAll)
                .writeTimeout(inAll)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(new ConnectionPool(AT_ONCE, KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS))
                .proxySelector(proxies.selector())
                .proxyAuthenticator((route, response) -> authenticate(proxies, route, response))
                .build();
    }

    /** What came back. */
    public sealed interface Reply {
        /** The server, or something before it, answered. */
        record Answered(int status, Optional<String> contentType, ByteString body, Optional<Duration> retryAfter)
                implements Reply {
            /** The body as UTF-8. */
            public String text() {
                return body.utf8();
            }

            /** The body as it came. */
            public InputStream stream() {
                return new ByteArrayInputStream(body.toByteArray());
            }

            /** Whether there is nothing in the body. */
            public boolean blank() {
                return text().isBlank();
            }
        }

        /**
         * There was no answer, or none that can be taken.
         *
         * @param why for a log line: no secret, no line break
         */
        record Failed(String why) implements Reply {}
    }

    /**
     * GETs the URL, as it is written, with these headers; {@code Host} may be among them. A hiccup of the server, or of
     * what stands before it, is asked past once.
     */
    public Reply get(URI url, Map<String, String> headers) {
        Reply reply = send(url, headers, null);
        return isHiccup(reply) ? send(url, headers, null) : reply;
    }

    private static boolean isHiccup(Reply reply) {
        return reply instanceof Reply.Answered answer
                && HICCUPS.contains(answer.status())
                && answer.retryAfter().isEmpty();
    }

    /** POSTs nothing to the URL; never twice. */
    public Reply post(URI url, Map<String, String> headers) {
        return send(url, headers, new Nothing());
    }

    /** Breaks off the requests under way, and answers no more. */
    @Override
    public void close() {
        closed = true;
        http.dispatcher().cancelAll();
        http.connectionPool().evictAll();
    }

    private Reply send(URI url, Map<String, String> headers, @Nullable RequestBody body) {
        HttpUrl parsed = HttpUrl.parse(url.toString());
        if (parsed == null) {
            return new Reply.Failed("not a URL that can be asked");
        }
        Request.Builder request = new Request.Builder().url(parsed);
        headers.forEach(request::header);
        if (body != null) {
            request.post(body);
        }
        try {
            if (!permits.tryAcquire(inAll.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Reply.Failed("too many requests are waiting for slow answers");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Failed("broken off");
        }
        if (closed) {
            permits.release();
            return new Reply.Failed("broken off");
        }
        try (Response response = http.newCall(request.build()).execute()) {
            return read(response);
        } catch (IOException e) {
            return new Reply.Failed(why(e, inAll));
        } finally {
            permits.release();
        }
    }

    private Reply read(Response response) throws IOException {
        ResponseBody body = response.body();
        BufferedSource source = body == null ? null : body.source();
        ByteString bytes = ByteString.EMPTY;
        if (source != null) {
            if (source.request(MOST_BYTES + 1)) {
                return new Reply.Failed("an answer of more than 1 MiB");
            }
            bytes = source.readByteString();
        }
        return new Reply.Answered(
                response.code(),
                Optional.ofNullable(response.header("Content-Type")),
                bytes,
                Optional.ofNullable(response.header("Retry-After")).flatMap(this::rest));
    }

    /** Seconds or a date (RFC 9110, 10.2.3); an hour at most. */
    private Optional<Duration> rest(String retryAfter) {
        Duration rest;
        if (retryAfter.strip().matches("[0-9]{1,9}")) {
            rest = Duration.ofSeconds(Long.parseLong(retryAfter.strip()));
        } else {
            try {
                Instant until = ZonedDateTime.parse(retryAfter.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                rest = Duration.between(clock.instant(), until);
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
        return rest.isNegative()
                ? Optional.empty()
                : Optional.of(rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest);
    }

    private static String why(IOException failure, Duration inAll) {
        if (failure instanceof InterruptedIOException) {
            return "no answer within " + inAll.toMillis() + " ms";
        }
        if (failure instanceof UnknownHostException) {
            return "its host is not known here";
        }
        if (failure instanceof ConnectException) {
            return "it can't be reached";
        }
        if (failure instanceof SSLException) {
            return "no TLS that is trusted here (" + failure.getClass().getSimpleName() + ")";
        }
        return "the connection broke (" + failure.getClass().getSimpleName() + ")";
    }

    private static @Nullable Request authenticate(Proxies proxies, @Nullable Route route, Response response) {
        boolean refused = response.request().header("Proxy-Authorization") != null;
        Optional<String> authorization = route == null
                ? Optional.empty()
                : proxies.authorization(route.address().url().uri());
        return refused || authorization.isEmpty()
                ? null // without an answer OkHttp reports the proxy's 407
                : response.request()
                        .newBuilder()
                        .header("Proxy-Authorization", authorization.get())
                        .build();
    }

    /** An empty body that OkHttp may not send a second time behind our back. */
    private static final class Nothing extends RequestBody {
        @Override
        public @Nullable MediaType contentType() {
            return null;
        }

        @Override
        public long contentLength() {
            return 0;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) {
            // nothing
        }
    }
}
