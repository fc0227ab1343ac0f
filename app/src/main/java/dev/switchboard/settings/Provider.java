package dev.switchboard.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What kind of meeting server the rooms live on. */
public enum Provider {
    /** Any server with a URL per room; nothing is asked of it. */
    LINK,
    /** Jitsi Meet. */
    JITSI,
    /** BigBlueButton. */
    BIGBLUEBUTTON;

    /** The provider of that name, in capitals or not; empty if there is none. */
    static Optional<Provider> named(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(p -> p.name().equals(name)).findFirst();
    }

    static Provider parse(String text) throws Refusal {
        return named(text).orElseThrow(() -> new Refusal(Quoted.value(text) + " must be link, jitsi or bigbluebutton"));
    }

    /** As it is written in the settings. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
