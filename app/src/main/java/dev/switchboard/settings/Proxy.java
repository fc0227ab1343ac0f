package dev.switchboard.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP proxy that is asked to CONNECT, from {@code HTTPS_PROXY}.
 *
 * @param host name or address, without brackets, not resolved
 * @param port 1 to 65535
 * @param credentials for Basic authentication; empty where the proxy asks for none
 */
public record Proxy(String host, int port, Optional<Credentials> credentials) {
    /**
     * User and password, percent-decoded.
     *
     * @param user not empty
     * @param password may be empty
     */
    public record Credentials(String user, Secret password) {}

    /** Reads {@code [http://][user:pass@]host:port}; no refusal quotes the text, for it may hold a password. */
    static Proxy parse(String text) throws Refusal {
        int schemeEnd = text.indexOf("://");
        String scheme = schemeEnd < 0 ? "http" : text.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        if (scheme.equals("https")) {
            throw new Refusal("must not start with https://: a proxy that is itself spoken to over TLS is not "
                    + "supported, and almost every proxy is written http:// even when it carries HTTPS");
        }
        if (scheme.startsWith("socks")) {
            throw new Refusal("must not start with socks: SOCKS proxies are not supported, give an HTTP proxy");
        }
        if (!scheme.equals("http")) {
            throw new Refusal("must start with http://");
        }
        String rest = schemeEnd < 0 ? text : text.substring(schemeEnd + 3);
        int at = rest.lastIndexOf('@');
        String place = rest.substring(at + 1);
        HostPort hostPort = HostPort.parse(place.endsWith("/") ? place.substring(0, place.length() - 1) : place, 1);
        return new Proxy(
                hostPort.host(),
                hostPort.port(),
                at < 0 ? Optional.empty() : Optional.of(credentials(rest.substring(0, at))));
    }

    private static Credentials credentials(String userInfo) throws Refusal {
        int colon = userInfo.indexOf(':');
        String user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
        String password = colon < 0 ? "" : decoded(userInfo.substring(colon + 1));
        if (user.isEmpty()) {
            throw new Refusal("has an @ but no user before it");
        }
        if (user.indexOf(':') >= 0) {
            throw new Refusal("has a user with a colon, which Basic authentication cannot send");
        }
        return new Credentials(user, new Secret(password));
    }

    private static String decoded(String text) throws Refusal {
        try {
            // URLDecoder reads forms, where + is a space; in user info it is a plus.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal("has a % in its user or password that encodes nothing; write % as %25");
        }
    }
}
