package dev.switchboard.sandbox.meeting;

import java.util.Set;

/** How a BigBlueButton is set up, at the moment. */
final class BbbSettings {
    /** Where a browser that may join is sent. */
    final String client;

    /** The shared secret. */
    final String secret = "sandbox-bbb-secret-639259d4";

    volatile Set<String> algorithms = Set.of("sha1", "sha256", "sha384", "sha512");
    volatile boolean getMeetings = true;
    volatile boolean errorList;

    BbbSettings(String client) {
        this.client = client;
    }
}
