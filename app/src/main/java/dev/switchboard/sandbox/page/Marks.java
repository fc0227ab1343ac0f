package dev.switchboard.sandbox.page;

import java.util.HashMap;
import java.util.Map;

/** Up to which message each person has read each conversation. */
final class Marks {
    private final Map<String, String> lastRead = new HashMap<>();

    synchronized void read(String person, String conversation, String ts) {
        lastRead.merge(person + ' ' + conversation, ts, (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    /** The timestamp of the last message read; empty text before the first. */
    synchronized String lastRead(String person, String conversation) {
        return lastRead.getOrDefault(person + ' ' + conversation, "");
    }
}
