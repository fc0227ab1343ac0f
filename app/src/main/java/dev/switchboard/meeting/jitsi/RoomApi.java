package dev.switchboard.meeting.jitsi;

import dev.switchboard.meeting.MeetingHttp;
import dev.switchboard.meeting.MeetingHttp.Reply;
import dev.switchboard.meeting.UrlText;
import dev.switchboard.settings.JitsiSettings;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The HTTP side of Prosody: {@code /room}, {@code /room-census}, {@code /end-meeting}. */
final class RoomApi {
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final JitsiSettings settings;
    private final MeetingHttp http;
    private final Tokens tokens;
    /** Prosody looks up its virtual host by the header Host, which is the XMPP domain on servers without a default. */
    private volatile boolean hostIsDomain;

    RoomApi(JitsiSettings settings, MeetingHttp http, Tokens tokens) {
        this.settings = settings;
        this.http = http;
        this.tokens = tokens;
    }

    /**
     * Whether the module said that there is no such thing: a bare 404. Where nobody listens, Prosody and the web servers
     * before it answer 404 with a page.
     */
    static boolean saysAbsent(Reply.Answered answer) {
        return answer.status() == NOT_FOUND && answer.blank();
    }

    /** Whether nobody listens there, or not under that host. */
    static boolean saysNothing(Reply.Answered answer) {
        return answer.status() == NOT_FOUND && !answer.blank();
    }

    /** Asks who is in a room. */
    Reply room(JitsiRoom room) {
        Reply reply = asked(room, UrlText.encoded(room.name()));
        // Newer modules encode what they read from the query, older ones take it as it is.
        return room.name().indexOf('%') >= 0 && mayBeMisread(reply) ? asked(room, room.name()) : reply;
    }

    /** Whether the room is not there under that name; newer modules refuse it then where they want tokens. */
    private static boolean mayBeMisread(Reply reply) {
        return reply instanceof Reply.Answered answer && (saysAbsent(answer) || answer.status() == FORBIDDEN);
    }

    private Reply asked(JitsiRoom room, String inQuery) {
        return get("/room?room=" + inQuery
                + "&domain=" + UrlText.encoded(settings.xmppDomain())
                + room.tenant()
                        .map(tenant -> "&subdomain=" + UrlText.encoded(tenant))
                        .orElse("")
                + tokens.forPolls().map(token -> "&token=" + token).orElse(""));
    }

    /** Asks how many are in each room. */
    Reply census() {
        return get("/room-census");
    }

    /** Closes a room; empty where there is no key for that. */
    Optional<Reply> end(JitsiRoom room, String mucDomain) {
        return tokens.forEnding(room).map(token -> {
            URI url = url("/end-meeting?conference=" + UrlText.encoded(room.node() + "@" + mucDomain));
            return underEitherHost(host -> {
                Map<String, String> headers = new HashMap<>(host);
                headers.put("Authorization", "Bearer " + token);
                return http.post(url, headers);
            });
        });
    }

    private Reply get(String pathAndQuery) {
        URI url = url(pathAndQuery);
        return underEitherHost(host -> http.get(url, host));
    }

    private URI url(String pathAndQuery) {
        return URI.create(settings.apiUrl() + pathAndQuery);
    }

    private interface Request {
        Reply send(Map<String, String> headers);
    }

    /** Under the host that worked before; under the other one if nobody listens there. */
    private Reply underEitherHost(Request request) {
        boolean asDomain = hostIsDomain;
        Reply first = request.send(host(asDomain));
        boolean sameHost =
                settings.xmppDomain().equalsIgnoreCase(settings.apiUrl().getRawAuthority());
        if (sameHost || !(first instanceof Reply.Answered answer) || !saysNothing(answer)) {
            return first;
        }
        Reply second = request.send(host(!asDomain));
        if (second instanceof Reply.Answered other && !saysNothing(other)) {
            hostIsDomain = !asDomain;
            return second;
        }
        return first;
    }

    private Map<String, String> host(boolean asDomain) {
        return asDomain ? Map.of("Host", settings.xmppDomain()) : Map.of();
    }
}
