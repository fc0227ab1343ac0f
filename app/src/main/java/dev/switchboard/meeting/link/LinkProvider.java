package dev.switchboard.meeting.link;

import dev.switchboard.call.MeetingProvider;
import dev.switchboard.call.MeetingReply;
import dev.switchboard.call.Presence;
import dev.switchboard.call.Room;
import dev.switchboard.call.Title;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rooms made by filling a template; a room exists as soon as somebody opens its link. */
public final class LinkProvider implements MeetingProvider {
    private static final String ROOM = "{room}";

    private static final String NO_SERVER = "a link is all that is known of the server";

    /** One path segment or query value as it stands in a URL (RFC 3986, unreserved and percent-encoded). */
    private static final String NAME = "((?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2}){1,200})";

    /** What web servers keep beside the rooms. */
    private static final Pattern NOT_A_ROOM = Pattern.compile(
            "\\.{1,2}|.*\\.(html?|ico|txt|js|css|json|xml|png|jpe?g|svg|gif|webmanifest|map)|static|assets|\\.well-known",
            Pattern.CASE_INSENSITIVE);

    private final String template;
    private final Optional<String> desktopTemplate;
    private final Pattern links;

    /**
     * @param template an http(s) URL with one {@code {room}} in its path, query or fragment
     * @param desktopTemplate a URL of any scheme with one {@code {room}}
     */
    public LinkProvider(String template, Optional<String> desktopTemplate) {
        this.template = template;
        this.desktopTemplate = desktopTemplate;
        this.links = links(template);
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public Room room(String name, Optional<Title> title) {
        return new Room(
                name,
                URI.create(template.replace(ROOM, name)),
                desktopTemplate.map(desktop -> URI.create(desktop.replace(ROOM, name))));
    }

    @Override
    public Optional<Room> recognise(URI link) {
        if (link.getRawUserInfo() != null) {
            return Optional.empty(); // https://meet.example.com@evil.example/ leads elsewhere than it looks
        }
        Matcher matcher = links.matcher(canonical(link.toString()));
        return matcher.matches() && !NOT_A_ROOM.matcher(matcher.group(1)).matches()
                ? Optional.of(room(matcher.group(1), Optional.empty()))
                : Optional.empty();
    }

    @Override
    public Room titled(Room room, Optional<Title> title) {
        return room;
    }

    /** Nobody can tell whether a room is empty. */
    @Override
    public Duration emptyGrace() {
        return Duration.ofDays(365);
    }

    @Override
    public MeetingReply<Room> open(Room room, Optional<Title> title) {
        return new MeetingReply.Done<>(room);
    }

    @Override
    public Map<String, Presence> poll(Collection<Room> rooms) {
        return Map.of();
    }

    @Override
    public boolean asksForAllAtOnce() {
        return false;
    }

    @Override
    public MeetingReply<URI> personalLink(Room room, Optional<Title> title, Joiner who) {
        return new MeetingReply.Unsupported<>(NO_SERVER);
    }

    @Override
    public MeetingReply<Room> end(Room room) {
        return new MeetingReply.Unsupported<>(NO_SERVER);
    }

    @Override
    public MeetingReply<List<Recording>> recordings(Room room) {
        return new MeetingReply.Unsupported<>(NO_SERVER);
    }

    @Override
    public List<Finding> doctor() {
        return List.of();
    }

    private static Pattern links(String template) {
        String canonical = canonical(template.replace(ROOM, "\0"));
        int room = canonical.indexOf('\0');
        String before = canonical.substring(0, room);
        String after = canonical.substring(room + 1);
        boolean inPath = before.indexOf('?') < 0 && before.indexOf('#') < 0;
        // After a room in the path a slash, a query or a fragment may follow: settings of one person's client.
        String rest = after.isEmpty() && inPath ? "/?(?:[?#].*)?" : after.isEmpty() ? "(?:[&#].*)?" : "";
        // Under http and https stand the same rooms.
        return Pattern.compile(
                "https?" + Pattern.quote(before.substring(before.indexOf(':'))) + NAME + Pattern.quote(after) + rest);
    }

    /** Scheme and host in lower case, no default port (RFC 3986, 6.2.2 and 6.2.3). */
    private static String canonical(String url) {
        int start = url.indexOf("://") + 3;
        int end = start;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        String scheme = url.substring(0, start).toLowerCase(Locale.ROOT);
        String host = url.substring(start, end).toLowerCase(Locale.ROOT);
        String defaultPort = scheme.startsWith("https") ? ":443" : ":80";
        return scheme
                + (host.endsWith(defaultPort) ? host.substring(0, host.length() - defaultPort.length()) : host)
                + url.substring(end);
    }
}
