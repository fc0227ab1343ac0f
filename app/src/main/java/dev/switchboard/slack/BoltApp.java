package dev.switchboard.slack;

import com.slack.api.Slack;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.handler.builtin.BlockActionHandler;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.builtin.EventRequest;
import com.slack.api.bolt.response.Response;
import com.slack.api.model.event.CallRejectedEvent;
import com.slack.api.model.event.LinkSharedEvent;
import dev.switchboard.call.Calls;
import dev.switchboard.call.Participation;
import dev.switchboard.slack.Button.Manner;
import dev.switchboard.slack.text.Answers;
import dev.switchboard.slack.text.Buttons;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** The one Bolt app: which listener hears what. */
final class BoltApp {
    private static final Pattern ANY_COMMAND = Pattern.compile(".*", Pattern.DOTALL);

    private BoltApp() {}

    static App create(String command, Calls calls, Participation participation, Answers answers, Slack slack) {
        // No middleware: Socket Mode needs no signatures, and no listener needs a token, so that no command waits for
        // an auth.test.
        App app = new App(config(slack), new ArrayList<>());
        app.command(ANY_COMMAND, ListenerFailed.command(new CallCommand(command, calls, answers)));
        app.event(LinkSharedEvent.class, ListenerFailed.event(new LinkSharedListener(calls)));
        app.event(CallRejectedEvent.class, ListenerFailed.event(new CallRejectedListener(participation)));
        buttons(calls, participation, answers, app.executorService())
                .forEach((action, button) -> app.blockAction(action, ListenerFailed.button(button)));
        return app.start();
    }

    private static Map<String, BlockActionHandler> buttons(
            Calls calls, Participation participation, Answers answers, Executor later) {
        return Map.of(
                Buttons.CHOOSE, new ChooseButton(calls, answers, later),
                Buttons.START_ANOTHER, new StartAnotherButton(calls, answers, later),
                Buttons.DECLINE, new CallButton(answers, later, Manner.IN_PLACE, participation::decline),
                Buttons.JOIN, new CallButton(answers, later, Manner.WHISPERED, participation::join),
                Buttons.LEAVE, new CallButton(answers, later, Manner.WHISPERED, participation::leave),
                Buttons.JOIN_AS_ME, new CallButton(answers, later, Manner.WHISPERED_LATER, participation::ownLink),
                Buttons.STILL_ON, new CallButton(answers, later, Manner.WHISPERED, participation::stillOn),
                Buttons.END, new CallButton(answers, later, Manner.WHISPERED, calls::end),
                Buttons.OPEN_OWN_LINK, (request, context) -> context.ack()); // the link does the rest
    }

    private static String kind(Request<?> request) {
        return request instanceof EventRequest event
                ? request.getRequestType() + " " + Envelopes.printable(event.getEventType())
                : String.valueOf(request.getRequestType());
    }

    /** Every value that the SDK would otherwise take from the environment is given here. */
    @SuppressWarnings("deprecation") // the verification token
    private static AppConfig config(Slack slack) {
        PassedOver passedOver = new PassedOver();
        return AppConfig.builder()
                .slack(slack)
                .singleTeamBotToken(null)
                .signingSecret(null)
                .verificationToken(null)
                // Both set would turn the app into one that answers every command with "please install".
                .clientId(null)
                .clientSecret(null)
                .redirectUri(null)
                .scope(null)
                .userScope(null)
                .unmatchedRequestHandler(request -> {
                    passedOver.tell("a request of type " + kind(request));
                    return Response.ok();
                })
                .build();
    }
}
