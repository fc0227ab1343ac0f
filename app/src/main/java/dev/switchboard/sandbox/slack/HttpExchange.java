package dev.switchboard.sandbox.slack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One HTTP request and where its answer goes. */
final class HttpExchange implements Fault.Outlet {
    private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);

    private final Request request;
    private final Response response;

    HttpExchange(Request request, Response response) {
        this.request = request;
        this.response = response;
    }

    /** Does it, through the fault if there is one; returns at once. */
    void run(Optional<Fault> fault, Supplier<ApiAnswer> effect) {
        if (fault.isEmpty()) {
            reply(effect.get());
            return;
        }
        response.suspend();
        logFailure(fault.get().apply(effect, this).whenComplete((done, failure) -> response.resume()));
    }

    /** Runs it after that time, holding no thread meanwhile. */
    void later(Duration delay, Runnable answer) {
        response.suspend();
        CompletableFuture<Void> passed = new CompletableFuture<>();
        passed.completeOnTimeout(null, delay.toMillis(), TimeUnit.MILLISECONDS);
        logFailure(passed.thenRunAsync(answer).whenComplete((done, failure) -> response.resume()));
    }

    static void logFailure(CompletableFuture<Void> work) {
        var unused = work.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warn("A request under a fault failed", failure);
            }
        });
    }

    @Override
    public void reply(ApiAnswer answer) {
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        reply(answer.status(), answer.headers(), answer.contentType(), bytes);
    }

    void reply(int status, Map<String, String> headers, String contentType, byte[] bytes) {
        response.setStatus(status);
        headers.forEach(response::setHeader);
        boolean upgrade = request.getHeader("Upgrade") != null;
        if (upgrade) {
            // java.net.http asks for h2c; Grizzly then takes all that follows for one endless body.
            response.setHeader("Connection", "close");
        }
        if (!contentType.isEmpty() && upgrade) {
            // From the answer to such a request it leaves out the content type it was told of.
            response.getResponse().getHeaders().setValue("Content-Type").setString(contentType);
        } else if (!contentType.isEmpty()) {
            response.setContentType(contentType);
        }
        response.setContentLength(bytes.length);
        try {
            response.getOutputStream().write(bytes);
        } catch (IOException gone) {
            LOG.debug("The client is gone", gone);
        }
    }

    @Override
    public void drop() {
        request.getRequest().getConnection().terminateSilently();
    }

    /** Whether the request may come in; else it is answered 403. */
    boolean allowed() {
        boolean allowed = LoopbackGuard.allows(header("Host"), header("Origin"));
        if (!allowed) {
            reply(ApiAnswer.status(403));
        }
        return allowed;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    String path() {
        return request.getRequestURI();
    }

    String query() {
        return Optional.ofNullable(request.getQueryString()).orElse("");
    }

    String contentType() {
        return Optional.ofNullable(request.getContentType()).orElse("");
    }

    boolean isPost() {
        return request.getMethod().getMethodString().equals("POST");
    }

    String body() {
        try {
            int length = request.getContentLength();
            byte[] bytes = length < 0
                    ? request.getInputStream().readAllBytes()
                    : request.getInputStream().readNBytes(length);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
