package dev.switchboard.meeting.jitsi;

import dev.switchboard.meeting.UrlText;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A room as Jitsi's server knows it.
 *
 * @param tenant the path segment before the room's, in the server's spelling
 * @param name in the server's spelling: lower case, what isn't ASCII as {@code %xx}
 */
record JitsiRoom(Optional<String> tenant, String name) {
    private static final int MOST = 200;

    /** What Jitsi leaves out of a path (react/features/base/util/uri.ts). */
    private static final Pattern LEFT_OUT = Pattern.compile("[:?#\\[\\]@!$&'()*+,;=></\"]");

    /** What the web server has beside the rooms, under a tenant too. */
    private static final Pattern NOT_A_ROOM = Pattern.compile("\\.{1,2}"
            + "|.*\\.(html?|js|json|css|ico|txt|png|jpe?g|svg|gif|xml|wasm|map|webmanifest)"
            + "|static|libs|css|images|fonts|sounds|lang|http-bind|xmpp-websocket|colibri-ws|conference-request"
            + "|room-size|room-census|end-meeting|_api|_unlock|\\.well-known");

    /** The room of that {@link dev.switchboard.call.Room#key}. */
    static JitsiRoom ofKey(String key) {
        int slash = key.indexOf('/');
        return slash < 0
                ? new JitsiRoom(Optional.empty(), key)
                : new JitsiRoom(Optional.of(key.substring(0, slash)), key.substring(slash + 1));
    }

    /** The room that a URL's path leads to, one segment or two; empty if it is no room's. */
    static Optional<JitsiRoom> ofPath(String rawPath) {
        String[] segments = rawPath.split("/", -1);
        if (segments.length < 2 || segments.length > 3 || !segments[0].isEmpty()) {
            return Optional.empty();
        }
        Optional<String> name = spelling(segments[segments.length - 1]);
        if (segments.length == 2) {
            return name.map(room -> new JitsiRoom(Optional.empty(), room));
        }
        Optional<String> tenant = spelling(segments[1]);
        return tenant.isEmpty() ? Optional.empty() : name.map(room -> new JitsiRoom(tenant, room));
    }

    /** The server's spelling of a path segment; empty if it names nothing that can be a room or a tenant. */
    static Optional<String> spelling(String segment) {
        return UrlText.decoded(LEFT_OUT.matcher(segment).replaceAll(""))
                .map(decoded ->
                        Normalizer.normalize(decoded, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT))
                .filter(name -> !NOT_A_ROOM.matcher(name).matches())
                .map(name -> UrlText.encoded(name).toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty() && name.length() <= MOST / 2);
    }

    /** {@code room} or {@code tenant/room}. */
    String key() {
        return tenant.map(before -> before + "/").orElse("") + name;
    }

    /** The local part of its XMPP address, {@code room} or {@code [tenant]room}. */
    String node() {
        return tenant.map(before -> "[" + before + "]").orElse("") + name;
    }
}
