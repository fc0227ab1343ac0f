package dev.switchboard.sandbox.slack;

import java.io.IOException;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;

/** The one port: HTTP and, below it, WebSockets. */
final class WireServer implements AutoCloseable {
    private static final int WORKERS = 16;

    private final HttpServer server = new HttpServer();
    private final NetworkListener listener;

    WireServer(int port) {
        this.listener = port == 0
                ? new NetworkListener("slack", "127.0.0.1", new org.glassfish.grizzly.PortRange(20_000, 60_000))
                : new NetworkListener("slack", "127.0.0.1", port);
    }

    void start(LinkFilter links, HttpHandler webApi, HttpHandler responseUrls) throws IOException {
        listener.getTransport()
                .setWorkerThreadPoolConfig(ThreadPoolConfig.defaultConfig()
                        .setPoolName("fake-slack")
                        .setDaemon(true)
                        .setCorePoolSize(WORKERS)
                        .setMaxPoolSize(WORKERS));
        listener.getKeepAlive().setMaxRequestsCount(-1);
        // Grizzly would otherwise cut a WebSocket after 30 seconds, as an idle HTTP connection.
        listener.getKeepAlive().setIdleTimeoutInSeconds(-1);
        listener.registerAddOn((where, chain) -> chain.add(chain.indexOfType(TransportFilter.class) + 1, links));
        server.addListener(listener);
        server.getServerConfiguration().addHttpHandler(webApi, "/api");
        server.getServerConfiguration().addHttpHandler(responseUrls, "/commands", "/actions");
        server.start();
    }

    void mount(HttpHandler handler, String... paths) {
        server.getServerConfiguration().addHttpHandler(handler, paths);
    }

    int port() {
        return listener.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
