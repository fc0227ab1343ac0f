package dev.switchboard.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.call.MeetingProvider;
import dev.switchboard.call.MeetingProvider.Capability;
import dev.switchboard.call.MeetingProvider.Joiner;
import dev.switchboard.call.Presence;
import dev.switchboard.call.Presence.Absent;
import dev.switchboard.call.Presence.Live;
import dev.switchboard.call.Presence.Occupant;
import dev.switchboard.call.Presence.Unknown;
import dev.switchboard.call.Room;
import dev.switchboard.call.Title;
import dev.switchboard.call.UserId;
import dev.switchboard.sandbox.meeting.MeetingFaults;
import dev.switchboard.sandbox.meeting.MeetingJournal;
import dev.switchboard.sandbox.meeting.MeetingSession;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every server that can be asked who is in a room, over real HTTP. */
abstract class MeetingProviderContract {
    static final Duration PATIENCE = Duration.ofMillis(700);
    static final Joiner ANA = new Joiner(
            new UserId("UANA00"), "Ana O'Neil & Söhne", Optional.of("ana@acme.example"), Optional.empty(), true);

    MeetingProvider provider;

    /** Starts a server, and returns the provider that asks it, with {@link #PATIENCE}. */
    abstract MeetingProvider start();

    abstract void stop();

    abstract MeetingSession join(Room room, String name, String email);

    /** Follows a link as a browser does. */
    abstract MeetingSession follow(URI link);

    /** Makes the room go, after whoever was in it left. */
    abstract void gone(Room room);

    abstract MeetingFaults faults();

    abstract MeetingJournal journal();

    @BeforeEach
    void begin() {
        provider = start();
    }

    @AfterEach
    void end() {
        provider.close();
        stop();
    }

    Room opened(String name) {
        Room room = provider.room(name, Optional.empty());
        return provider.open(room, Title.of("Weekly sync")).value().orElseThrow();
    }

    Presence look(Room room) {
        return provider.poll(List.of(room)).getOrDefault(room.key(), new Unknown("missing", Optional.empty()));
    }

    List<Occupant> people(Room room) {
        assertThat(look(room)).isInstanceOf(Live.class);
        return ((Live) look(room)).people();
    }

    @Test
    void one_name_is_one_room_whatever_its_title() {
        Room room = provider.room("standup-7f3k", Optional.empty());
        Room titled = provider.titled(room, Title.of("Ärger & \"Freude\" 🙂"));

        assertThat(provider.room("standup-7f3k", Optional.empty())).isEqualTo(room);
        assertThat(titled.key()).isEqualTo(room.key());
        assertThat(provider.titled(titled, Optional.empty())).isEqualTo(room);
        assertThat(provider.room("other-7f3k", Optional.empty()).key()).isNotEqualTo(room.key());
    }

    @Test
    void its_own_links_are_recognised_and_nothing_personal_stays() {
        Room room = provider.room("standup-7f3k", Optional.empty());
        assertThat(provider.recognise(room.joinUrl())).contains(room);
        assertThat(provider.recognise(
                        provider.titled(room, Title.of("Weekly sync")).joinUrl()))
                .contains(room);
        assertThat(provider.recognise(URI.create("https://elsewhere.example/standup-7f3k")))
                .isEmpty();
        assertThat(provider.recognise(URI.create("mailto:ana@acme.example"))).isEmpty();

        provider.open(room, Optional.empty());
        URI personal =
                provider.personalLink(room, Title.of("Sync"), ANA).value().orElseThrow();
        assertThat(provider.recognise(personal)).contains(room);
    }

    @Test
    void its_own_rooms_are_here_and_those_of_another_server_are_not() {
        Room room = provider.room("standup-7f3k", Title.of("Weekly sync"));
        assertThat(provider.here(room)).map(Room::key).contains(room.key());
        assertThat(provider.here(
                        new Room(room.key(), URI.create("https://elsewhere.example/standup-7f3k"), Optional.empty())))
                .isEmpty();
    }

    @Test
    void opening_twice_does_no_harm() {
        Room room = opened("standup-7f3k");
        join(room, "Bo", "bo@acme.example");
        opened("standup-7f3k");
        assertThat(people(room)).extracting(Occupant::name).containsExactly("Bo");
    }

    @Test
    void whoever_is_in_is_seen_and_a_room_that_went_is_absent() {
        Room room = opened("standup-7f3k");
        MeetingSession bo = join(room, "Bo <b>\u202e\u0007", "bo@acme.example");
        MeetingSession cy = join(room, "Cy", "cy@acme.example");

        assertThat(people(room)).extracting(Occupant::name).containsExactlyInAnyOrder("Bo <b>", "Cy");
        cy.leave();
        assertThat(people(room)).extracting(Occupant::name).containsExactly("Bo <b>");
        bo.leave();
        gone(room);
        assertThat(look(room)).isInstanceOf(Absent.class);
    }

    @Test
    void tabs_are_one_person_and_a_reload_changes_nobody() {
        Room room = opened("standup-7f3k");
        MeetingSession first = join(room, "Bo", "bo@acme.example");
        join(room, "Bo", "bo@acme.example");
        MeetingSession alex = join(room, "Alex", "");
        join(room, "Alex", "");
        List<Occupant> before = people(room);

        first.reload();
        alex.reload();

        assertThat(before).extracting(Occupant::name).containsExactlyInAnyOrder("Bo", "Alex", "Alex");
        assertThat(before)
                .extracting(Occupant::key)
                .doesNotHaveDuplicates()
                .allSatisfy(key -> assertThat(key).doesNotContain("@").hasSizeLessThan(200));
        assertThat(people(room)).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void a_personal_link_lets_in_as_oneself() {
        Room room = opened("standup-7f3k");
        URI link = provider.personalLink(room, Title.of("Weekly sync"), ANA)
                .value()
                .orElseThrow();
        follow(link);
        assertThat(people(room)).singleElement().satisfies(ana -> {
            assertThat(ana.name()).isEqualTo("Ana O'Neil & Söhne");
            boolean known = ana.email().equals(ANA.email()) || ana.slackId().equals(Optional.of(ANA.user()));
            assertThat(known).isTrue();
        });
    }

    @Test
    void whatever_goes_wrong_is_unknown_and_never_gone() {
        Room room = opened("standup-7f3k");
        join(room, "Bo", "bo@acme.example");
        look(room);
        faults().every(1).badGateway();
        unknown(room, "status 502");
        faults().every(1).loginPage();
        unknown(room, "");
        faults().every(1).answer(404, "text/html", "<h1>404 Not Found</h1>");
        unknown(room, "status 404");
        faults().every(1).answer(200, "", "");
        unknown(room, "");
        faults().every(1).answer(500, "", "");
        unknown(room, "status 500");
        faults().every(1).answer(302, Map.of("Location", room.joinUrl().toString()), "", "");
        unknown(room, "status 302");
        faults().every(1).answer(200, "", " ".repeat(1 << 20) + "[]");
        unknown(room, "more than 1 MiB");
        faults().every(1).cut();
        unknown(room, "");
        faults().every(1).delay(PATIENCE.multipliedBy(2));
        unknown(room, "no answer within");
        assertThat(people(room)).hasSize(1);
    }

    private void unknown(Room room, String why) {
        Presence presence = look(room);
        faults().clear();
        assertThat(presence).isInstanceOf(Unknown.class);
        assertThat(((Unknown) presence).why())
                .contains(why)
                .doesNotContain("token", "checksum", "http:")
                .doesNotContain("\n");
    }

    @Test
    void a_server_that_wants_to_be_left_alone_is() {
        List<Room> rooms =
                IntStream.range(0, 10).mapToObj(i -> opened("room-" + i)).toList();
        provider.poll(rooms);
        journal().clear();
        faults().every(1).answer(503, Map.of("Retry-After", "120"), "text/html", "<h1>busy</h1>");

        Map<String, Presence> found = provider.poll(rooms);

        assertThat(found)
                .hasSize(10)
                .allSatisfy((key, presence) ->
                        assertThat(((Unknown) presence).retryAfter()).contains(Duration.ofMinutes(2)));
        assertThat(journal().count()).isLessThan(10);
    }

    @Test
    void half_the_replies_wrong_leaves_the_other_half_right() {
        List<Room> rooms =
                IntStream.range(0, 12).mapToObj(i -> opened("room-" + i)).toList();
        rooms.forEach(room -> join(room, "Bo", "bo@acme.example"));
        provider.poll(rooms);
        faults().every(2).badGateway();
        for (int i = 0; i < 4; i++) {
            assertThat(provider.poll(rooms).values())
                    .allSatisfy(presence -> assertThat(presence).isNotInstanceOf(Absent.class))
                    .filteredOn(presence -> presence instanceof Live)
                    .allSatisfy(live -> assertThat(((Live) live).people()).hasSize(1));
        }
    }

    @Test
    void many_rooms_are_asked_about_few_at_a_time_and_all_are_found() {
        List<Room> rooms =
                IntStream.range(0, 100).mapToObj(i -> opened("room-" + i)).toList();
        rooms.forEach(room -> join(room, "Bo", "bo@acme.example"));
        journal().clear();
        assertThat(provider.poll(rooms))
                .hasSize(100)
                .allSatisfy((key, presence) -> assertThat(presence).isInstanceOf(Live.class));
        assertThat(journal().mostAtOnce()).isLessThanOrEqualTo(4);
    }

    @Test
    void an_ended_room_is_gone_and_may_be_ended_again() {
        if (!provider.can(Capability.ENDING)) {
            return;
        }
        Room room = opened("standup-7f3k");
        MeetingSession bo = join(room, "Bo", "bo@acme.example");
        people(room);
        assertThat(provider.end(room).value()).isPresent();
        bo.leave();
        gone(room);
        assertThat(look(room)).isInstanceOf(Absent.class);
        assertThat(provider.end(room).value()).isPresent();
        faults().every(1).badGateway();
        assertThat(provider.end(room).worthRetrying()).isTrue();
    }

    @Test
    void the_doctor_finds_a_good_server_good_and_one_that_is_down_not() {
        assertThat(provider.doctor()).isNotEmpty().allMatch(MeetingProvider.Finding::good);
        faults().every(1).badGateway();
        assertThat(provider.doctor()).anyMatch(finding -> !finding.good());
    }

    @Test
    void once_closed_nothing_is_known() {
        Room room = opened("standup-7f3k");
        provider.close();
        assertThat(look(room)).isInstanceOf(Unknown.class);
    }
}
