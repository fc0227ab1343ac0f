package dev.switchboard.meeting.jitsi;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.switchboard.call.MeetingProvider.Joiner;
import dev.switchboard.call.Room;
import dev.switchboard.call.Title;
import dev.switchboard.meeting.UrlText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * From rooms to links and back. What a link says beside the room stands in its fragment, which browsers keep to
 * themselves: {@code key=value}, the value JSON (react/features/base/util/parseURLParams.ts).
 */
final class RoomLinks {
    private static final String ROOM = "{room}";
    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

    private final String base;
    private final URI baseUrl;
    private final Optional<String> tenant;
    private final Optional<String> desktopTemplate;

    /** @param template an http(s) URL that ends in {@code /{room}}, with one path segment before it at most */
    RoomLinks(String template, Optional<String> desktopTemplate) {
        this.base = template.replace(ROOM, "");
        this.baseUrl = URI.create(base);
        this.tenant = Optional.of(baseUrl.getRawPath().replace("/", ""))
                .filter(path -> !path.isEmpty())
                .flatMap(JitsiRoom::spelling);
        this.desktopTemplate = desktopTemplate;
    }

    /** The room of that name where this server's rooms live. */
    Room room(String name, Optional<Title> title) {
        return room(new JitsiRoom(tenant, name), title);
    }

    Room room(JitsiRoom room, Optional<Title> title) {
        return new Room(room.key(), URI.create(link(room) + fragment(subject(title))), desktop(room));
    }

    /** The room that a link leads to, without what else the link says. */
    Optional<Room> recognise(URI link) {
        boolean here = link.getRawUserInfo() == null // https://meet.example.com@evil.example/ leads elsewhere
                && link.getScheme() != null
                && link.getScheme().toLowerCase(Locale.ROOT).matches("https?")
                && link.getHost() != null
                && link.getHost().equalsIgnoreCase(baseUrl.getHost())
                && port(link) == port(baseUrl);
        return here && link.getRawPath() != null
                ? JitsiRoom.ofPath(link.getRawPath()).map(room -> room(room, Optional.empty()))
                : Optional.empty();
    }

    /** A link that brings a token along. */
    URI withToken(JitsiRoom room, Optional<Title> title, String token) {
        List<String> parameters = new ArrayList<>(List.of("jwt=" + token));
        parameters.addAll(subject(title));
        return URI.create(link(room) + fragment(parameters));
    }

    /** A link that fills in who joins; whoever has it can change that. */
    URI prefilled(JitsiRoom room, Optional<Title> title, Joiner who) {
        List<String> parameters = new ArrayList<>(List.of(parameter("userInfo.displayName", who.name())));
        who.email().ifPresent(email -> parameters.add(parameter("userInfo.email", email)));
        parameters.addAll(subject(title));
        return URI.create(link(room) + fragment(parameters));
    }

    private String link(JitsiRoom room) {
        return room.tenant().equals(tenant)
                ? base + room.name()
                : baseUrl.getScheme() + "://" + baseUrl.getRawAuthority() + "/" + room.key();
    }

    /** None where the template already names another tenant. */
    private Optional<URI> desktop(JitsiRoom room) {
        return desktopTemplate
                .filter(template -> tenant.isEmpty() || room.tenant().equals(tenant))
                .map(template -> URI.create(template.replace(ROOM, tenant.isEmpty() ? room.key() : room.name())));
    }

    private static List<String> subject(Optional<Title> title) {
        return title.map(text -> parameter("config.subject", text.text())).stream()
                .toList();
    }

    private static String parameter(String key, String value) {
        return key + "=" + UrlText.encoded(JSON.toJson(value));
    }

    private static String fragment(List<String> parameters) {
        return parameters.isEmpty() ? "" : "#" + String.join("&", parameters);
    }

    /** Under http and https stand the same rooms, each at its usual port. */
    private static int port(URI url) {
        int usual = "http".equalsIgnoreCase(url.getScheme()) ? 80 : 443;
        return url.getPort() == usual ? -1 : url.getPort();
    }
}
