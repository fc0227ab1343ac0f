package dev.switchboard.meeting.jitsi.prosody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.call.MeetingProvider.Finding;
import dev.switchboard.call.Presence;
import dev.switchboard.call.Presence.Absent;
import dev.switchboard.call.Presence.Live;
import dev.switchboard.call.Presence.Occupant;
import dev.switchboard.call.Presence.Unknown;
import dev.switchboard.call.Room;
import dev.switchboard.meeting.jitsi.prosody.Prosody.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the provider makes of a real Prosody, while guests come and go. */
class JitsiOnProsodyIT {
    private static final String ROOM = "incident-7f3k";

    @TempDir
    Path home;

    @BeforeAll
    static void need() {
        Prosody.require();
    }

    @ParameterizedTest
    @ValueSource(strings = {"december_2023", "february_2026", "current"})
    void whoever_is_in_is_seen_from_the_first_to_the_last(String generation) throws IOException {
        try (Site site = Site.with(home, Options.usual().generation(generation))) {
            followACall(site);
            assertThat(site.provider().asksForAllAtOnce()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"december_2023", "february_2026", "current"})
    void the_same_is_seen_without_a_census(String generation) throws IOException {
        try (Site site = Site.with(home, Options.usual().generation(generation).withoutCensus())) {
            followACall(site);
            assertThat(site.provider().asksForAllAtOnce()).isFalse();
        }
    }

    private static void followACall(Site site) throws IOException {
        assertThat(site.look(ROOM)).isEqualTo(new Absent());
        Tab focus = site.focus(ROOM);
        assertThat(site.look(ROOM)).isEqualTo(new Live(List.of(), 0));
        Tab ada = site.tab(ROOM, "8f3a2b1c", "Ada Lovelace", "ada@corp.test");
        Tab bo = site.tab(ROOM, "0badcafe", "Bo", "");
        assertThat(site.people(ROOM).stream().map(person -> person.name() + ' ' + person.email()))
                .containsExactlyInAnyOrder("Ada Lovelace Optional[ada@corp.test]", "Bo Optional.empty");
        ada.leave();
        assertThat(site.names(ROOM)).containsExactly("Bo");
        bo.leave();
        assertThat(site.look(ROOM)).isEqualTo(new Live(List.of(), 0));
        focus.leave();
        assertThat(site.look(ROOM)).isEqualTo(new Absent());
    }

    @Test
    void one_look_tells_rooms_that_are_busy_empty_and_absent_apart() throws IOException {
        try (Site site = Site.with(home, Options.usual())) {
            site.focus("busy");
            site.tab("busy", "8f3a2b1c", "Ada", "");
            site.focus("empty");
            List<Room> rooms = List.of(site.room("busy"), site.room("empty"), site.room("absent"));
            Map<String, Presence> found = site.provider().poll(rooms);
            assertThat(found.get("busy"))
                    .isInstanceOfSatisfying(
                            Live.class,
                            live -> assertThat(live.people())
                                    .extracting(Occupant::name)
                                    .containsExactly("Ada"));
            assertThat(found).containsEntry("empty", new Live(List.of(), 0)).containsEntry("absent", new Absent());
        }
    }

    @Test
    void tabs_of_one_address_are_one_person_and_namesakes_without_one_are_two() throws IOException {
        try (Site site = Site.with(home, Options.usual())) {
            site.focus(ROOM);
            Tab ada = site.tab(ROOM, "8f3a2b1c", "Ada", "ada@corp.test");
            site.tab(ROOM, "8f3a2b1d", "Ada", "Ada@corp.test");
            site.tab(ROOM, "8f3a2b1e", "Alex", "");
            site.tab(ROOM, "8f3a2b1f", "Alex", "");
            assertThat(site.names(ROOM)).containsExactlyInAnyOrder("Ada", "Alex", "Alex");
            List<Occupant> before = site.people(ROOM);
            ada.leave();
            site.tab(ROOM, "00000001", "Ada", "ada@corp.test");
            assertThat(site.people(ROOM))
                    .extracting(Occupant::key)
                    .containsExactlyInAnyOrderElementsOf(
                            before.stream().map(Occupant::key).toList());
        }
    }

    @Test
    void a_tab_without_a_name_is_somebody_or_a_recorder() throws IOException {
        try (Site site = Site.with(home, Options.usual())) {
            site.focus(ROOM);
            site.tab(ROOM, "8f3a2b1c", "", "");
            assertThat(site.look(ROOM)).isEqualTo(new Live(List.of(), 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"december_2023", "current"})
    void names_come_through_as_they_were_typed(String generation) throws IOException {
        try (Site site = Site.with(home, Options.usual().generation(generation))) {
            site.focus(ROOM);
            site.tab(ROOM, "8f3a2b1c", "Ana O'Neil & <Söhne> \"\\/\"", "o'neil@corp.test");
            site.tab(ROOM, "8f3a2b1d", "李 🙂 &amp;", "");
            assertThat(site.names(ROOM)).containsExactlyInAnyOrder("Ana O'Neil & <Söhne> \"\\/\"", "李 🙂 &amp;");
            assertThat(site.people(ROOM)).extracting(Occupant::email).contains(Optional.of("o'neil@corp.test"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"december_2023", "current"})
    void a_tenants_room_and_one_beyond_ascii_are_found(String generation) throws IOException {
        try (Site site = Site.with(home, Options.usual().generation(generation).withoutCensus())) {
            site.focus("[acme]standup");
            site.tab("[acme]standup", "8f3a2b1c", "Bo", "");
            site.focus("caf%c3%a9");
            site.tab("caf%c3%a9", "8f3a2b1d", "Cy", "");
            assertThat(site.names("Acme/Standup")).containsExactly("Bo");
            assertThat(site.names("Caf%C3%A9")).containsExactly("Cy");
            assertThat(site.look("standup")).isEqualTo(new Absent());
        }
    }

    @Test
    void a_tab_that_breaks_off_without_a_word_is_gone_once_the_server_knows() throws IOException {
        try (Site site = Site.with(home, Options.usual())) {
            Tab focus = site.focus(ROOM);
            Tab bo = site.tab(ROOM, "8f3a2b1c", "Bo", "");
            assertThat(site.names(ROOM)).containsExactly("Bo");
            bo.breakOff();
            Awaitility.await().until(() -> site.names(ROOM).isEmpty());
            focus.breakOff();
            Awaitility.await().until(() -> site.look(ROOM) instanceof Absent);
        }
    }

    @Test
    void nobody_gets_in_before_the_focus() throws IOException {
        try (Site site = Site.with(home, Options.usual())) {
            assertThatThrownBy(() -> site.tab(ROOM, "8f3a2b1c", "Bo", "")).hasMessageContaining("not-allowed");
            assertThat(site.look(ROOM)).isEqualTo(new Absent());
        }
    }

    @Test
    void without_the_module_nothing_is_known_and_the_doctor_says_what_to_do() throws IOException {
        try (Site site = Site.with(home, Options.usual().withoutSize().withoutCensus())) {
            site.focus(ROOM);
            assertThat(site.look(ROOM)).isInstanceOf(Unknown.class);
            assertThat(site.look("absent-7f3k")).isInstanceOf(Unknown.class);
            assertThat(complaints(site)).singleElement().asString().contains("switch on muc_size");
        }
    }

    @Test
    void with_a_census_alone_it_is_known_who_is_absent_but_not_who_is_in() throws IOException {
        try (Site site = Site.with(home, Options.usual().withoutSize())) {
            site.focus(ROOM);
            site.tab(ROOM, "8f3a2b1c", "Bo", "");
            assertThat(site.look(ROOM)).isInstanceOf(Unknown.class);
            assertThat(site.look("absent-7f3k")).isEqualTo(new Absent());
        }
    }

    @Test
    void a_server_that_answers_under_any_name_is_found_as_well() throws IOException {
        try (Site site = Site.with(home, Options.usual().underAnyHost())) {
            site.focus(ROOM);
            site.tab(ROOM, "8f3a2b1c", "Bo", "");
            assertThat(site.names(ROOM)).containsExactly("Bo");
            assertThat(complaints(site)).isEmpty();
        }
    }

    @Test
    void under_a_wrong_domain_nothing_is_known() throws IOException {
        try (Site site = Site.with(home, Options.usual(), "meet.jitsi", Optional.empty())) {
            site.focus(ROOM);
            assertThat(site.look(ROOM)).isInstanceOf(Unknown.class);
            assertThat(complaints(site)).singleElement().asString().contains("SWITCHBOARD_JITSI_XMPP_DOMAIN");
        }
    }

    @Test
    void a_good_server_satisfies_the_doctor() throws IOException {
        try (Site site = Site.with(home, Options.usual())) {
            assertThat(complaints(site)).isEmpty();
        }
    }

    @Test
    void of_a_server_that_went_down_in_the_middle_of_a_call_nothing_is_known() throws IOException {
        try (Site site = Site.with(home, Options.usual())) {
            site.focus(ROOM);
            site.tab(ROOM, "8f3a2b1c", "Bo", "");
            assertThat(site.names(ROOM)).containsExactly("Bo");
            site.prosody().close();
            assertThat(site.look(ROOM)).isInstanceOf(Unknown.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"december_2023", "current"})
    void where_rooms_want_tokens_a_good_one_is_taken(String generation) throws IOException {
        Options options = Options.usual().generation(generation).withTokens().withoutCensus();
        try (Site site = Site.with(home, options, Prosody.DOMAIN, Optional.of(Prosody.APP_SECRET))) {
            Tab focus = site.focus(ROOM);
            Tab bo = site.tab(ROOM, "8f3a2b1c", "Bo", "");
            assertThat(site.names(ROOM)).containsExactly("Bo");
            assertThat(complaints(site)).isEmpty();
            bo.leave();
            focus.leave();
            assertThat(site.look(ROOM)).isEqualTo(new Absent());
        }
    }

    @Test
    void a_wrong_secret_or_none_leaves_everything_unknown() throws IOException {
        Options options = Options.usual().withTokens().withoutCensus();
        for (Optional<String> secret : List.of(Optional.<String>empty(), Optional.of("another"))) {
            try (Site site = Site.with(home.resolve(secret.orElse("none")), options, Prosody.DOMAIN, secret)) {
                site.focus(ROOM);
                site.tab(ROOM, "8f3a2b1c", "Bo", "");
                assertThat(site.look(ROOM)).isInstanceOf(Unknown.class);
                assertThat(site.look("absent-7f3k")).isInstanceOf(Unknown.class);
            }
        }
    }

    private static List<String> complaints(Site site) {
        return site.provider().doctor().stream()
                .filter(finding -> !finding.good())
                .map(Finding::said)
                .toList();
    }
}
