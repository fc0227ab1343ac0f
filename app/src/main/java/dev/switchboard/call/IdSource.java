package dev.switchboard.call;

import java.util.UUID;

/** Where new ids come from; tests bring their own. */
public interface IdSource {
    /** A new UUID, for a Call or an announcement. */
    UUID uuid();

    /** The secret part of a room's name: at least 80 random bits in {@code [a-z0-9]}. */
    String roomSecret();

    /** Whether that may be the secret part of one of our rooms' names. */
    boolean isRoomSecret(String text);

    /** What the card shows as the meeting's id: short and speakable, such as {@code 705-292-868}; need not be unique. */
    String displayId();
}
