package dev.switchboard.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.TickingClock;
import dev.switchboard.call.MeetingProvider;
import dev.switchboard.call.Presence;
import dev.switchboard.call.Room;
import dev.switchboard.meeting.jitsi.JitsiProvider;
import dev.switchboard.sandbox.meeting.JitsiDialect;
import dev.switchboard.sandbox.meeting.JitsiServer;
import dev.switchboard.sandbox.meeting.JitsiTokens;
import dev.switchboard.sandbox.meeting.MeetingFaults;
import dev.switchboard.sandbox.meeting.MeetingJournal;
import dev.switchboard.sandbox.meeting.MeetingSession;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.settings.JitsiSettings;
import dev.switchboard.settings.Proxies;
import dev.switchboard.settings.RsaKey;
import dev.switchboard.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Jitsi in each dialect of its modules, with and without a census, tokens, and the right host. */
class JitsiContractTest {
    private static final KeyPair KEYS = keys();

    @Nested
    class Of_december_2023 extends JitsiContract {
        Of_december_2023() throws IOException {
            super(JitsiDialect.DECEMBER_2023);
        }
    }

    @Nested
    class Of_february_2026 extends JitsiContract {
        Of_february_2026() throws IOException {
            super(JitsiDialect.FEBRUARY_2026);
        }
    }

    @Nested
    class Of_today extends JitsiContract {
        Of_today() throws IOException {
            super(JitsiDialect.CURRENT);
        }

        @Test
        void a_census_that_was_there_and_fails_says_nothing_of_any_room() {
            Room room = opened("standup-7f3k");
            join(room, "Bo", "bo@acme.example");
            assertThat(people(room)).hasSize(1);
            assertThat(provider.asksForAllAtOnce()).isTrue();
            faults().every(1).on("/room-census").badGateway();
            assertThat(look(room)).isInstanceOf(Presence.Unknown.class);
        }
    }

    @Nested
    class Without_a_census extends JitsiContract {
        Without_a_census() throws IOException {
            super(JitsiDialect.CURRENT);
        }

        @Override
        void arrange(JitsiServer server) {
            server.censusModule(false);
        }

        @Test
        void it_is_asked_for_again_after_a_while_only() {
            Room room = opened("standup-7f3k");
            look(room);
            look(room);
            assertThat(journal().requests("/room-census")).hasSizeLessThanOrEqualTo(2); // one under each host
            server.censusModule(true);
            clock.tick(Duration.ofMinutes(11));
            look(room);
            assertThat(provider.asksForAllAtOnce()).isTrue();
        }
    }

    @Nested
    class Under_another_host_name extends JitsiContract {
        Under_another_host_name() throws IOException {
            super(JitsiDialect.CURRENT);
        }

        @Override
        void arrange(JitsiServer server) {
            server.requireHost(server.xmppDomain());
        }
    }

    @Nested
    class With_a_shared_secret extends JitsiContract {
        With_a_shared_secret() throws IOException {
            super(JitsiDialect.DECEMBER_2023);
        }

        @Override
        void arrange(JitsiServer server) {
            server.requireTokens(JitsiTokens.hs256("switchboard", "short"));
        }

        @Override
        Optional<JitsiSettings.App> app() {
            return Optional.of(
                    new JitsiSettings.App("switchboard", Optional.of(new Secret("short")), Optional.empty()));
        }
    }

    @Nested
    class With_a_key_and_no_census extends JitsiContract {
        With_a_key_and_no_census() throws IOException {
            super(JitsiDialect.CURRENT);
        }

        @Override
        void arrange(JitsiServer server) {
            server.censusModule(false);
            server.requireTokens(JitsiTokens.rs256("switchboard", "sb-1", KEYS.getPublic()));
        }

        @Override
        Optional<JitsiSettings.App> app() {
            return Optional.of(new JitsiSettings.App(
                    "switchboard", Optional.empty(), Optional.of(new RsaKey(KEYS.getPrivate(), "sb-1"))));
        }

        @Test
        void a_refusal_means_gone_only_where_the_token_was_just_accepted() {
            Room room = opened("standup-7f3k");
            assertThat(look(room)).isInstanceOf(Presence.Unknown.class);
            MeetingSession bo = join(room, "Bo", "");
            assertThat(people(room)).hasSize(1);
            bo.leave();
            assertThat(look(room)).isInstanceOf(Presence.Absent.class);
            clock.tick(Duration.ofMinutes(11));
            assertThat(look(room)).isInstanceOf(Presence.Unknown.class);
        }
    }

    abstract static class JitsiContract extends MeetingProviderContract {
        final TickingClock clock = new TickingClock();
        final JitsiServer server;
        private final FakeSlack slack;
        private final JitsiDialect dialect;

        JitsiContract(JitsiDialect dialect) throws IOException {
            this.slack = FakeSlack.start(FakeSlack.options().clock(clock));
            this.server = JitsiServer.mount(slack);
            this.dialect = dialect;
        }

        void arrange(JitsiServer server) {}

        Optional<JitsiSettings.App> app() {
            return Optional.empty();
        }

        @Override
        MeetingProvider start() {
            server.dialect(dialect);
            server.systemKey(app().map(JitsiSettings.App::id).orElse("jitsi"), "sys-1", KEYS.getPublic());
            arrange(server);
            return new JitsiProvider(
                    server.address() + "/{room}",
                    Optional.empty(),
                    new JitsiSettings(
                            URI.create(server.apiUrl()),
                            server.xmppDomain(),
                            Optional.empty(),
                            app(),
                            "jitsi",
                            Optional.of(new RsaKey(KEYS.getPrivate(), "sys-1"))),
                    new MeetingHttp(Proxies.none(), clock, PATIENCE),
                    clock);
        }

        @Override
        void stop() {
            slack.close();
        }

        @Override
        MeetingSession join(Room room, String name, String email) {
            return server.join("/" + room.key(), name, email);
        }

        @Override
        MeetingSession follow(URI link) {
            return server.follow(link);
        }

        /** By itself, with the last. */
        @Override
        void gone(Room room) {}

        @Override
        MeetingFaults faults() {
            return server.faults();
        }

        @Override
        MeetingJournal journal() {
            return server.journal();
        }

        @Test
        void a_room_that_is_kept_open_is_live_with_nobody() {
            Room room = opened("standup-7f3k");
            server.hold("/" + room.key());
            assertThat(look(room)).isEqualTo(new Presence.Live(List.of(), 0));
        }

        @Test
        void a_recorder_is_nobody_with_a_name() {
            Room room = opened("standup-7f3k");
            server.recorder("/" + room.key());
            assertThat(look(room)).isEqualTo(new Presence.Live(List.of(), 1));
        }

        @Test
        void a_room_named_beyond_ascii_is_found() {
            Room room = provider.recognise(URI.create(server.address() + "/Caf%C3%A9"))
                    .orElseThrow();
            join(room, "Bo", "");
            assertThat(people(room)).hasSize(1);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
