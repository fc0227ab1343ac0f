package dev.switchboard.meeting.jitsi;

import dev.switchboard.call.MeetingProvider.Finding;
import dev.switchboard.meeting.MeetingHttp;
import dev.switchboard.meeting.MeetingHttp.Reply;
import dev.switchboard.settings.JitsiSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tries what polls, links and ends would need. */
final class JitsiDoctor {
    private static final String API_URL = "SWITCHBOARD_JITSI_API_URL";
    private static final String SYSTEM_KEY = "SWITCHBOARD_JITSI_SYSTEM_KEY_FILE";
    private static final String NOBODY_THERE =
            "nobody answers under its paths (404 with a page): switch on muc_size, or set http_default_host in Prosody, or"
                    + " correct SWITCHBOARD_JITSI_XMPP_DOMAIN";

    private final JitsiSettings settings;
    private final RoomApi api;
    private final MeetingHttp http;

    JitsiDoctor(JitsiSettings settings, RoomApi api, MeetingHttp http) {
        this.settings = settings;
        this.api = api;
        this.http = http;
    }

    /**
     * @param rooms where browsers find the server
     * @param room one that isn't there
     * @param mucDomain the XMPP domain of the rooms
     */
    List<Finding> findings(URI rooms, JitsiRoom room, String mucDomain) {
        List<Finding> findings = new ArrayList<>();
        findings.add(web(rooms));
        findings.add(presence(room));
        census().ifPresent(findings::add);
        api.end(room, mucDomain).map(this::ending).ifPresent(findings::add);
        return findings;
    }

    private Finding web(URI rooms) {
        Reply reply = http.get(rooms.resolve("/"), Map.of());
        if (reply instanceof Reply.Answered answer) {
            return new Finding(answer.status() < 500, "SWITCHBOARD_MEETING_URL", "answers, status " + answer.status());
        }
        return new Finding(false, "SWITCHBOARD_MEETING_URL", ((Reply.Failed) reply).why());
    }

    private Finding presence(JitsiRoom room) {
        Reply reply = api.room(room);
        if (!(reply instanceof Reply.Answered answer)) {
            return new Finding(false, API_URL, ((Reply.Failed) reply).why());
        }
        if (RoomApi.saysAbsent(answer) || answer.status() == 200) {
            return new Finding(true, API_URL, "tells who is in a room");
        }
        if (RoomApi.saysNothing(answer)) {
            return new Finding(false, API_URL, NOBODY_THERE);
        }
        if (answer.status() == 403 && settings.app().isPresent()) {
            return new Finding(
                    true,
                    API_URL,
                    "answers 403 for a room that isn't there, as newer servers do; a wrong key looks the same");
        }
        return new Finding(
                false,
                API_URL,
                answer.status() == 403
                        ? "refuses us (403): it wants tokens, set SWITCHBOARD_JITSI_APP_ID and its key"
                        : "can't tell who is in a room, status " + answer.status());
    }

    /** Empty where the server is in too much trouble to say. */
    private Optional<Finding> census() {
        Reply reply = api.census();
        if (!(reply instanceof Reply.Answered answer) || answer.status() >= 500) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                true,
                API_URL,
                answer.status() == 200
                        ? "counts all rooms in one request (muc_census)"
                        : "has no muc_census; rooms are asked one by one"));
    }

    /** Closing a room that isn't there does no harm, and shows whether the key is taken. */
    private Finding ending(Reply reply) {
        if (!(reply instanceof Reply.Answered answer)) {
            return new Finding(false, SYSTEM_KEY, ((Reply.Failed) reply).why());
        }
        if (RoomApi.saysAbsent(answer) || answer.status() == 200) {
            return new Finding(true, SYSTEM_KEY, "is taken, rooms can be closed");
        }
        return new Finding(
                false,
                SYSTEM_KEY,
                switch (answer.status()) {
                    case 401 -> "is refused by the server (401); does it find the public key under the key id?";
                    case 404 -> "can't be used: /end-meeting is not there; switch on muc_end_meeting";
                    default -> "can't be used: /end-meeting answers status " + answer.status();
                });
    }
}
