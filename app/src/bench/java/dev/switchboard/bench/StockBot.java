package dev.switchboard.bench;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.socket_mode.SocketModeApp;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.model.CallParticipant;
import com.slack.api.model.block.Blocks;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.BlockCompositions;
import com.slack.api.model.block.element.BlockElements;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one writes after Bolt's tutorial: {@code /call} registers a Call, posts its card and acknowledges, all in the
 * handler; each join, leave, ring and end is a request of its own. Bolt's stock {@link SocketModeApp} and its default
 * client, the default configuration but for where the Web API is; no ledger, no retries.
 */
public final class StockBot {
    private final Map<String, String> callsByChannel = new ConcurrentHashMap<>();

    private StockBot() {}

    public static void main(String[] args) throws Exception {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(System.getenv("SLACK_API_URL"));
        App app = new App(AppConfig.builder()
                .slack(Slack.getInstance(config))
                .singleTeamBotToken(System.getenv("SLACK_BOT_TOKEN"))
                .build());
        new StockBot().listen(app);
        new SocketModeApp(System.getenv("SLACK_APP_TOKEN"), app).start();
    }

    private void listen(App app) {
        app.command("/call", (request, context) -> {
            String text = request.getPayload().getText();
            String channel = request.getPayload().getChannelId();
            String user = request.getPayload().getUserId();
            if (text.equals("end")) {
                String call = callIn(channel);
                context.client().callsEnd(r -> r.id(call));
            } else if (text.startsWith("invite ")) {
                ring(context.client(), callIn(channel), text.replaceAll("^invite <@([A-Z0-9]+).*", "$1"));
            } else {
                start(context.client(), channel, user, text);
            }
            return context.ack();
        });
        app.blockAction("join_call", (request, context) -> {
            String call = request.getPayload().getActions().get(0).getValue();
            String user = request.getPayload().getUser().getId();
            context.client().callsParticipantsAdd(r -> r.id(call).users(people(user)));
            return context.ack();
        });
        app.blockAction("leave_call", (request, context) -> {
            String call = request.getPayload().getActions().get(0).getValue();
            String user = request.getPayload().getUser().getId();
            context.client().callsParticipantsRemove(r -> r.id(call).users(people(user)));
            return context.ack();
        });
    }

    private String callIn(String channel) {
        return callsByChannel.getOrDefault(channel, "");
    }

    private void start(MethodsClient client, String channel, String user, String title)
            throws IOException, SlackApiException {
        String room = UUID.randomUUID().toString();
        String url = System.getenv("SWITCHBOARD_MEETING_URL") + "/" + room;
        var added = client.callsAdd(r -> r.externalUniqueId(room)
                .externalDisplayId(room.substring(0, 8))
                .joinUrl(url)
                .dateStart((int) Instant.now().getEpochSecond())
                .createdBy(user)
                .title(title));
        if (!added.isOk()) {
            return;
        }
        String call = added.getCall().getId();
        callsByChannel.put(channel, call);
        client.chatPostMessage(r -> r.channel(channel)
                .text("A Call has started: " + title + ". Join: " + url)
                .blocks(card(call, url)));
    }

    private static void ring(MethodsClient client, String call, String user) throws IOException, SlackApiException {
        client.callsParticipantsAdd(r -> r.id(call).users(people(user)));
        client.chatPostMessage(
                r -> r.channel(user).text("You are being called.").blocks(List.of(Blocks.call(c -> c.callId(call)))));
    }

    private static List<CallParticipant> people(String user) {
        return List.of(CallParticipant.builder().slackId(user).build());
    }

    private static List<LayoutBlock> card(String call, String url) {
        return List.of(
                Blocks.call(c -> c.callId(call)),
                Blocks.actions(List.of(
                        BlockElements.button(button -> button.actionId("join_call")
                                .value(call)
                                .url(url)
                                .style("primary")
                                .text(BlockCompositions.plainText("Join"))),
                        BlockElements.button(button -> button.actionId("leave_call")
                                .value(call)
                                .text(BlockCompositions.plainText("Leave"))))));
    }
}
