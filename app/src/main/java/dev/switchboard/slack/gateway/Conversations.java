package dev.switchboard.slack.gateway;

import dev.switchboard.call.ChannelId;
import dev.switchboard.call.Reply;
import dev.switchboard.call.TeamId;
import java.time.Clock;
import java.util.Optional;

/** Which conversations are public, remembered for a while: the same few channels have most of the Calls. */
final class Conversations {
    private final Requests requests;
    private final Remembered<Key, Boolean> known;

    Conversations(Requests requests, Clock clock) {
        this.requests = requests;
        this.known = new Remembered<>(clock);
    }

    private record Key(TeamId team, ChannelId channel) {}

    Reply<Boolean> isPublic(TeamId team, ChannelId channel) {
        return known.orAsk(new Key(team, channel), () -> ask(team, channel));
    }

    Optional<Boolean> knownPublic(TeamId team, ChannelId channel) {
        return known.recall(new Key(team, channel));
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
}
