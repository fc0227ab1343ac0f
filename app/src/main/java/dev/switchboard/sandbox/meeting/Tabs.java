package dev.switchboard.sandbox.meeting;

import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.Json;
import dev.switchboard.sandbox.slack.LiveSocket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The tabs that browsers have open in a server's rooms: an open WebSocket is somebody in a room. */
final class Tabs implements LiveSocket.Visitor {
    private final Door door;
    private final Map<LiveSocket, Tab> tabs = new ConcurrentHashMap<>();

    Tabs(Door door) {
        this.door = door;
    }

    /** The server, as its tabs see it. */
    interface Door {
        /** Lets a tab in; or doesn't, with words for the person. */
        Entry enter(LiveSocket socket);

        void leave(Tab tab);

        void mute(Tab tab, boolean muted);

        /** Lets those in who wait, if that tab's person may. */
        default void admit(Tab tab) {}

        /** What the tab shows. */
        JsonObject picture(Tab tab);
    }

    /** A tab that is in: the room's key and the session's. */
    record Tab(String room, String session) {}

    /** What came of coming in: a tab, or why not. An unanswering server gives neither. */
    record Entry(Optional<Tab> tab, Optional<String> refused) {
        static Entry in(String room, String session) {
            return new Entry(Optional.of(new Tab(room, session)), Optional.empty());
        }

        static Entry refused(String words) {
            return new Entry(Optional.empty(), Optional.of(words));
        }

        static Entry down() {
            return new Entry(Optional.empty(), Optional.empty());
        }
    }

    @Override
    public void opened(LiveSocket socket) {
        Entry entry = door.enter(socket);
        if (entry.tab().isPresent()) {
            tabs.put(socket, entry.tab().get());
            tell(entry.tab().get().room());
        } else {
            JsonObject no =
                    entry.refused().map(words -> Json.object("out", words)).orElseGet(() -> Json.object("down", true));
            socket.send(Json.write(no));
            socket.close();
        }
    }

    /** What a tab says: {@code {"muted":true}} or {@code false}, {@code {"admit":true}}. */
    @Override
    public void said(LiveSocket socket, String text) {
        Tab tab = tabs.get(socket);
        Optional<JsonObject> said = Json.parseObject(text);
        if (tab == null || said.isEmpty()) {
            return;
        }
        if (said.get().has("muted")) {
            door.mute(tab, Json.truth(said.get(), "muted"));
        } else if (Json.truth(said.get(), "admit")) {
            door.admit(tab);
        }
        tell(tab.room());
    }

    @Override
    public void closed(LiveSocket socket) {
        Tab tab = tabs.remove(socket);
        if (tab != null && !tabs.containsValue(tab)) {
            door.leave(tab);
            tell(tab.room());
        }
    }

    /** Shows everybody in a room who is in it, one at a time so that nobody ends on an older picture. */
    synchronized void tell(String room) {
        tabs.forEach((socket, tab) -> {
            if (tab.room().equals(room)) {
                socket.send(Json.write(door.picture(tab)));
            }
        });
    }

    /** Closes the tabs of these, with words for the people. */
    void putOut(Predicate<Tab> whom, String words) {
        tabs.forEach((socket, tab) -> {
            if (whom.test(tab) && tabs.remove(socket, tab)) {
                socket.send(Json.write(Json.object("out", words)));
                socket.close();
            }
        });
    }
}
