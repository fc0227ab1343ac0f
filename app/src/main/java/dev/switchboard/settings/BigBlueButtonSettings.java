package dev.switchboard.settings;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * What there is to know of a BigBlueButton server.
 *
 * @param apiUrl {@code SWITCHBOARD_MEETING_URL} with {@code /api} at its end, and no slash after it
 * @param secret {@code SWITCHBOARD_BBB_SECRET}: signs every request and every link
 * @param checksum {@code SWITCHBOARD_BBB_CHECKSUM}
 * @param record {@code SWITCHBOARD_BBB_RECORD}: whether moderators may record
 * @param greenlightUrl {@code SWITCHBOARD_GREENLIGHT_URL}: without {@code /rooms} at its end; empty: there is no Greenlight
 */
public record BigBlueButtonSettings(
        URI apiUrl, Secret secret, Checksum checksum, boolean record, Optional<URI> greenlightUrl) {
    static final String SECRET = "SWITCHBOARD_BBB_SECRET";
    static final String CHECKSUM = "SWITCHBOARD_BBB_CHECKSUM";
    static final String RECORD = "SWITCHBOARD_BBB_RECORD";
    static final String GREENLIGHT_URL = "SWITCHBOARD_GREENLIGHT_URL";

    /** The hashes a server may accept, weakest first; SHA-1 is not among them on purpose. */
    public enum Checksum {
        /** SHA-256: every server since 2.2. */
        SHA256("SHA-256"),
        /** SHA-384: since 2.5. */
        SHA384("SHA-384"),
        /** SHA-512: since 2.5. */
        SHA512("SHA-512");

        private final String algorithm;

        Checksum(String algorithm) {
            this.algorithm = algorithm;
        }

        /** Its name for {@link java.security.MessageDigest}. */
        public String algorithm() {
            return algorithm;
        }

        private static Checksum parse(String text) throws Refusal {
            return switch (text.toLowerCase(Locale.ROOT).replace("-", "")) {
                case "sha256" -> SHA256;
                case "sha384" -> SHA384;
                case "sha512" -> SHA512;
                default -> throw new Refusal(Quoted.value(text) + " must be sha256, sha384 or sha512");
            };
        }
    }

    /**
     * Reads the variables; empty only after a mistake.
     *
     * @param meetingUrl the server's base; empty after a mistake in it
     */
    static Optional<BigBlueButtonSettings> from(Reading reading, Optional<String> meetingUrl) {
        Optional<Secret> secret = reading.requiredSecret(
                        SECRET, "the shared secret that `bbb-conf --secret` shows", "8cd8ef52e8e101574e400365b55e11a6")
                .map(given -> new Secret(given.text()));
        Optional<Checksum> checksum = reading.withDefault(CHECKSUM, "sha256", Checksum::parse);
        Optional<Boolean> record = reading.withDefault(RECORD, "true", Values::yesOrNo);
        Optional<URI> greenlight = reading.optional(GREENLIGHT_URL, "https://bbb.example.com", Urls::greenlight);
        return meetingUrl.isEmpty() || secret.isEmpty() || checksum.isEmpty() || record.isEmpty()
                ? Optional.empty()
                : Optional.of(new BigBlueButtonSettings(
                        URI.create(meetingUrl.get() + "/api"), secret.get(), checksum.get(), record.get(), greenlight));
    }
}
