package dev.switchboard.sandbox.slack;

import java.util.Optional;
import java.util.Set;

/** Keeps web pages away: a page elsewhere could otherwise reach this server through its visitor's browser. */
final class LoopbackGuard {
    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost");

    private LoopbackGuard() {}

    /**
     * Whether a request with these headers comes from a program on this machine. Tyrus, under Slack's SDK, sends the
     * server's own address as its origin; no page is served from there, so no browser does.
     */
    static boolean allows(Optional<String> host, Optional<String> origin) {
        String name = host.map(value -> value.replaceFirst(":\\d+$", "")).orElse("");
        return NAMES.contains(name)
                && origin.map(value -> value.equals("http://" + host.orElse("")))
                        .orElse(true);
    }
}
