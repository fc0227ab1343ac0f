package dev.switchboard.sandbox.slack;

/** How often a method may be called in a minute by one app in one workspace: docs.slack.dev/apis/web-api/rate-limits. */
enum Tier {
    /** Documented as "1+"; lenient here, as Slack is in practice. */
    TIER_1(10),
    TIER_2(20),
    TIER_3(50),
    TIER_4(100),
    /** chat.postMessage: one a second and channel, with short bursts. */
    POSTING(60),
    /** auth.test and its like: "hundreds a minute". */
    SPECIAL(600);

    private final int perMinute;

    Tier(int perMinute) {
        this.perMinute = perMinute;
    }

    int perMinute() {
        return perMinute;
    }
}
