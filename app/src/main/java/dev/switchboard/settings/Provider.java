package dev.switchboard.settings;

import java.util.Arrays;
import java.util.Locale;

/** What kind of meeting server the rooms live on. */
public enum Provider {
    /** Any server with a URL per room; nothing is asked of it. */
    LINK(true),
    /** Jitsi Meet. */
    JITSI(false),
    /** BigBlueButton. */
    BIGBLUEBUTTON(false);

    private final boolean builtIn;

    Provider(boolean builtIn) {
        this.builtIn = builtIn;
    }

    static Provider parse(String text) throws Refusal {
        String name = text.toUpperCase(Locale.ROOT);
        Provider provider = Arrays.stream(values())
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal(Quoted.value(text) + " must be link, jitsi or bigbluebutton"));
        if (!provider.builtIn) {
            throw new Refusal(provider.name().toLowerCase(Locale.ROOT) + " is not built into this version yet");
        }
        return provider;
    }
}
