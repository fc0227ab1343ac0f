package dev.switchboard.slack.gateway;

import com.google.gson.Gson;
import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.util.http.SlackHttpClient;
import com.slack.api.util.json.GsonFactory;
import dev.switchboard.call.Daemons;
import dev.switchboard.call.RequestTimes;
import dev.switchboard.settings.Proxies;
import dev.switchboard.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.Route;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** The SDK's clients, with every setting that would fight us set on purpose. */
public final class SlackClients implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** A command waits for these, and Slack waits three seconds for the command's acknowledgement. */
    private static final Duration HASTY = Duration.ofMillis(1_800);
    /** Shorter than servers and proxies keep idle connections, so that we don't write into one being closed. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(25);

    /** As many as workers of the mirror, each of which asks one thing at a time. */
    private static final int IDLE_CONNECTIONS = 48;

    private final OkHttpClient http;
    private final Slack patient;
    private final Slack hasty;
    private final Gson reader;

    /**
     * Clients for one Web API.
     *
     * @param apiUrl the base of the Web API, ending with a slash
     */
    public SlackClients(URI apiUrl, Proxies proxies) {
        Sdk.load();
        ConnectionPool pool = new ConnectionPool(IDLE_CONNECTIONS, KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS);
        this.http = new OkHttpClient.Builder()
                .connectTimeout(CONNECT)
                .readTimeout(RequestTimes.GIVEN_UP_AFTER)
                .writeTimeout(RequestTimes.GIVEN_UP_AFTER)
                .callTimeout(RequestTimes.GIVEN_UP_AFTER)
                .followRedirects(false)
                .followSslRedirects(false)
                // Other addresses of a host may be tried, but what was sent is never sent again behind our back.
                .addInterceptor(new SentOnce(pool))
                .connectionPool(pool)
                // The SDK would take HTTPS_PROXY from the environment and ignore NO_PROXY.
                .proxySelector(proxies.selector())
                .proxyAuthenticator((route, response) -> authenticate(proxies, route, response))
                .build();
        this.patient = slack(apiUrl, http);
        this.hasty = slack(apiUrl, http.newBuilder().callTimeout(HASTY).build());
        this.reader = GsonFactory.createSnakeCase(patient.getConfig());
    }

    /**
     * Begins, on a thread of its own, with what takes longest where the first clients are made: TLS, and the certificates
     * that this machine trusts. Nothing of it asks for a logger, so this may come before there are any.
     */
    public static void prepareTls() {
        beside("tls", Tls::load);
    }

    /** The same with the rest of it, the SDK. */
    public static void loadAhead() {
        beside("slack-clients", Sdk::load);
    }

    private static void beside(String name, Runnable work) {
        Thread thread = Daemons.thread(name, work);
        // Whoever needs them meets it again, with more to say.
        thread.setUncaughtExceptionHandler((ended, failure) -> {});
        thread.start();
    }

    /** For requests that nobody waits for: ten seconds at most. */
    public Slack patient() {
        return patient;
    }

    /** The same with a token. */
    public MethodsClient patient(Secret token) {
        return new WebApi(patient.getHttpClient(), reader, token.reveal());
    }

    /** For requests that a person waits for: under two seconds. */
    MethodsClient hasty(Secret token) {
        return new WebApi(hasty.getHttpClient(), reader, token.reveal());
    }

    OkHttpClient http() {
        return http;
    }

    /** Breaks off the requests under way. */
    public void cancel() {
        http.dispatcher().cancelAll();
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private static Slack slack(URI apiUrl, OkHttpClient http) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(apiUrl.toString());
        // Statistics cost two auth.test requests, background threads, and a scan of all past requests for each one.
        config.setStatsEnabled(false);
        // Proxies are the HTTP client's business, host by host.
        config.setProxyUrl(null);
        SlackHttpClient client = new SlackHttpClient(http);
        client.setConfig(config);
        return Slack.getInstance(config, client);
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

    /** Java keeps the certificates it has read for whoever makes a TLS client next, as long as somebody holds on to them. */
    private static final class Tls {
        private static final SSLContext READ = read();

        private Tls() {}

        private static SSLContext read() {
            try {
                TrustManagerFactory trusted =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trusted.init((KeyStore) null);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, trusted.getTrustManagers(), null);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("TLS is part of every Java platform", e);
            }
        }

        static SSLSocketFactory load() {
            return READ.getSocketFactory();
        }
    }

    /**
     * Loads the SDK, once. It makes a client for itself then, which nobody uses, through the proxy of HTTPS_PROXY or
     * HTTP_PROXY as the environment has them, and can't be loaded at all where it can't read those: a space behind the
     * port, a colon in the password. A system property comes first.
     */
    private static final class Sdk {
        private static final Map<String, String> ANY_PROXY =
                Map.of("http.proxyHost", "localhost", "http.proxyPort", "80");

        static {
            Map<String, Optional<String>> before = new HashMap<>();
            ANY_PROXY.forEach((name, value) -> before.put(name, Optional.ofNullable(System.setProperty(name, value))));
            try {
                Slack.getInstance();
            } finally {
                before.forEach((name, value) ->
                        value.ifPresentOrElse(old -> System.setProperty(name, old), () -> System.clearProperty(name)));
            }
        }

        private Sdk() {}

        /** Does nothing from the second time on. */
        static void load() {}
    }

    /**
     * Marks every body as one that can be sent once. OkHttp otherwise repeats a POST whose connection broke, and Slack
     * would register a Call or post a message twice. Where one connection broke, those that are kept beside it may be
     * broken too (a firewall that was restarted, say), and each would cost another request.
     */
    private record SentOnce(ConnectionPool pool) implements Interceptor {
        @Override
        public Response intercept(Chain chain) throws IOException {
            Request request = chain.request();
            RequestBody body = request.body();
            try {
                return chain.proceed(
                        body == null
                                ? request
                                : request.newBuilder()
                                        .method(request.method(), new OneShot(body))
                                        .build());
            } catch (IOException e) {
                pool.evictAll();
                throw e;
            }
        }
    }

    private static final class OneShot extends RequestBody {
        private final RequestBody body;

        OneShot(RequestBody body) {
            this.body = body;
        }

        @Override
        public @Nullable MediaType contentType() {
            return body.contentType();
        }

        @Override
        public long contentLength() throws IOException {
            return body.contentLength();
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            body.writeTo(sink);
        }
    }
}
