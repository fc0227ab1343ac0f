package dev.switchboard.slack.text;

import dev.switchboard.call.Announcement;
import dev.switchboard.call.Call;

/** What people are told later, because of something that happened on the way to Slack. */
public final class Notices {
    private Notices() {}

    /** The sentence, in mrkdwn: what happened, and what to do next. */
    public static String text(Call call, Announcement.Notice notice) {
        String about = notice.about().map(Wording::mention).orElse("Somebody");
        String code = notice.code().map(c -> " (" + SlackText.escape(c) + ")").orElse("");
        String name = Wording.name(call);
        return switch (notice.topic()) {
            case DECLINED -> about + " declined " + name + ".";
            case NOT_INVITED ->
                about + " could not be added to " + name + ": Slack doesn't let them be invited" + code
                        + ". You can send them the link yourself: "
                        + call.room().joinUrl();
            case NOT_RUNG ->
                about + " is on " + name + " but could not be sent a message" + code
                        + ". You may want to tell them yourself.";
            case NOT_REGISTERED ->
                call.slack().refusal().isPresent()
                        ? "Slack refused to show " + name + " as a Call" + code + ". The room is open all the same: "
                                + call.room().joinUrl()
                        : "Slack does not take Calls from the app in this workspace at the moment" + code
                                + ". The card of " + name + " comes as soon as it does; if that is long, please tell"
                                + " whoever looks after the app. Until then: "
                                + call.room().joinUrl();
            case NOT_POSTED ->
                name + " is live, but its card could not be posted" + code
                        + ". Invite the app to the conversation, or pass the link on: "
                        + call.room().joinUrl();
            case NOT_OPENED ->
                "The meeting server has not opened a room for " + name
                        + " so far. I keep trying, and its card comes as soon as there is a room. Ending the Call calls it off.";
        };
    }
}
