package dev.switchboard.sandbox.meeting;

import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.Json;
import dev.switchboard.sandbox.slack.LiveSocket;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.Visit;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The meeting server: an open WebSocket under {@code /live/room} is somebody in a room; {@code /room} and {@code
 * /room-census} answer as Jitsi's do (jitsi-meet, resources/prosody-plugins/mod_muc_size.lua and mod_muc_census.lua).
 */
public final class RoomServer implements LiveSocket.Visitor {
    /** The XMPP domain of the rooms. */
    private static final String DOMAIN = "127.0.0.1";

    /** How Jitsi answers: without a content type. */
    private static final String NO_TYPE = "";

    private final FakeSlack slack;
    private final Rooms rooms = new Rooms();
    private final SecureRandom random = new SecureRandom();
    private final Map<LiveSocket, Tab> tabs = new ConcurrentHashMap<>();
    private volatile boolean down;

    private record Tab(String room, String session) {}

    private RoomServer(FakeSlack slack) {
        this.slack = slack;
    }

    /** Opens the rooms on the port of the fake Slack. */
    public static RoomServer mount(FakeSlack slack) {
        RoomServer server = new RoomServer(slack);
        slack.mount(server::room, "/room");
        slack.mount(server::census, "/room-census");
        slack.mountLive("room", server);
        return server;
    }

    /** Where the rooms are; a room's name is appended. */
    public String address() {
        return slack.address() + "/meet";
    }

    /** Whether it answers nothing but 503, as behind a proxy whose server is gone; who is in stays in. */
    public boolean down() {
        return down;
    }

    public void down(boolean now) {
        down = now;
    }

    private void room(Visit visit) {
        Optional<String> name = visit.parameter("room");
        if (down) {
            visit.reply(503, "text/html", "<h1>503 Service Unavailable</h1>");
        } else if (name.isEmpty()) {
            visit.reply(400, NO_TYPE, "");
        } else if (visit.parameter("domain").isEmpty()) {
            visit.reply(500, "text/html", "<h1>Internal server error</h1>");
        } else {
            List<Occupant> occupants =
                    visit.parameter("domain").get().equals(DOMAIN) ? rooms.in(Rooms.canonical(name.get())) : List.of();
            if (occupants.isEmpty()) {
                visit.reply(404, NO_TYPE, "");
            } else {
                visit.reply(
                        200,
                        NO_TYPE,
                        Json.write(Json.array(occupants.stream()
                                .map(occupant -> row(name.get(), occupant))
                                .toList())));
            }
        }
    }

    private static JsonObject row(String room, Occupant occupant) {
        return Json.object(
                "email", occupant.email(),
                "jid", jid(room) + '/' + occupant.session(),
                "display_name", occupant.name());
    }

    private static String jid(String room) {
        return Rooms.canonical(room) + "@conference." + DOMAIN;
    }

    private void census(Visit visit) {
        if (down) {
            visit.reply(503, "text/html", "<h1>503 Service Unavailable</h1>");
            return;
        }
        List<JsonObject> rows = rooms.census().entrySet().stream()
                .map(entry -> Json.object(
                        "room_name", jid(entry.getKey()), "participants", entry.getValue(), "leaked", false))
                .toList();
        visit.reply(200, NO_TYPE, Json.write(Json.object("room_census", Json.array(rows))));
    }

    @Override
    public void opened(LiveSocket socket) {
        String room = Rooms.canonical(socket.parameter("room").orElse(""));
        String as = socket.parameter("as").orElse("");
        if (room.isBlank() || as.isBlank() || down) {
            socket.send(Json.write(Json.object("down", true)));
            socket.close();
            return;
        }
        String session = String.format(Locale.ROOT, "%08x", random.nextInt());
        Optional<Person> person = slack.workspace().people().stream()
                .filter(somebody -> somebody.name().equals(as))
                .findFirst();
        Occupant occupant = new Occupant(
                session,
                person.map(Person::displayName).orElse(as),
                person.map(Person::email).orElse(""),
                false);
        rooms.put(room, occupant);
        tabs.put(socket, new Tab(room, session));
        tell(room);
    }

    /** What a tab says: {@code {"muted":true}} or {@code false}. */
    @Override
    public void said(LiveSocket socket, String text) {
        Tab tab = tabs.get(socket);
        Optional<JsonObject> said = Json.parseObject(text);
        if (tab != null && said.isPresent() && said.get().has("muted")) {
            rooms.mute(tab.room(), tab.session(), Json.truth(said.get(), "muted"));
            tell(tab.room());
        }
    }

    @Override
    public void closed(LiveSocket socket) {
        Tab tab = tabs.remove(socket);
        if (tab != null) {
            rooms.leave(tab.room(), tab.session());
            tell(tab.room());
        }
    }

    /** Shows everybody in a room who is in it, one at a time so that nobody ends on an older picture. */
    private synchronized void tell(String room) {
        List<Occupant> occupants = rooms.in(room);
        tabs.forEach((socket, tab) -> {
            if (tab.room().equals(room)) {
                List<JsonObject> people = occupants.stream()
                        .map(occupant -> Json.object(
                                "name", occupant.name(),
                                "email", occupant.email(),
                                "muted", occupant.muted(),
                                "me", occupant.session().equals(tab.session())))
                        .toList();
                socket.send(Json.write(Json.object("room", room, "people", Json.array(people))));
            }
        });
    }
}
