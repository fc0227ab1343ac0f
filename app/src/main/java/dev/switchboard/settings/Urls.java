package dev.switchboard.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URLs among the variables: Slack's, the meeting server's, and the desktop program's. */
final class Urls {
    static final String ROOM = "{room}";

    /** Stands for a room while a template is checked: braces aren't allowed in a URL. */
    private static final String SOME_ROOM = "room0that0nobody0would0name";

    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):.*", Pattern.DOTALL);
    private static final Set<String> RUNS_OR_READS_LOCALLY = Set.of("javascript", "vbscript", "data", "file");

    private Urls() {}

    /** The base of Slack's Web API, with exactly one slash at its end. */
    static URI slackApi(String text) throws Refusal {
        return URI.create(base(text) + "/");
    }

    /** The template for a room's URL, or the base of BigBlueButton's; empty only after a mistake. */
    static Optional<String> meeting(Reading reading, Provider provider) {
        boolean bigBlueButton = provider == Provider.BIGBLUEBUTTON;
        return reading.required(
                "SWITCHBOARD_MEETING_URL",
                "the address of your meeting server",
                bigBlueButton ? "https://bbb.example.com/bigbluebutton" : "https://meet.example.com/{room}",
                switch (provider) {
                    case LINK -> Urls::template;
                    case JITSI -> Urls::jitsi;
                    case BIGBLUEBUTTON -> Urls::bigBlueButton;
                });
    }

    /** An http or https URL without query and fragment, and without slashes at its end. */
    static URI base(String text) throws Refusal {
        URI url = web(text, text);
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new Refusal(Quoted.url(text) + " must not have a query or a fragment");
        }
        return URI.create(withoutLastSlashes(text));
    }

    /** Where Greenlight is, without the /rooms under which its rooms are. */
    static URI greenlight(String text) throws Refusal {
        return URI.create(without("/rooms", base(text).toString()));
    }

    /** A template as Jitsi reads it: a room is the last segment of a path, with at most a tenant's before it. */
    private static String jitsi(String text) throws Refusal {
        String template = template(text);
        String path = URI.create(template.replace(ROOM, SOME_ROOM)).getRawPath();
        if (!template.endsWith("/" + ROOM) || !path.endsWith("/" + SOME_ROOM)) {
            throw new Refusal(Quoted.url(text) + " has {room} elsewhere than at its end, where Jitsi looks for it");
        }
        if (path.chars().filter(c -> c == '/').count() > 2) {
            throw new Refusal(Quoted.url(text) + " has more than a tenant's name between the host and the room");
        }
        return template;
    }

    /** The base of a BigBlueButton server, without the /api under which it answers. */
    private static String bigBlueButton(String text) throws Refusal {
        if (rooms(text) > 0) {
            throw new Refusal(Quoted.url(text) + " must be without {room}: it is where the API is, as"
                    + " `bbb-conf --secret` shows it");
        }
        return without("/api", base(text).toString());
    }

    private static String without(String end, String base) {
        return base.endsWith(end) ? withoutLastSlashes(base.substring(0, base.length() - end.length())) : base;
    }

    /** A base gets the room as one more path segment, a template stays as it is. */
    private static String template(String text) throws Refusal {
        int rooms = rooms(text);
        URI url = web(text.replace(ROOM, SOME_ROOM), text);
        if (rooms == 1) {
            return text;
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new Refusal(Quoted.url(text) + " has a query or a fragment, so where a room goes is unclear; "
                    + "write {room} where the room's name goes");
        }
        return withoutLastSlashes(text) + "/" + ROOM;
    }

    /** The template for a URL that opens a room in a program on the desktop. */
    static String desktop(String text) throws Refusal {
        Matcher scheme = SCHEME.matcher(text);
        if (!scheme.matches()) {
            throw new Refusal(Quoted.url(text) + " must start with a scheme, such as jitsi-meet://");
        }
        if (RUNS_OR_READS_LOCALLY.contains(scheme.group(1).toLowerCase(Locale.ROOT))) {
            throw new Refusal(scheme.group(1) + ": is not a scheme people can be sent to");
        }
        if (rooms(text) != 1) {
            throw new Refusal(Quoted.url(text) + " is without {room}; write {room} where the room's name goes");
        }
        String userInfo = parsed(text.replace(ROOM, SOME_ROOM), text).getRawUserInfo();
        if (userInfo != null && userInfo.indexOf(':') >= 0) {
            throw new Refusal(Quoted.url(text) + " must not hold a password, for everybody in a Call gets to see it");
        }
        return text;
    }

    /** How often {room} is in the text, 0 or 1; any other brace is refused. */
    private static int rooms(String text) throws Refusal {
        String rest = text.replace(ROOM, "");
        int rooms = (text.length() - rest.length()) / ROOM.length();
        if (rooms > 1) {
            throw new Refusal(Quoted.url(text) + " has {room} more than once");
        }
        boolean braces = rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0;
        if (rooms == 1 && braces) {
            throw new Refusal(Quoted.url(text) + " has braces other than those of {room}");
        }
        if (braces) {
            throw new Refusal(Quoted.url(text)
                    + " is a template without {room}; write {room}, in small letters, where the room's name goes");
        }
        if (rest.toLowerCase(Locale.ROOT).contains("%7b")) {
            throw new Refusal(Quoted.url(text) + " has an encoded brace; write {room} with the braces themselves");
        }
        return rooms;
    }

    private static URI web(String text, String asWritten) throws Refusal {
        Matcher scheme = SCHEME.matcher(text);
        if (!scheme.matches()
                || !Set.of("http", "https").contains(scheme.group(1).toLowerCase(Locale.ROOT))) {
            throw new Refusal(Quoted.url(asWritten) + " must start with https:// or http://");
        }
        URI url = parsed(text, asWritten);
        String authority = url.getRawAuthority();
        if (authority == null) {
            throw new Refusal(Quoted.url(asWritten) + " names no host");
        }
        if (authority.indexOf('@') >= 0) {
            throw new Refusal(Quoted.url(asWritten) + " must not hold a user or a password");
        }
        if (authority.contains(SOME_ROOM)) {
            throw new Refusal(Quoted.url(asWritten)
                    + " has {room} in its host; it can be in the path, the query or the fragment");
        }
        if (url.getHost() == null || url.getPort() == 0 || url.getPort() > HostPort.LAST_PORT) {
            throw new Refusal(Quoted.url(asWritten)
                    + " has a host or port that is not valid; hosts are letters, digits, dots and "
                    + "hyphens, other letters in their xn-- form");
        }
        return url;
    }

    private static URI parsed(String text, String asWritten) throws Refusal {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // Its message repeats the whole text.
            throw new Refusal(Quoted.url(asWritten) + " is not a URL");
        }
    }

    private static String withoutLastSlashes(String text) {
        int end = text.length();
        while (text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }
}
