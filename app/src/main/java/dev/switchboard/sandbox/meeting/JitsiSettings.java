package dev.switchboard.sandbox.meeting;

import java.util.Optional;

/** How a Jitsi is set up, at the moment. */
final class JitsiSettings {
    /** The XMPP domain. */
    static final String DOMAIN = "127.0.0.1";

    /** Where the rooms are, in XMPP's terms. */
    static final String MUC = "conference." + DOMAIN;

    volatile JitsiDialect dialect = JitsiDialect.CURRENT;
    volatile boolean size = true;
    volatile boolean census = true;
    volatile boolean duration;
    volatile Optional<String> host = Optional.empty();
    volatile Optional<JitsiTokens> tokens = Optional.empty();
    volatile Optional<JitsiTokens> systemTokens = Optional.empty();
}
