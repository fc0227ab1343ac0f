package dev.switchboard.sandbox.slack;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** How a {@link FakeSlack} is to be; each setter changes and returns these same options. */
public final class FakeSlackOptions {
    /** The bot scopes the manifest asks for. */
    public static final Set<String> BOT_SCOPES = Set.of(
            "calls:read",
            "calls:write",
            "chat:write",
            "chat:write.public",
            "commands",
            "links:read",
            "links:write",
            "users:read",
            "users:read.email",
            "channels:read",
            "groups:read",
            "im:read",
            "mpim:read",
            "channels:history",
            "groups:history",
            "im:history",
            "mpim:history",
            "im:write");

    private int port;
    private Clock clock = Clock.systemUTC();
    private Duration acknowledgeWithin = Duration.ofSeconds(3);
    private List<Duration> redeliverAfter = List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(5));
    private Duration pingEvery = Duration.ofSeconds(5);
    private Duration refreshGrace = Duration.ofSeconds(10);
    private Duration rateLimitMinute = Duration.ZERO;
    private List<String> commands = List.of("/call");
    private List<String> unfurlDomains = List.of("meet.example.com");
    private Set<String> events = Set.of();
    private List<String> workspaces = List.of("acme");
    private Set<String> botScopes = BOT_SCOPES;
    private boolean sameCallForSameExternalId;

    FakeSlackOptions() {}

    /** The TCP port on 127.0.0.1; 0 (the default) takes a free one. */
    public FakeSlackOptions port(int number) {
        port = number;
        return this;
    }

    /** The time of messages, rate limits and expiry. Deadlines of acknowledgements run on real time. */
    public FakeSlackOptions clock(Clock newClock) {
        clock = newClock;
        return this;
    }

    /** 3 s at Slack. */
    public FakeSlackOptions acknowledgeWithin(Duration limit) {
        acknowledgeWithin = limit;
        return this;
    }

    /** The waits before an unacknowledged event comes again: at Slack none, 1 min, 5 min. */
    public FakeSlackOptions redeliverAfter(Duration... waits) {
        redeliverAfter = List.of(waits);
        return this;
    }

    /** How often each connection is pinged. */
    public FakeSlackOptions pingEvery(Duration interval) {
        pingEvery = interval;
        return this;
    }

    /** From the warning to the request to refresh, and from that to the close. */
    public FakeSlackOptions refreshGrace(Duration grace) {
        refreshGrace = grace;
        return this;
    }

    /** Switches rate limits on, and says how long their minute is; zero (the default) switches them off. */
    public FakeSlackOptions rateLimits(Duration minute) {
        rateLimitMinute = minute;
        return this;
    }

    /** The slash commands the app has registered. */
    public FakeSlackOptions commands(String... names) {
        commands = List.of(names);
        return this;
    }

    /** The domains whose links, subdomains included, are told to the app. */
    public FakeSlackOptions unfurlDomains(String... domains) {
        unfurlDomains = List.of(domains);
        return this;
    }

    /** The events the app is subscribed to, beside those that Calls and links always bring: {@code app_home_opened}. */
    public FakeSlackOptions events(String... types) {
        events = Set.of(types);
        return this;
    }

    /** The workspaces the app is installed in, by the name in their address; letters only. */
    public FakeSlackOptions workspaces(String... domains) {
        workspaces = List.of(domains);
        return this;
    }

    public FakeSlackOptions botScopes(Set<String> scopes) {
        botScopes = Set.copyOf(scopes);
        return this;
    }

    /** Whether calls.add with a known external_unique_id returns the Call there is. Slack doesn't say; default: a new one. */
    public FakeSlackOptions sameCallForSameExternalId(boolean same) {
        sameCallForSameExternalId = same;
        return this;
    }

    int port() {
        return port;
    }

    Clock clock() {
        return clock;
    }

    Duration acknowledgeWithin() {
        return acknowledgeWithin;
    }

    List<Duration> redeliverAfter() {
        return redeliverAfter;
    }

    Duration pingEvery() {
        return pingEvery;
    }

    Duration refreshGrace() {
        return refreshGrace;
    }

    Duration rateLimitMinute() {
        return rateLimitMinute;
    }

    List<String> commands() {
        return commands;
    }

    List<String> unfurlDomains() {
        return unfurlDomains;
    }

    Set<String> events() {
        return events;
    }

    List<String> workspaces() {
        return workspaces;
    }

    Set<String> botScopes() {
        return botScopes;
    }

    boolean sameCallForSameExternalId() {
        return sameCallForSameExternalId;
    }
}
