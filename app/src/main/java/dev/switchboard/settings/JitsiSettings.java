package dev.switchboard.settings;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What there is to know of a Jitsi Meet server beside where its rooms are.
 *
 * @param apiUrl {@code SWITCHBOARD_JITSI_API_URL}: where Prosody answers {@code /room}; without a slash at its end
 * @param xmppDomain {@code SWITCHBOARD_JITSI_XMPP_DOMAIN}: Prosody's main virtual host, in lower case
 * @param mucDomain {@code SWITCHBOARD_JITSI_MUC_DOMAIN}: the XMPP domain of the rooms, in lower case; empty: to be learnt
 * @param app {@code SWITCHBOARD_JITSI_APP_ID} and its key; empty: rooms need no token
 * @param audience {@code SWITCHBOARD_JITSI_AUDIENCE}: the claim {@code aud} of tokens
 * @param systemKey {@code SWITCHBOARD_JITSI_SYSTEM_KEY_FILE} and {@code _ID}; empty: rooms can't be closed
 */
public record JitsiSettings(
        URI apiUrl,
        String xmppDomain,
        Optional<String> mucDomain,
        Optional<App> app,
        String audience,
        Optional<RsaKey> systemKey) {
    static final String API_URL = "SWITCHBOARD_JITSI_API_URL";
    static final String XMPP_DOMAIN = "SWITCHBOARD_JITSI_XMPP_DOMAIN";
    static final String MUC_DOMAIN = "SWITCHBOARD_JITSI_MUC_DOMAIN";
    static final String APP_ID = "SWITCHBOARD_JITSI_APP_ID";
    static final String APP_SECRET = "SWITCHBOARD_JITSI_APP_SECRET";
    static final String APP_KEY_FILE = "SWITCHBOARD_JITSI_APP_KEY_FILE";
    static final String KEY_ID = "SWITCHBOARD_JITSI_KEY_ID";
    static final String AUDIENCE = "SWITCHBOARD_JITSI_AUDIENCE";
    static final String SYSTEM_KEY_FILE = "SWITCHBOARD_JITSI_SYSTEM_KEY_FILE";
    static final String SYSTEM_KEY_ID = "SWITCHBOARD_JITSI_SYSTEM_KEY_ID";

    private static final String DOMAIN_EXAMPLE = "meet.example.com";
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9._-]{1,253}|\\[[0-9a-f:.]+]");

    /**
     * Who signs people's tokens: exactly one of the two keys is there.
     *
     * @param id the claim {@code iss} of tokens
     * @param secret for HS256
     * @param key for RS256
     */
    public record App(String id, Optional<Secret> secret, Optional<RsaKey> key) {}

    /**
     * Reads the variables; empty only after a mistake.
     *
     * @param meetingUrl the template for a room's URL; empty after a mistake in it
     */
    static Optional<JitsiSettings> from(Reading reading, Optional<String> meetingUrl) {
        Optional<URI> rooms = meetingUrl.map(template -> URI.create(template.replace("/" + Urls.ROOM, "")));
        Optional<URI> apiUrl =
                reading.text(API_URL).isEmpty() ? rooms : reading.optional(API_URL, "http://prosody:5280", Urls::base);
        Optional<String> xmppDomain = reading.text(XMPP_DOMAIN).isEmpty()
                ? rooms.map(url -> url.getHost().toLowerCase(Locale.ROOT))
                : reading.optional(XMPP_DOMAIN, DOMAIN_EXAMPLE, JitsiSettings::domain);
        Optional<String> mucDomain =
                reading.optional(MUC_DOMAIN, "conference." + DOMAIN_EXAMPLE, JitsiSettings::domain);
        Optional<App> app = app(reading);
        String audience = reading.text(AUDIENCE).orElse("jitsi");
        Optional<RsaKey> systemKey = key(reading, SYSTEM_KEY_FILE, SYSTEM_KEY_ID);
        return apiUrl.isEmpty() || xmppDomain.isEmpty()
                ? Optional.empty()
                : Optional.of(new JitsiSettings(apiUrl.get(), xmppDomain.get(), mucDomain, app, audience, systemKey));
    }

    private static Optional<App> app(Reading reading) {
        Optional<String> id = reading.text(APP_ID);
        boolean secretSet = reading.text(APP_SECRET).isPresent()
                || reading.text(Reading.fileOf(APP_SECRET)).isPresent();
        boolean keySet = reading.text(APP_KEY_FILE).isPresent();
        if (secretSet && keySet) {
            reading.mistake(
                    APP_KEY_FILE,
                    "is set as well as " + APP_SECRET + "; keep the one that the server checks tokens with",
                    "/etc/switchboard/jitsi.pem");
        }
        if (id.isPresent() && !secretSet && !keySet) {
            reading.mistake(
                    APP_ID,
                    "is set without a key; set " + APP_SECRET + " or " + APP_KEY_FILE + " too, or neither",
                    "switchboard");
        }
        if (id.isEmpty() && (secretSet || keySet)) {
            reading.mistake(APP_ID, "is missing; set it to the app_id that the server accepts", "switchboard");
        }
        Optional<Secret> secret = reading.secret(APP_SECRET).map(given -> new Secret(given.text()));
        Optional<RsaKey> key = key(reading, APP_KEY_FILE, KEY_ID);
        return id.filter(unused -> secret.isPresent() != key.isPresent()).map(issuer -> new App(issuer, secret, key));
    }

    /** The key in a file and its id, which go together. */
    private static Optional<RsaKey> key(Reading reading, String fileVariable, String idVariable) {
        Optional<String> id = reading.text(idVariable);
        if (id.isPresent() && reading.text(fileVariable).isEmpty()) {
            reading.mistake(
                    idVariable, "is set without " + fileVariable + "; set both, or neither", "switchboard-2026");
        }
        if (id.isEmpty() && reading.text(fileVariable).isPresent()) {
            reading.mistake(
                    idVariable,
                    "is missing; set it to the key id (kid) under which the server finds the public key",
                    "switchboard-2026");
        }
        return reading.optional(fileVariable, "/etc/switchboard/jitsi.pem", RsaKey::read)
                .flatMap(key -> id.map(name -> new RsaKey(key, name)));
    }

    private static String domain(String text) throws Refusal {
        String domain = text.toLowerCase(Locale.ROOT);
        if (!DOMAIN.matcher(domain).matches()) {
            throw new Refusal(Quoted.value(text) + " must be a domain alone, without a scheme, a port or a path");
        }
        return domain;
    }
}
