package dev.switchboard.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host and a port, written {@code host:port} or {@code [::1]:port}; the host without brackets, nothing looked up. */
record HostPort(String host, int port) {
    static final int LAST_PORT = 65_535;

    private static final Pattern FORM = Pattern.compile("(?:([A-Za-z0-9._-]+)|\\[([0-9A-Fa-f:.]+)]):([0-9]{1,5})");

    /** Refuses with a sentence that doesn't quote the text. */
    static HostPort parse(String text, int firstPort) throws Refusal {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new Refusal("must be a host, a colon and a port; an IPv6 address goes in brackets");
        }
        String name = form.group(1);
        String address = form.group(2);
        int port = Integer.parseInt(form.group(3));
        if (port < firstPort || port > LAST_PORT) {
            throw new Refusal("must have a port from " + firstPort + " to " + LAST_PORT);
        }
        if (name == null && IpAddress.parse(address).isEmpty()) {
            throw new Refusal("has brackets around something that is not an IPv6 address");
        }
        return new HostPort(name == null ? address : name, port);
    }
}
