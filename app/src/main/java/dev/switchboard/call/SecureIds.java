package dev.switchboard.call;

import java.security.SecureRandom;
import java.util.UUID;

/** Ids that nobody can guess. */
public final class SecureIds implements IdSource {
    /** 32 letters and digits: five bits each; without i, l, o and u nothing is misread or spells a word. */
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final int SECRET_LENGTH = 17; // 85 bits
    private final SecureRandom random = new SecureRandom();

    @Override
    public UUID uuid() {
        return UUID.randomUUID();
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
    public String displayId() {
        int number = random.nextInt(1_000_000_000);
        return "%03d-%03d-%03d".formatted(number / 1_000_000, number / 1_000 % 1_000, number % 1_000);
    }
}
