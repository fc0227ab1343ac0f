package dev.switchboard.meeting.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.call.Room;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkProviderTest {
    private final LinkProvider base = new LinkProvider("https://meet.example.com/{room}", Optional.empty());

    @Test
    void a_room_is_the_template_filled() {
        LinkProvider provider = new LinkProvider("https://m.example/r/{room}?x=1", Optional.of("app:join/{room}"));
        assertThat(provider.room("a-1", Optional.empty()))
                .isEqualTo(new Room(
                        "a-1", URI.create("https://m.example/r/a-1?x=1"), Optional.of(URI.create("app:join/a-1"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://meet.example.com/Standup",
                "http://meet.example.com/Standup",
                "HTTPS://Meet.Example.COM:443/Standup",
                "https://meet.example.com/Standup/",
                "https://meet.example.com/Standup?jwt=secret",
                "https://meet.example.com/Standup#config.subject=%22x%22"
            })
    void however_it_is_written_a_link_leads_to_its_room(String link) {
        assertThat(base.recognise(URI.create(link)).map(Room::key)).contains("Standup");
    }

    @Test
    void nothing_of_one_persons_link_gets_on_the_card() {
        assertThat(base.recognise(URI.create("https://meet.example.com/room?jwt=secret"))
                        .map(Room::joinUrl))
                .contains(URI.create("https://meet.example.com/room"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://meet.example.com",
                "https://meet.example.com/",
                "https://meet.example.com//",
                "https://meet.example.com/a/b",
                "https://meet.example.com/..",
                "https://meet.example.com/favicon.ico",
                "https://meet.example.com/static",
                "https://meet.example.com.evil.example/room",
                "https://evil.example/meet.example.com/room",
                "https://meet.example.com@evil.example/room",
                "https://user:pw@meet.example.com/room",
                "https://meet.example.com:8443/room",
                "https://xmeet.example.com/room"
            })
    void other_links_are_passed_over(String link) {
        assertThat(base.recognise(URI.create(link))).isEmpty();
    }

    @Test
    void a_template_is_matched_on_both_sides() {
        LinkProvider provider = new LinkProvider("https://m.example:8443/rooms/{room}/join", Optional.empty());
        assertThat(provider.recognise(URI.create("https://m.example:8443/rooms/abc/join"))
                        .map(Room::key))
                .contains("abc");
        assertThat(provider.recognise(URI.create("https://m.example:8443/rooms/abc")))
                .isEmpty();
        assertThat(provider.recognise(URI.create("https://m.example/rooms/abc/join")))
                .isEmpty();
    }

    @Test
    void a_room_may_stand_in_the_query() {
        LinkProvider provider = new LinkProvider("https://m.example/join?room={room}", Optional.empty());
        assertThat(provider.recognise(URI.create("https://m.example/join?room=abc&name=Ana"))
                        .map(Room::key))
                .contains("abc");
        assertThat(provider.recognise(URI.create("https://m.example/join"))).isEmpty();
    }
}
