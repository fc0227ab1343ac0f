package dev.switchboard.slack.gateway;

import dev.switchboard.call.ChannelId;
import dev.switchboard.call.Reply;
import dev.switchboard.call.TeamId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which conversations are public, remembered for a while: the same few channels have most of the Calls. */
final class Conversations {
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MOST = 10_000;

    private final Requests requests;
    private final Clock clock;
    private final Map<Key, Known> known = new LinkedHashMap<>();

    Conversations(Requests requests, Clock clock) {
        this.requests = requests;
        this.clock = clock;
    }

    private record Key(TeamId team, ChannelId channel) {}

    private record Known(boolean open, Instant until) {}

    Reply<Boolean> isPublic(TeamId team, ChannelId channel) {
        Key key = new Key(team, channel);
        Instant now = clock.instant();
        synchronized (known) {
            Known remembered = known.get(key);
            if (remembered != null && now.isBefore(remembered.until())) {
                return Reply.done(remembered.open());
            }
        }
        Reply<Boolean> reply = ask(team, channel);
        reply.value().ifPresent(open -> remember(key, new Known(open, now.plus(REMEMBERED))));
        return reply;
    }

    private Reply<Boolean> ask(TeamId team, ChannelId channel) {
        Reply<Boolean> reply = requests.ask(
                team,
                "conversations.info",
                client -> client.conversationsInfo(r -> r.channel(channel.value())),
                info -> info.getChannel().isChannel() && !info.getChannel().isPrivate());
        // What the bot can't see is not for everybody.
        return reply.code().equals("channel_not_found") ? Reply.done(false) : reply;
    }

    private void remember(Key key, Known value) {
        synchronized (known) {
            known.remove(key);
            known.put(key, value);
            if (known.size() > MOST) {
                known.remove(known.keySet().iterator().next());
            }
        }
    }
}
