package dev.switchboard.meeting.bigbluebutton;

import dev.switchboard.call.MeetingProvider.Joiner;
import dev.switchboard.call.Room;
import dev.switchboard.meeting.UrlText;
import dev.switchboard.settings.BigBlueButtonSettings;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From rooms to links and back. A room's key is its meeting's id, or {@code greenlight:} and the id of a room of
 * Greenlight, whose meetings have other ids. The link of a room is one for guests: it names nobody, so that any number
 * of people can use it, and the meeting's moderators are asked to let them in.
 */
final class MeetingLinks {
    static final String GREENLIGHT = "greenlight:";

    /**
     * Says in a link that the meeting is one that we create. A meeting of some other program we must not create: that
     * program would find it taken.
     */
    private static final String ORIGIN = "userdata-origin";

    private static final String OURS = "switchboard";
    private static final String GUEST = "Slack guest";
    /** 2 to 256 characters, no comma (docs, create); ours must be short enough for a key. */
    private static final Pattern MEETING_ID = Pattern.compile("[^,\\p{Cc}]{2,200}");

    private static final Pattern GREENLIGHT_ROOM =
            Pattern.compile("/rooms/([a-z0-9]{3}(?:-[a-z0-9]{3}){3})(?:/join)?/?");

    private final BigBlueButtonSettings settings;
    private final SignedUrls urls;

    MeetingLinks(BigBlueButtonSettings settings, SignedUrls urls) {
        this.settings = settings;
        this.urls = urls;
    }

    /** The room of one of our own meetings. */
    Room own(String meetingId) {
        return new Room(meetingId, guestLink(meetingId, true), Optional.empty());
    }

    /** Whether the room's meeting is one that we create. */
    static boolean isOwn(Room room) {
        return String.valueOf(room.joinUrl().getRawQuery()).contains("&" + ORIGIN + "=" + OURS + "&");
    }

    /** The id of Greenlight's room; empty if the room is none of Greenlight's. */
    static Optional<String> greenlightRoom(Room room) {
        return Optional.of(room.key())
                .filter(key -> key.startsWith(GREENLIGHT))
                .map(key -> key.substring(GREENLIGHT.length()));
    }

    /** The room that a link leads to. Whose name and rights it gives is forgotten. */
    Optional<Room> recognise(URI link) {
        if (link.getRawUserInfo() != null || link.getRawPath() == null) {
            return Optional.empty(); // https://bbb.example.com@evil.example/ leads elsewhere than it looks
        }
        return greenlight(link).or(() -> meeting(link));
    }

    /** A link with which that person joins that meeting as themselves. */
    URI personal(String meetingId, boolean own, Joiner who) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("fullName", who.name());
        parameters.put("meetingID", meetingId);
        // Who starts a Call in somebody else's meeting is not its moderator by that.
        parameters.put("role", own && who.moderator() ? "MODERATOR" : "VIEWER");
        parameters.put("userID", who.user().value());
        who.avatar().ifPresent(avatar -> parameters.put("avatarURL", avatar.toString()));
        return link(parameters, own);
    }

    /** No user id: the server lets only three be in with one. No time of creation: the meeting may be created again. */
    private URI guestLink(String meetingId, boolean own) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("fullName", GUEST);
        parameters.put("meetingID", meetingId);
        parameters.put("role", "VIEWER");
        parameters.put("guest", "true");
        return link(parameters, own);
    }

    private URI link(Map<String, String> parameters, boolean own) {
        if (own) {
            parameters.put(ORIGIN, OURS);
        }
        return urls.of("join", parameters);
    }

    private Optional<Room> greenlight(URI link) {
        return settings.greenlightUrl().filter(base -> sameServer(link, base)).flatMap(base -> {
            String path = link.getRawPath();
            Matcher room = GREENLIGHT_ROOM.matcher(
                    path.startsWith(base.getRawPath())
                            ? path.substring(base.getRawPath().length())
                            : "");
            return room.matches()
                    ? Optional.of(new Room(
                            GREENLIGHT + room.group(1),
                            URI.create(base + "/rooms/" + room.group(1) + "/join"),
                            Optional.empty()))
                    : Optional.empty();
        });
    }

    /** A room that was recognised before, or is our own, if it is on this server; its link as it would be made now. */
    Optional<Room> here(Room room) {
        return greenlight(room.joinUrl())
                .or(() -> isJoin(room.joinUrl())
                        ? meeting(String.valueOf(room.joinUrl().getRawQuery()))
                        : Optional.empty());
    }

    private Optional<Room> meeting(URI link) {
        // Whoever knows no more than a meeting's id has not been let in; our links would let them.
        return isJoin(link) && urls.isSigned("join", link.getRawQuery())
                ? meeting(link.getRawQuery())
                : Optional.empty();
    }

    private boolean isJoin(URI link) {
        return sameServer(link, settings.apiUrl())
                && link.getRawPath().equals(settings.apiUrl().getRawPath() + "/join")
                && link.getRawQuery() != null;
    }

    private Optional<Room> meeting(String query) {
        boolean own = query.contains("&" + ORIGIN + "=" + OURS + "&");
        return Arrays.stream(query.split("&", -1))
                .filter(parameter -> parameter.startsWith("meetingID="))
                .findFirst()
                .flatMap(parameter -> UrlText.decoded(
                        parameter.substring("meetingID=".length()).replace('+', ' ')))
                .filter(id -> MEETING_ID.matcher(id).matches() && !id.startsWith(GREENLIGHT))
                .map(id -> new Room(id, guestLink(id, own), Optional.empty()));
    }

    /** Under http and https stand the same rooms, each at its usual port. */
    private static boolean sameServer(URI link, URI base) {
        return link.getScheme() != null
                && link.getScheme().toLowerCase(Locale.ROOT).matches("https?")
                && base.getHost().equalsIgnoreCase(link.getHost())
                && port(link) == port(base);
    }

    private static int port(URI url) {
        int usual = "http".equalsIgnoreCase(url.getScheme()) ? 80 : 443;
        return url.getPort() == usual ? -1 : url.getPort();
    }
}
