package dev.switchboard.slack;

import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.bolt.context.builtin.SlashCommandContext;
import com.slack.api.bolt.handler.builtin.SlashCommandHandler;
import com.slack.api.bolt.request.builtin.SlashCommandRequest;
import com.slack.api.bolt.response.Response;
import dev.switchboard.call.CallRequest;
import dev.switchboard.call.Calls;
import dev.switchboard.call.ChannelId;
import dev.switchboard.call.Invocation;
import dev.switchboard.call.Outcome;
import dev.switchboard.call.StartRequest;
import dev.switchboard.call.TeamId;
import dev.switchboard.call.UserId;
import dev.switchboard.slack.text.Answer;
import dev.switchboard.slack.text.Answers;
import dev.switchboard.slack.text.CommandText;
import dev.switchboard.slack.text.Typed;
import java.util.Optional;

/** The slash command. */
final class CallCommand implements SlashCommandHandler {
    private final String command;
    private final Calls calls;
    private final Answers answers;

    CallCommand(String command, Calls calls, Answers answers) {
        this.command = command;
        this.calls = calls;
        this.answers = answers;
    }

    @Override
    public Response apply(SlashCommandRequest request, SlashCommandContext context) {
        SlashCommandPayload payload = request.getPayload();
        if (!command.equalsIgnoreCase(payload.getCommand())) {
            return acknowledge(context, Optional.of(answers.unknownCommand(payload.getCommand())));
        }
        Invocation by = invocation(payload, request.getRequestBodyAsString());
        Typed typed = CommandText.parse(payload.getText() == null ? "" : payload.getText());
        return acknowledge(context, typed.read(new Doing(by)));
    }

    private static Invocation invocation(SlashCommandPayload payload, String body) {
        ChannelId channel = Payloads.id("channel_id", payload.getChannelId(), ChannelId::new);
        String team = payload.getTeamId() == null ? payload.getEnterpriseId() : payload.getTeamId();
        return new Invocation(
                Payloads.id("team_id", team, TeamId::new),
                channel,
                Payloads.id("user_id", payload.getUserId(), UserId::new),
                Payloads.delivery("command", payload.getTriggerId(), body),
                Payloads.url(payload.getResponseUrl()),
                Payloads.visibility(channel, payload.getChannelName()));
    }

    private static Response acknowledge(SlashCommandContext context, Optional<Answer> answer) {
        return answer.map(said -> context.ack(response -> {
                    response.responseType("ephemeral").text(said.text());
                    return said.blocks().isEmpty() ? response : response.blocks(said.blocks());
                }))
                .orElseGet(context::ack);
    }

    /** Has the domain do what was typed, and words what came of it. */
    private final class Doing implements Typed.Reader<Optional<Answer>> {
        private final Invocation by;

        Doing(Invocation by) {
            this.by = by;
        }

        @Override
        public Optional<Answer> start(StartRequest request) {
            return calls.start(by, request).answer(answers);
        }

        @Override
        public Optional<Answer> onCall(CallRequest request) {
            return calls.request(by, request, Optional.empty()).answer(answers);
        }

        @Override
        public Optional<Answer> list() {
            return calls.list(by).answer(answers);
        }

        @Override
        public Optional<Answer> history() {
            Outcome history = calls.history(by);
            return history.answer(answers);
        }

        @Override
        public Optional<Answer> help() {
            return Optional.of(answers.help());
        }
    }
}
