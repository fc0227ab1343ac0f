package dev.switchboard.sandbox.meeting;

/** A request that BigBlueButton answers with FAILED. */
final class BbbRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String words;

    /** As the server's messageKey and message. */
    BbbRefusal(String key, String words) {
        super(key + ": " + words);
        this.key = key;
        this.words = words;
    }

    String key() {
        return key;
    }

    String words() {
        return words;
    }
}
