package dev.switchboard.call;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Ids that nobody can guess. */
public final class SecureIds implements IdSource {
    /** 32 letters and digits: five bits each; without i, l, o and u nothing is misread or spells a word. */
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final int SECRET_LENGTH = 17; // 85 bits
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    /** @param clock whose time goes into UUIDs */
    public SecureIds(Clock clock) {
        this.clock = clock;
    }

    /**
     * A UUID of version 7 (RFC 9562, section 5.7): its first 48 bits are the time, so that what is made in a row stands
     * together in the ledger's indexes, however many rows they have.
     */
    @Override
    public UUID uuid() {
        long time = clock.millis() << 16;
        long version = 0x7000 | random.nextInt(1 << 12);
        long variant = 0x8000_0000_0000_0000L | random.nextLong() >>> 2;
        return new UUID(time | version, variant);
    }

    @Override
    public String roomSecret() {
        StringBuilder secret = new StringBuilder(SECRET_LENGTH);
        for (int i = 0; i < SECRET_LENGTH; i++) {
            secret.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return secret.toString();
    }

    @Override
    public boolean isRoomSecret(String text) {
        return text.length() == SECRET_LENGTH && text.chars().allMatch(letter -> ALPHABET.indexOf(letter) >= 0);
    }

    @Override
    public String displayId() {
        int number = random.nextInt(1_000_000_000);
        return "%03d-%03d-%03d".formatted(number / 1_000_000, number / 1_000 % 1_000, number % 1_000);
    }
}
