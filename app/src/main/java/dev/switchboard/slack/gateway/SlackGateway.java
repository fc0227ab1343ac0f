package dev.switchboard.slack.gateway;

import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import dev.switchboard.call.Allowances;
import dev.switchboard.call.Announcement;
import dev.switchboard.call.Call;
import dev.switchboard.call.ChannelId;
import dev.switchboard.call.MessageRef;
import dev.switchboard.call.Person;
import dev.switchboard.call.Reply;
import dev.switchboard.call.ResponseUrl;
import dev.switchboard.call.SlackCallId;
import dev.switchboard.call.SlackCalls;
import dev.switchboard.call.Snapshot;
import dev.switchboard.call.TeamId;
import dev.switchboard.call.Title;
import dev.switchboard.call.UserId;
import dev.switchboard.slack.text.Contents;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The port {@link SlackCalls} on Slack's Web API. */
public final class SlackGateway implements SlackCalls {
    private final Requests requests;
    private final Messages messages;
    private final LostMessages lostMessages;
    private final Conversations conversations;
    private final Users users;

    /**
     * A gateway to the workspaces of the tokens.
     *
     * @param contents what announcements say
     * @param tier3PerMinute requests a minute for each Tier 3 method and workspace; 0 to pace nothing
     */
    public SlackGateway(
            SlackClients clients, Workspaces workspaces, Contents contents, int tier3PerMinute, Clock clock) {
        this(clients, workspaces, contents, new Pace(tier3PerMinute, clock), clock);
    }

    /** The same, within allowances that are shared with other copies. */
    public SlackGateway(
            SlackClients clients,
            Workspaces workspaces,
            Contents contents,
            int tier3PerMinute,
            Allowances allowances,
            Clock clock) {
        this(clients, workspaces, contents, new Pace(tier3PerMinute, allowances, clock), clock);
    }

    private SlackGateway(SlackClients clients, Workspaces workspaces, Contents contents, Pace pace, Clock clock) {
        this.requests = new Requests(clients, workspaces, pace, clock);
        this.messages = new Messages(requests, contents, clients.http(), clock);
        this.lostMessages = new LostMessages(requests);
        this.conversations = new Conversations(requests, clock);
        this.users = new Users(requests, clock);
    }

    @Override
    public Reply<SlackCallId> register(Call call, Optional<UserId> creator, List<Person> people) {
        return requests.ask(
                call.team(),
                "calls.add",
                client -> client.callsAdd(r -> r.externalUniqueId(call.id().toString())
                        .externalDisplayId(call.displayId())
                        .joinUrl(call.room().joinUrl().toString())
                        .desktopAppJoinUrl(
                                call.room().desktopUrl().map(URI::toString).orElse(null))
                        .dateStart(seconds(call.startedAt()))
                        .title(call.title().map(Title::text).orElse(null))
                        .createdBy(creator.map(UserId::value).orElse(null))
                        .users(people.isEmpty() ? null : People.participants(people))),
                reply -> new SlackCallId(reply.getCall().getId()));
    }

    @Override
    public Optional<String> refusal(TeamId team, String method) {
        return requests.refusal(team, method);
    }

    @Override
    public Reply<Unit> rename(Call call) {
        return change(
                call,
                "calls.update",
                (client, id) -> client.callsUpdate(r -> r.id(id)
                        .title(call.title().map(Title::text).orElse(""))
                        .joinUrl(call.room().joinUrl().toString())));
    }

    @Override
    public Reply<Unit> add(Call call, List<Person> people) {
        return change(
                call,
                "calls.participants.add",
                (client, id) -> client.callsParticipantsAdd(r -> r.id(id).users(People.participants(people))));
    }

    @Override
    public Reply<Unit> remove(Call call, List<Person> told) {
        return change(
                call,
                "calls.participants.remove",
                (client, id) -> client.callsParticipantsRemove(r -> r.id(id).users(People.participants(told))));
    }

    @Override
    public Reply<Unit> end(Call call, Duration duration) {
        int seconds = (int) Math.min(Integer.MAX_VALUE, duration.toSeconds());
        return change(
                call, "calls.end", (client, id) -> client.callsEnd(r -> r.id(id).duration(seconds)));
    }

    @Override
    public Reply<SlackView> info(Call call) {
        String id = call.slack().id().orElseThrow().value();
        return requests.askHastily(
                call.team(), "calls.info", client -> client.callsInfo(r -> r.id(id)), reply -> People.view(reply));
    }

    @Override
    public Reply<Optional<MessageRef>> deliver(
            Snapshot now, Announcement announcement, Optional<ResponseUrl> responseUrl) {
        return messages.deliver(now, announcement, responseUrl);
    }

    @Override
    public Reply<Unit> retire(Snapshot now, Announcement delivered) {
        return messages.retire(now, delivered);
    }

    @Override
    public Reply<Whereabouts> find(Call call, Announcement announcement) {
        return lostMessages.find(call, announcement);
    }

    @Override
    public Reply<Boolean> isPublic(TeamId team, ChannelId channel) {
        return conversations.isPublic(team, channel);
    }

    @Override
    public Optional<Boolean> knownPublic(TeamId team, ChannelId channel) {
        return conversations.knownPublic(team, channel);
    }

    @Override
    public Reply<Boolean> isAdmin(TeamId team, UserId user) {
        return users.isAdmin(team, user);
    }

    @Override
    public Reply<Boolean> isGuest(TeamId team, UserId user) {
        return users.isGuest(team, user);
    }

    @Override
    public Reply<Profile> profile(TeamId team, UserId user) {
        return users.profile(team, user);
    }

    @Override
    public Reply<Optional<UserId>> userByEmail(TeamId team, String email) {
        return users.byEmail(team, email);
    }

    private <R extends SlackApiTextResponse> Reply<Unit> change(Call call, String method, OnCall<R> question) {
        String id = call.slack().id().orElseThrow().value();
        return requests.ask(call.team(), method, client -> question.ask(client, id), reply -> Unit.UNIT);
    }

    private static int seconds(Instant at) {
        return (int) Math.min(Integer.MAX_VALUE, at.getEpochSecond());
    }

    /** A request about a registered Call. */
    private interface OnCall<R> {
        R ask(MethodsClient client, String id) throws java.io.IOException, SlackApiException;
    }
}
