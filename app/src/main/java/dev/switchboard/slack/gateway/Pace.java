package dev.switchboard.slack.gateway;

import dev.switchboard.call.Allowances;
import dev.switchboard.call.Allowances.Place;
import dev.switchboard.call.Allowances.Window;
import dev.switchboard.call.CallStore;
import dev.switchboard.call.TeamId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps requests within what Slack grants (https://docs.slack.dev/apis/web-api/rate-limits): so many a minute for each
 * method and workspace, about one message a second for each channel, more where an app is granted more. It never waits; it says when to come back. And it
 * remembers what Slack itself said, by {@code Retry-After} or by refusing a workspace.
 */
final class Pace {
    private static final Logger LOG = LoggerFactory.getLogger(Pace.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** What Slack grants every app, and what goes with it: a message a second for each channel. */
    private static final int USUAL_TIER3 = 50;

    private static final Duration MESSAGE_EVERY = Duration.ofSeconds(1);
    /** While what all copies have taken together can't be told. */
    private static final Duration BLIND = Duration.ofSeconds(1);

    private final int tier3;
    private final Clock clock;
    private final Allowances allowances;

    /**
     * A pace of one's own.
     *
     * @param tier3 requests a minute for each Tier 3 method and workspace; 0 for no pacing but Slack's own
     */
    Pace(int tier3, Clock clock) {
        this(tier3, new OwnAllowances(), clock);
    }

    /** The same, of allowances that may be shared with other copies. */
    Pace(int tier3, Allowances allowances, Clock clock) {
        this.tier3 = tier3;
        this.allowances = allowances;
        this.clock = clock;
    }

    /**
     * Takes a slot for a request, to be given back by {@link Slot#close}.
     *
     * @return the slot, or when to come back
     */
    Turn take(TeamId team, String method, Optional<String> channel) {
        Instant now = clock.instant();
        List<Window> windows = new ArrayList<>();
        windows.add(new Window(held(team), 0, MINUTE));
        windows.add(new Window(key(team, method), perMinute(method), MINUTE));
        if (channel.isPresent() && tier3 > 0) {
            Duration length = MESSAGE_EVERY.multipliedBy(USUAL_TIER3).dividedBy(Math.max(USUAL_TIER3, tier3));
            windows.add(new Window(key(team, method) + " " + channel.get(), 1, length));
        }
        try {
            Allowances.Turn turn = allowances.take(windows, now);
            return new Turn(turn.places().map(Slot::new), turn.notBefore());
        } catch (CallStore.Unavailable e) {
            return new Turn(Optional.empty(), Optional.of(now.plus(BLIND)));
        }
    }

    /** Slack said when to come back to this method. */
    void retryAfter(TeamId team, String method, Instant until) {
        block(key(team, method), until);
    }

    /** Slack refuses the workspace as a whole. */
    void hold(TeamId team, Instant until) {
        block(held(team), until);
    }

    private void block(String name, Instant until) {
        try {
            allowances.block(name, until);
        } catch (CallStore.Unavailable e) {
            LOG.debug("Slack will say again when to come back");
        }
    }

    private static String held(TeamId team) {
        return "team " + team;
    }

    private static String key(TeamId team, String method) {
        return team + " " + method;
    }

    /** Tier 4 is 100 a minute where Tier 3 is 50, and chat.postMessage several hundred for a workspace. */
    private int perMinute(String method) {
        return switch (method) {
            case "users.info", "chat.postEphemeral" -> tier3 * 2;
            case "chat.postMessage" -> tier3 * 6;
            default -> tier3;
        };
    }

    /**
     * What came of asking for a slot.
     *
     * @param notBefore when to come back; empty with a slot
     */
    record Turn(Optional<Slot> slot, Optional<Instant> notBefore) {}

    /** A request under way. It counts until a window's length after its reply, so that no delay on the way matters. */
    final class Slot implements AutoCloseable {
        private final List<Place> places;

        private Slot(List<Place> places) {
            this.places = places;
        }

        @Override
        public void close() {
            try {
                allowances.giveBack(places, clock.instant());
            } catch (RuntimeException e) { // whatever it is: Slack has answered, and the answer counts
                LOG.debug("its places come free by themselves");
            }
        }
    }
}
