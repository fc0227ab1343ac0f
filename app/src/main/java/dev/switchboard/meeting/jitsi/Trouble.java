package dev.switchboard.meeting.jitsi;

import dev.switchboard.call.Presence.Unknown;
import dev.switchboard.meeting.MeetingHttp.Reply;
import java.util.Optional;

/** Why an answer says nothing of who is in a room. */
final class Trouble {
    private Trouble() {}

    /**
     * Why, as presence.
     *
     * @param what was asked, for the log line
     */
    static Unknown of(Reply reply, String what) {
        if (reply instanceof Reply.Answered answer) {
            return new Unknown(what + ": " + why(answer), answer.retryAfter());
        }
        return new Unknown(what + ": " + ((Reply.Failed) reply).why(), Optional.empty());
    }

    private static String why(Reply.Answered answer) {
        return switch (answer.status()) {
            case 200 -> "an answer that can't be read";
            case 401, 403 -> "status " + answer.status() + ", refused";
            case 404 -> "status 404 with a page: muc_size is not on, or Prosody is asked by the wrong host";
            default -> "status " + answer.status();
        };
    }
}
