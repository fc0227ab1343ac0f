package dev.switchboard.slack.gateway;

import com.slack.api.methods.response.calls.CallsInfoResponse;
import com.slack.api.model.Call;
import com.slack.api.model.CallParticipant;
import dev.switchboard.call.ChannelId;
import dev.switchboard.call.Person;
import dev.switchboard.call.SlackCalls.SlackView;
import dev.switchboard.call.Title;
import dev.switchboard.call.UserId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Our people and Calls in the SDK's words and back. */
final class People {
    private People() {}

    static List<CallParticipant> participants(List<Person> people) {
        return people.stream()
                .map(person -> CallParticipant.builder()
                        .slackId(person.slackId().map(UserId::value).orElse(null))
                        .externalId(person.externalId().orElse(null))
                        .displayName(person.displayName().orElse(null))
                        .avatarUrl(person.avatar().map(URI::toString).orElse(null))
                        .build())
                .toList();
    }

    static SlackView view(CallsInfoResponse reply) {
        Call call = reply.getCall();
        return new SlackView(
                Optional.ofNullable(call.getTitle()).flatMap(Title::of),
                call.getUsers() == null ? 0 : call.getUsers().size(),
                Optional.ofNullable(call.getDateEnd()).filter(end -> end > 0).map(Instant::ofEpochSecond),
                call.getChannels() == null
                        ? List.of()
                        : call.getChannels().stream().map(ChannelId::new).toList());
    }
}
