package dev.switchboard.jar;

import static dev.switchboard.jar.World.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.postgres.OnPostgres;
import dev.switchboard.postgres.Postgres;
import dev.switchboard.sandbox.meeting.JitsiServer;
import dev.switchboard.sandbox.meeting.MeetingSession;
import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.PostedMessage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What copies do on a timer is done once; and they go on while their database is restarted or upgraded. */
@Timeout(240)
@ExtendWith(OnPostgres.class)
class CopiesInTimeIT {
    private final Path folder;
    private final Postgres postgres;
    private Crew crew;

    CopiesInTimeIT(Postgres postgres, @TempDir Path folder) throws Exception {
        this.folder = folder;
        this.postgres = postgres;
        this.crew = new Crew(folder, postgres, FakeSlack.options().acknowledgeWithin(Duration.ofSeconds(10)));
    }

    @AfterEach
    void close() {
        crew.close();
    }

    private List<PostedMessage> said(Conversation where) {
        return where.messages().stream().filter(PostedMessage::fromApp).toList();
    }

    @Test
    void rooms_are_looked_at_by_one_at_a_time_and_their_calls_end_once() throws Exception {
        JitsiServer jitsi = JitsiServer.mount(crew.world().slack());
        crew.with("SWITCHBOARD_PROVIDER", "jitsi")
                .with("SWITCHBOARD_POLL_INTERVAL", "200ms")
                .with("SWITCHBOARD_EMPTY_GRACE", "1s")
                .with("SWITCHBOARD_MEETING_URL", jitsi.address())
                .with("SWITCHBOARD_JITSI_API_URL", jitsi.apiUrl())
                .with("SWITCHBOARD_JITSI_XMPP_DOMAIN", jitsi.xmppDomain());
        crew.start();
        crew.start();
        crew.world().says("ana", "/call Standup", "general");
        eventually(() -> crew.world().theCall("general"));
        Call call = crew.world().theCall("general");
        String path = URI.create(call.joinUrl()).getPath();
        MeetingSession ana = jitsi.join(
                path.substring(path.lastIndexOf('/') + 1),
                "Ana",
                crew.world().person("ana").email());
        eventually(() -> assertThat(call.activeParticipants()).hasSize(1));
        ana.leave();
        eventually(() -> assertThat(call.ended()).isTrue());
        crew.atRest();

        assertThat(crew.requests("calls.participants.add")).hasSize(1);
        assertThat(crew.requests("calls.end")).hasSize(1);
        eventually(() -> assertThat(said(crew.world().conversation("general"))).hasSize(2));
        crew.atRest();
        assertThat(said(crew.world().conversation("general")))
                .as("card and summary")
                .hasSize(2);
    }

    @Test
    void a_conversation_is_asked_once_whether_its_call_goes_on() throws Exception {
        crew.with("SWITCHBOARD_IDLE_LIMIT", "1s");
        crew.start();
        crew.start();
        crew.world().says("ana", "/call Standup", "general");
        eventually(() -> assertThat(said(crew.world().conversation("general"))).hasSize(2));
        crew.atRest();

        assertThat(said(crew.world().conversation("general")))
                .as("card and question")
                .hasSize(2);
        assertThat(crew.count("select count(*) from announcements where kind = 'QUESTION'"))
                .isEqualTo(1);
    }

    @Test
    void a_newer_version_adds_columns_while_a_copy_is_at_work_and_one_of_this_version_can_be_started_after_it()
            throws Exception {
        BotProcess first = crew.start();
        List<Conversation> channels = crew.channels(60);
        Map<Conversation, Attempt> before = crew.types("/call @bo Standup", channels.subList(0, 20));
        await().atMost(BotProcess.PATIENCE).until(() -> before.values().stream().anyMatch(Attempt::acknowledged));
        Flyway.configure()
                .dataSource(crew.url(), postgres.user(), postgres.password())
                .locations(
                        "classpath:dev/switchboard/store",
                        "classpath:dev/switchboard/store_postgresql",
                        "classpath:dev/switchboard/upgrade")
                .load()
                .migrate();
        Map<Conversation, Attempt> during = crew.types("/call @bo Standup", channels.subList(20, 40));
        eventually(() -> assertThat(during.values()).allMatch(Attempt::acknowledged));
        crew.start();
        first.terminate();
        assertThat(first.awaitEnd().status()).isZero();
        Map<Conversation, Attempt> after = crew.types("/call @bo Standup", channels.subList(40, 60));

        eventually(() -> assertThat(after.values()).allMatch(Attempt::acknowledged));
        crew.atRest();
        assertThat(before.values()).allMatch(Attempt::acknowledged);
        assertThat(channels)
                .allSatisfy(channel -> assertThat(crew.world().cards(channel)).hasSize(1));
        assertThat(crew.world().toldByBot("bo")).hasSize(channels.size());
    }

    @Test
    void a_database_that_is_restarted_under_them_costs_a_few_commands_and_nothing_else() throws Exception {
        crew.close();
        try (Postgres own = Postgres.start()) {
            crew = new Crew(folder, own, FakeSlack.options().acknowledgeWithin(Duration.ofSeconds(10)));
            BotProcess first = crew.start();
            BotProcess second = crew.start();
            List<Conversation> channels = crew.channels(30);
            Map<Conversation, Attempt> attempts = crew.types("/call @bo Standup", channels);
            await().atMost(BotProcess.PATIENCE)
                    .until(() -> attempts.values().stream().anyMatch(Attempt::acknowledged));
            own.stop();
            eventually(() -> {
                assertThat(first.err()).contains("commands are refused until");
                assertThat(second.err()).contains("commands are refused until");
            });
            crew.world().says("bo", "/call While it is away", "random");
            own.startAgain();

            eventually(() -> {
                assertThat(first.err()).contains("INFO the ledger can be used again");
                assertThat(second.err()).contains("INFO the ledger can be used again");
            });
            crew.world().says("ana", "/call Afterwards", "project");
            eventually(() -> assertThat(crew.world().cards("project")).hasSize(1));
            assertThat(crew.world().cards("random")).isEmpty();
            crew.atRest();
            List<Conversation> started = channels.stream()
                    .filter(channel -> !crew.world().cards(channel).isEmpty())
                    .toList();
            assertThat(started)
                    .allSatisfy(
                            channel -> assertThat(crew.world().cards(channel)).hasSize(1));
            assertThat(crew.count("select count(*) from calls")).isEqualTo(started.size() + 1);
            assertThat(attempts.values()).allMatch(attempt -> attempt.error().isEmpty());
            assertThat(List.of(first, second))
                    .allSatisfy(copy -> assertThat(copy.err().lines().filter(line -> line.contains("refused until")))
                            .hasSize(1));
            crew.close();
        }
        crew = new Crew(folder, postgres, FakeSlack.options());
    }
}
