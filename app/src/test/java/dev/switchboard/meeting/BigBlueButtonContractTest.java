package dev.switchboard.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.switchboard.TickingClock;
import dev.switchboard.call.MeetingProvider;
import dev.switchboard.call.MeetingProvider.Recording;
import dev.switchboard.call.Presence;
import dev.switchboard.call.Presence.Occupant;
import dev.switchboard.call.Room;
import dev.switchboard.call.Title;
import dev.switchboard.call.UserId;
import dev.switchboard.meeting.bigbluebutton.BigBlueButtonProvider;
import dev.switchboard.sandbox.meeting.BigBlueButtonServer;
import dev.switchboard.sandbox.meeting.MeetingFaults;
import dev.switchboard.sandbox.meeting.MeetingJournal;
import dev.switchboard.sandbox.meeting.MeetingSession;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.settings.BigBlueButtonSettings;
import dev.switchboard.settings.BigBlueButtonSettings.Checksum;
import dev.switchboard.settings.Proxies;
import dev.switchboard.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** BigBlueButton, with each hash, in both shapes of errors, and behind a load balancer. */
class BigBlueButtonContractTest {
    @Nested
    class As_it_comes extends BigBlueButtonContract {
        As_it_comes() throws IOException {
            super(Checksum.SHA256);
        }

        @Test
        void people_in_a_room_of_greenlight_are_seen_and_joined_and_sent_home() {
            Room room = provider.recognise(URI.create(server.greenlightUrl() + "/rooms/abc-def-ghi-jkl/join"))
                    .orElseThrow();
            server.joinGreenlight("abc-def-ghi-jkl", "Gus");
            follow(provider.personalLink(room, Optional.empty(), ANA).value().orElseThrow());

            assertThat(people(room)).extracting(Occupant::name).containsExactlyInAnyOrder("Gus", ANA.name());
            provider.end(room);
            clock.tick(Duration.ofSeconds(5));
            assertThat(look(room)).isInstanceOf(Presence.Absent.class);
        }
    }

    @Nested
    class With_errors_in_a_list extends BigBlueButtonContract {
        With_errors_in_a_list() throws IOException {
            super(Checksum.SHA512);
        }

        @Override
        void arrange(BigBlueButtonServer server) {
            server.supportedChecksumAlgorithms("sha512");
            server.errorsAsList(true);
        }
    }

    @Nested
    class Behind_a_load_balancer_without_a_list extends BigBlueButtonContract {
        Behind_a_load_balancer_without_a_list() throws IOException {
            super(Checksum.SHA384);
        }

        @Override
        void arrange(BigBlueButtonServer server) {
            server.getMeetings(false);
        }
    }

    abstract static class BigBlueButtonContract extends MeetingProviderContract {
        private static final String GREENLIGHT = "abc-def-ghi-jkl";

        final TickingClock clock = new TickingClock();
        private final Checksum checksum;
        final BigBlueButtonServer server;
        private final FakeSlack slack;

        BigBlueButtonContract(Checksum checksum) throws IOException {
            this.slack = FakeSlack.start(FakeSlack.options().clock(clock));
            this.server = BigBlueButtonServer.mount(slack);
            this.checksum = checksum;
        }

        void arrange(BigBlueButtonServer server) {}

        @Override
        MeetingProvider start() {
            arrange(server);
            return with(server.secret());
        }

        private MeetingProvider with(String secret) {
            return with(secret, true, Optional.empty());
        }

        private MeetingProvider with(String secret, boolean record, Optional<Duration> emptyGrace) {
            return new BigBlueButtonProvider(
                    new BigBlueButtonSettings(
                            URI.create(server.address() + "/api"),
                            new Secret(secret),
                            checksum,
                            record,
                            Optional.of(URI.create(server.greenlightUrl()))),
                    emptyGrace,
                    new MeetingHttp(Proxies.none(), clock, PATIENCE),
                    clock);
        }

        @Override
        void stop() {
            slack.close();
        }

        /** The user id is the person's of that address; without one the server makes up its own. */
        @Override
        MeetingSession join(Room room, String name, String email) {
            String id = email.isEmpty()
                    ? ""
                    : "U" + email.substring(0, email.indexOf('@')).toUpperCase(Locale.ROOT) + "00";
            return server.join(room.key(), name, id);
        }

        @Override
        MeetingSession follow(URI link) {
            return server.follow(link);
        }

        @Override
        void gone(Room room) {
            provider.end(room);
            clock.tick(Duration.ofSeconds(5));
        }

        @Override
        MeetingFaults faults() {
            return server.faults();
        }

        @Override
        MeetingJournal journal() {
            return server.journal();
        }

        @Test
        void a_room_is_still_here_once_the_server_has_another_secret() {
            Room room = opened("standup-7f3k");
            try (MeetingProvider before = with("the-secret-of-last-year")) {
                Room signedBefore = before.room("standup-7f3k", Optional.empty());
                assertThat(signedBefore).isNotEqualTo(room);
                assertThat(provider.recognise(signedBefore.joinUrl())).isEmpty();
                assertThat(provider.here(signedBefore)).contains(room);
            }
        }

        @Test
        void people_with_links_of_their_own_are_known_for_sure() {
            Room room = opened("standup-7f3k");
            follow(provider.personalLink(room, Optional.empty(), ANA).value().orElseThrow());
            assertThat(people(room)).singleElement().satisfies(ana -> {
                assertThat(ana.slackId()).contains(ANA.user());
                assertThat(ana.key()).isEqualTo("UANA00");
            });
        }

        @Test
        void a_meeting_that_expired_is_there_again_for_whoever_gets_a_link() {
            Room room = opened("standup-7f3k");
            clock.tick(Duration.ofHours(3));
            assertThat(look(room)).isInstanceOf(Presence.Absent.class);
            follow(provider.personalLink(room, Title.of("Sync"), ANA).value().orElseThrow());
            assertThat(people(room)).hasSize(1);
        }

        @Test
        void a_meeting_waits_an_hour_for_its_first_person() {
            Room room = opened("standup-7f3k");
            clock.tick(Duration.ofHours(1));
            assertThat(look(room)).isEqualTo(new Presence.Live(List.of(), 0));
        }

        @Test
        void a_meeting_may_be_recorded_unless_that_is_switched_off() {
            opened("standup-7f3k");
            assertThat(created()).containsEntry("record", "true");
            try (MeetingProvider off = with(server.secret(), false, Optional.empty())) {
                off.open(off.room("retro-9x2m", Optional.empty()), Optional.empty());
                assertThat(created()).containsEntry("record", "false");
            }
        }

        @Test
        void an_empty_meeting_is_kept_for_longer_than_its_call() {
            try (MeetingProvider patient = with(server.secret(), true, Optional.of(Duration.ofSeconds(90)))) {
                patient.open(patient.room("retro-9x2m", Optional.empty()), Optional.empty());
                assertThat(created()).containsEntry("meetingExpireWhenLastUserLeftInMinutes", "3");
            }
        }

        /** What the last meeting was created with. */
        private Map<String, String> created() {
            List<MeetingJournal.Request> creations = journal().requests("/create");
            return creations.get(creations.size() - 1).parameters();
        }

        @Test
        void the_link_on_the_card_is_for_any_number_of_guests_who_wait_to_be_let_in() {
            Room room = opened("standup-7f3k");
            for (int i = 0; i < 5; i++) {
                follow(room.joinUrl());
            }
            assertThat(people(room)).isEmpty();
            server.admitGuests(room.key());
            assertThat(people(room)).hasSize(5).extracting(Occupant::slackId).containsOnly(Optional.<UserId>empty());
        }

        @Test
        void a_meeting_of_another_program_is_seen_and_never_created() {
            String query = "fullName=Eve&meetingID=moodle%2B1&password=hush";
            Room room = provider.recognise(join(query, sha1("join" + query + server.secret())))
                    .orElseThrow();
            assertThat(room.key()).isEqualTo("moodle+1");
            assertThat(room.joinUrl().toString()).doesNotContain("hush", "Eve");
            provider.open(room, Optional.empty());
            provider.personalLink(room, Optional.empty(), ANA);
            assertThat(look(room)).isInstanceOf(Presence.Absent.class);
            assertThat(journal().requests("/create")).isEmpty();
        }

        @Test
        void nobody_becomes_the_moderator_of_another_programs_meeting() {
            String query = "fullName=Eve&meetingID=moodle%2B1&role=VIEWER";
            Room room = provider.recognise(join(query, sha1("join" + query + server.secret())))
                    .orElseThrow();
            assertThat(provider.personalLink(room, Optional.empty(), ANA)
                            .value()
                            .orElseThrow()
                            .getRawQuery())
                    .contains("role=VIEWER");
        }

        @Test
        void a_link_that_nobody_signed_lets_nobody_in() {
            assertThat(provider.recognise(join("fullName=Eve&meetingID=board-room", "0123456789abcdef")))
                    .isEmpty();
            assertThat(provider.recognise(join("fullName=Eve&meetingID=board-room", "0".repeat(64))))
                    .isEmpty();
            assertThat(provider.recognise(URI.create(server.address() + "/api/join?meetingID=board-room")))
                    .isEmpty();
        }

        private URI join(String query, String checksum) {
            return URI.create(server.address() + "/api/join?" + query + "&checksum=" + checksum);
        }

        private static String sha1(String text) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Test
        void a_greenlight_link_leads_to_its_running_meeting() {
            Room room = provider.recognise(URI.create(server.greenlightUrl() + "/rooms/" + GREENLIGHT))
                    .orElseThrow();
            assertThat(provider.recognise(URI.create(server.greenlightUrl() + "/rooms/" + GREENLIGHT + "/join?x=1#y")))
                    .contains(room);
            assertThat(provider.recognise(room.joinUrl())).contains(room);
            assertThat(look(room)).isInstanceOf(Presence.Absent.class);
            assertThat(provider.personalLink(room, Optional.empty(), ANA).value())
                    .contains(room.joinUrl());
        }

        @Test
        void what_is_not_in_the_list_is_asked_for_before_it_counts_as_gone() {
            List<Room> rooms =
                    IntStream.range(0, 25).mapToObj(i -> opened("room-" + i)).toList();
            faults().next(1)
                    .on("/getMeetings")
                    .answer(200, "text/xml", "<response><returncode>SUCCESS</returncode><meetings/></response>");
            assertThat(provider.poll(rooms).values())
                    .hasSize(25)
                    .allMatch(presence -> presence instanceof Presence.Live);
        }

        @Test
        void an_external_entity_is_not_even_looked_at() {
            Room room = opened("standup-7f3k");
            faults().every(1).externalEntity();
            assertThat(look(room)).isInstanceOf(Presence.Unknown.class);
            assertThat(journal().requests("/xxe")).isEmpty();
        }

        @Test
        void broken_xml_says_nothing() {
            Room room = opened("standup-7f3k");
            faults().every(1).brokenXml();
            assertThat(look(room)).isInstanceOf(Presence.Unknown.class);
        }

        @Test
        void recordings_are_told_when_they_can_be_watched() {
            Room room = opened("standup-7f3k");
            assertThat(provider.recordings(room).value()).contains(List.of());
            server.addRecording(room.key(), "https://bbb.example.com/p/1", Duration.ofMinutes(42));
            server.addRecording(room.key(), "https://bbb.example.com/p/2", Duration.ofMinutes(1), "processing");
            assertThat(provider.recordings(room).value().orElseThrow())
                    .extracting(Recording::url, Recording::length)
                    .containsExactly(tuple(URI.create("https://bbb.example.com/p/1"), Duration.ofMinutes(42)));
        }
    }
}
