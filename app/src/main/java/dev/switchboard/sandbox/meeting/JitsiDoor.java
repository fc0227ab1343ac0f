package dev.switchboard.sandbox.meeting;

import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.Json;
import dev.switchboard.sandbox.slack.LiveSocket;
import dev.switchboard.sandbox.slack.Person;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who comes into a Jitsi's rooms, and as whom. */
final class JitsiDoor implements Tabs.Door {
    private static final String ENDED = "The meeting was ended for everybody.";

    private final FakeSlack slack;
    private final JitsiRooms rooms;
    private final JitsiSettings settings;
    private final Reception reception;
    private final Tabs tabs = new Tabs(this);
    private final SecureRandom random = new SecureRandom();

    JitsiDoor(FakeSlack slack, JitsiRooms rooms, JitsiSettings settings, Reception reception) {
        this.slack = slack;
        this.rooms = rooms;
        this.settings = settings;
        this.reception = reception;
    }

    /** Somebody, by what they, or their token, say. */
    private record Guest(String name, String email) {}

    Tabs tabs() {
        return tabs;
    }

    /** The node of a room named as in its address. */
    static String node(String room) {
        String[] parts = room.toLowerCase(Locale.ROOT).split("/", -1);
        if (parts.length == 1) {
            return "[meet]" + parts[0];
        }
        String name = parts[parts.length - 1];
        return parts.length == 2 ? name : '[' + parts[1] + ']' + name;
    }

    /** As jitsi-meet's client does before it tells the server. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    MeetingSession seat(String node, String name, String email) {
        return new MeetingSession(new MeetingSession.Seat() {
            @Override
            public String enter() {
                String session = JitsiDoor.this.enter(node, new Guest(name, email));
                tabs.tell(node);
                return session;
            }

            @Override
            public void leave(String session) {
                rooms.leave(node, session);
                tabs.tell(node);
            }

            @Override
            public void drop(String session) {
                rooms.drop(node, session);
            }
        });
    }

    private String enter(String node, Guest guest) {
        String session = String.format(Locale.ROOT, "%08x", random.nextInt());
        rooms.enter(node, Occupant.guest(session, escaped(guest.name()), escaped(guest.email())));
        return session;
    }

    MeetingSession follow(URI link) {
        Map<String, String> said = new HashMap<>(
                Ask.parameters(Optional.ofNullable(link.getRawQuery()).orElse("")));
        said.putAll(Ask.parameters(Optional.ofNullable(link.getRawFragment()).orElse("")));
        String path = link.getPath();
        String node = node(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        Optional<String> refused = refusal(node, Optional.ofNullable(said.get("jwt")));
        if (refused.isPresent()) {
            throw new IllegalStateException(refused.get());
        }
        Guest guest = guest(
                Optional.ofNullable(said.get("jwt")),
                new Guest(unquoted(said.get("userInfo.displayName")), unquoted(said.get("userInfo.email"))));
        MeetingSession session = seat(node, guest.name(), guest.email());
        String subject = unquoted(said.get("config.subject"));
        if (!subject.isEmpty()) {
            rooms.subject(node, subject);
        }
        return session;
    }

    /** A value of the fragment is JSON; one that isn't is passed over, as jitsi-meet does. */
    private static String unquoted(@Nullable String json) {
        return Optional.ofNullable(json)
                .flatMap(Json::parse)
                .filter(element -> element.isJsonPrimitive()
                        && element.getAsJsonPrimitive().isString())
                .map(element -> element.getAsString())
                .orElse("");
    }

    /** Why somebody with that token may not come in; empty: they may. */
    private Optional<String> refusal(String node, Optional<String> token) {
        if (settings.tokens.isEmpty()) {
            return Optional.empty();
        }
        if (token.isEmpty()) {
            return Optional.of("This server lets in only people with a link of their own.");
        }
        Optional<Jwt> genuine = genuine(token);
        if (genuine.isEmpty()) {
            return Optional.of("Your link is not good, or no longer. Ask for another one.");
        }
        return JitsiTokens.verdict(genuine.get(), node, JitsiSettings.DOMAIN) == JitsiTokens.Verdict.GOOD
                ? Optional.empty()
                : Optional.of("Your link is for another room.");
    }

    private Optional<Jwt> genuine(Optional<String> token) {
        return settings.tokens.flatMap(tokens ->
                token.flatMap(text -> tokens.genuine(text, slack.clock().instant())));
    }

    /** The token knows better who it is than the address does. */
    private Guest guest(Optional<String> token, Guest said) {
        Optional<Jwt> genuine = genuine(token);
        return new Guest(
                genuine.flatMap(jwt -> jwt.user("name")).orElse(said.name()),
                genuine.flatMap(jwt -> jwt.user("email")).orElse(said.email()));
    }

    @Override
    public Tabs.Entry enter(LiveSocket socket) {
        String room = socket.parameter("room").orElse("");
        if (reception.down()) {
            return Tabs.Entry.down();
        }
        if (room.isBlank()) {
            return Tabs.Entry.refused("This link leads to no room.");
        }
        String node = node(room);
        Optional<String> token = socket.parameter("jwt").filter(text -> !text.isEmpty());
        Optional<String> refused = refusal(node, token);
        if (refused.isPresent()) {
            return Tabs.Entry.refused(refused.get());
        }
        Guest guest = guest(token, said(socket));
        String session = enter(node, guest);
        socket.parameter("subject").filter(text -> !text.isBlank()).ifPresent(text -> rooms.subject(node, text));
        return Tabs.Entry.in(node, session);
    }

    /** Who the tab's address says they are: by name and e-mail, or as somebody of the workspace. */
    private Guest said(LiveSocket socket) {
        String as = socket.parameter("as").orElse("");
        Optional<Person> person = slack.workspace().people().stream()
                .filter(somebody -> somebody.name().equals(as))
                .findFirst();
        return new Guest(
                socket.parameter("name")
                        .filter(text -> !text.isBlank())
                        .orElseGet(() -> person.map(Person::displayName).orElse(as)),
                socket.parameter("email")
                        .filter(text -> !text.isBlank())
                        .orElseGet(() -> person.map(Person::email).orElse("")));
    }

    @Override
    public void leave(Tabs.Tab tab) {
        rooms.leave(tab.room(), tab.session());
    }

    @Override
    public void mute(Tabs.Tab tab, boolean muted) {
        rooms.mute(tab.room(), tab.session(), muted);
    }

    void ended(String node) {
        tabs.putOut(tab -> tab.room().equals(node), ENDED);
    }

    @Override
    public JsonObject picture(Tabs.Tab tab) {
        Optional<JitsiRooms.State> room = rooms.find(tab.room());
        return Pictures.of(
                room.map(JitsiRooms.State::subject).orElse(""),
                room.map(JitsiRooms.State::guests).orElse(List.of()).stream()
                        .map(guest -> guest.called(unescaped(guest.name())))
                        .toList(),
                tab.session());
    }
}
