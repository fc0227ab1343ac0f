package dev.switchboard.settings;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which proxy leads to which host, from {@code HTTPS_PROXY} and {@code NO_PROXY}. An entry of {@code NO_PROXY} is
 * {@code *}, a name (it and its subdomains, with or without a dot before it), an address, a range such as
 * {@code 10.0.0.0/8}, or a name or address with {@code :port}. Nothing is looked up: a range matches addresses, not names
 * that resolve to them. This machine itself (localhost, 127.0.0.0/8, ::1) is never reached through a proxy.
 */
public final class Proxies {
    static final String HTTPS_PROXY = "HTTPS_PROXY";
    static final String NO_PROXY = "NO_PROXY";

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final Optional<Proxy> proxy;
    private final NoProxy exceptions;

    private Proxies(Optional<Proxy> proxy, NoProxy exceptions) {
        this.proxy = proxy;
        this.exceptions = exceptions;
    }

    /** Every host is reached directly. */
    public static Proxies none() {
        return new Proxies(Optional.empty(), NoProxy.NOTHING_LISTED);
    }

    static Proxies from(Reading reading) {
        Optional<Proxy> proxy =
                reading.optional(spelling(reading, HTTPS_PROXY), "http://proxy.example.com:3128", Proxy::parse);
        return new Proxies(
                proxy,
                reading.optional(spelling(reading, NO_PROXY), "localhost,.example.com,10.0.0.0/8", NoProxy::parse)
                        .orElse(NoProxy.NOTHING_LISTED));
    }

    /** The proxy to the host, a name or an address (IPv6 with or without brackets), at port 443; empty: go directly. */
    public Optional<Proxy> forHost(String host) {
        return forHost(host, HTTPS_PORT);
    }

    /** The proxy to the host at the port, which decides only where an entry of {@code NO_PROXY} names a port. */
    public Optional<Proxy> forHost(String host, int port) {
        return proxy.filter(p -> !exceptions.covers(host, port));
    }

    /** The proxy to the host of an absolute http, https, ws or wss URL; empty: go directly. */
    public Optional<Proxy> forUrl(URI url) {
        String host = url.getHost();
        if (host == null) {
            throw new IllegalArgumentException("a URL without a host");
        }
        return forHost(host, url.getPort() < 0 ? usualPort(url) : url.getPort());
    }

    /** The same for HTTP clients that ask the JDK's way. */
    public ProxySelector selector() {
        return new ByHost();
    }

    /**
     * What proves to the proxy of that URL who we are, {@code Basic ...} (RFC 7617); a secret. Empty: it asks for
     * nothing, or there is none.
     */
    public Optional<String> authorization(URI url) {
        return forUrl(url).flatMap(Proxy::credentials).map(credentials -> {
            String both = credentials.user() + ":" + credentials.password().reveal();
            return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
        });
    }

    @Override
    public String toString() {
        return "Proxies[" + proxy.map(p -> p.host() + ":" + p.port()).orElse("none") + "]";
    }

    private static int usualPort(URI url) {
        String scheme = url.getScheme();
        return "http".equalsIgnoreCase(scheme) || "ws".equalsIgnoreCase(scheme) ? HTTP_PORT : HTTPS_PORT;
    }

    /** The spelling that is set: most tools read both, and upper case wins here. */
    private static String spelling(Reading reading, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return reading.text(name).isEmpty() && reading.text(lower).isPresent() ? lower : name;
    }

    private final class ByHost extends ProxySelector {
        @Override
        public List<java.net.Proxy> select(URI url) {
            return List.of(forUrl(url)
                    .map(found -> new java.net.Proxy(
                            java.net.Proxy.Type.HTTP, InetSocketAddress.createUnresolved(found.host(), found.port())))
                    .orElse(java.net.Proxy.NO_PROXY));
        }

        @Override
        public void connectFailed(URI url, SocketAddress address, IOException failure) {
            // The request fails, and says so.
        }
    }
}
