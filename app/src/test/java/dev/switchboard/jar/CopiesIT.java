package dev.switchboard.jar;

import static dev.switchboard.jar.World.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.postgres.OnPostgres;
import dev.switchboard.postgres.Postgres;
import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.Gate;
import dev.switchboard.sandbox.slack.Journal.ApiCall;
import dev.switchboard.sandbox.slack.PostedMessage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Several copies on one PostgreSQL do together what one does, and go on when one of them doesn't. */
@Timeout(240)
@ExtendWith(OnPostgres.class)
class CopiesIT {
    /** The lock in the database behind which a test keeps a copy in the middle of a transaction. */
    private static final int HOLD = 4711;

    private final Crew crew;

    CopiesIT(Postgres postgres, @TempDir Path folder) throws Exception {
        this.crew = new Crew(folder, postgres, FakeSlack.options().acknowledgeWithin(Duration.ofSeconds(10)));
    }

    @AfterEach
    void close() {
        crew.close();
    }

    private void assertOneCardIn(List<Conversation> channels) {
        assertThat(channels)
                .allSatisfy(channel -> assertThat(crew.world().cards(channel)).hasSize(1));
        assertThat(channels.stream()
                        .flatMap(c -> crew.world().cards(c).stream())
                        .map(PostedMessage::callIds))
                .as("each card its own Call")
                .doesNotHaveDuplicates();
    }

    @Test
    void they_share_the_work_and_slack_is_told_everything_once() throws Exception {
        crew.start();
        crew.start();
        List<Conversation> channels = crew.channels(40);
        Map<Conversation, Attempt> attempts = crew.types("/call @bo Standup", channels);
        eventually(() -> assertThat(attempts.values()).allMatch(Attempt::acknowledged));
        crew.atRest();

        assertOneCardIn(channels);
        assertThat(crew.world().toldByBot("bo")).hasSize(channels.size());
        assertThat(crew.registered()).hasSize(channels.size()).doesNotHaveDuplicates();
        assertThat(crew.requests("chat.postMessage")).hasSize(2 * channels.size());
        assertThat(crew.count("select count(distinct leased_by) from calls")).isEqualTo(2);
    }

    @Test
    void who_types_the_same_at_once_in_a_conversation_gets_one_call() throws Exception {
        crew.start();
        crew.start();
        List<Conversation> channels = crew.channels(10);
        List<Attempt> attempts = new ArrayList<>();
        for (Conversation channel : channels) {
            for (String person : List.of("ana", "bo", "ana", "bo")) {
                attempts.add(crew.world().person(person).types("/call", channel));
            }
        }
        eventually(() -> assertThat(attempts).allMatch(Attempt::acknowledged));
        crew.atRest();

        assertOneCardIn(channels);
        assertThat(crew.registered()).hasSize(channels.size());
    }

    @Test
    void what_one_had_under_way_when_it_was_killed_the_other_does() throws Exception {
        BotProcess doomed = crew.start();
        BotProcess heir = crew.start();
        List<Conversation> channels = crew.channels(50);
        Map<Conversation, Attempt> attempts = crew.types("/call @bo Standup", channels);
        await().atMost(BotProcess.PATIENCE)
                .until(() -> attempts.values().stream().anyMatch(Attempt::acknowledged));
        doomed.kill();

        eventually(() -> assertThat(heir.err()).contains("another copy is silent"));
        List<Conversation> acknowledged = channels.stream()
                .filter(c -> Objects.requireNonNull(attempts.get(c)).acknowledged())
                .toList();
        eventually(() -> assertThat(acknowledged)
                .allSatisfy(channel -> assertThat(crew.world().cards(channel)).isNotEmpty()));
        crew.atRest();
        assertOneCardIn(channels.stream()
                .filter(channel -> !crew.world().cards(channel).isEmpty())
                .toList());
        assertThat(crew.world().toldByBot("bo"))
                .extracting(PostedMessage::callIds)
                .doesNotHaveDuplicates()
                .hasSize((int) crew.count("select count(*) from calls"));
        assertThat(crew.count("select count(*) from copies")).isEqualTo(1);
    }

    @Test
    void one_that_is_stopped_hands_over_what_it_has_under_way() throws Exception {
        BotProcess leaving = crew.start();
        Gate gate = crew.world().slack().faults().on("calls.add").next(3).holdBeforeEffect();
        List<Conversation> channels = crew.channels(3);
        crew.types("/call Standup", channels);
        gate.awaitReached(BotProcess.PATIENCE);
        crew.start();
        leaving.terminate();

        assertThat(leaving.awaitEnd().status()).isZero();
        assertThat(crew.count("select count(*) from copies")).isEqualTo(1);
        assertThat(crew.count("select count(*) from calls where leased_until is not null"
                        + " and leased_by not in (select id from copies)"))
                .isZero();
        eventually(() -> assertOneCardIn(channels));
    }

    /** A copy that does nothing any more, in the middle of a transaction that has written that a card is posted. */
    private BotProcess stoppedInTheMiddleOfATransaction() throws Exception {
        BotProcess frozen = crew.start();
        crew.execute("create function hold() returns trigger language plpgsql as $$ begin"
                + " if new.kind = 'CARD' and new.state = 'DELIVERED' then perform pg_advisory_xact_lock(" + HOLD
                + "); end if; return new; end $$");
        crew.execute("create trigger hold after update on announcements for each row execute function hold()");
        try (Connection holder = crew.connect();
                Statement statement = holder.createStatement()) {
            statement.execute("select pg_advisory_lock(" + HOLD + ")");
            crew.world().says("ana", "/call @bo Weekly sync", "general");
            await().atMost(BotProcess.PATIENCE)
                    .until(() -> crew.count("select count(*) from pg_stat_activity where wait_event = 'advisory'"
                                    + " and datname = current_database()")
                            == 1);
            frozen.signal("STOP");
        }
        eventually(() -> assertThat(crew.count("select count(*) from pg_stat_activity"
                        + " where state = 'idle in transaction' and datname = current_database()"))
                .isEqualTo(1));
        crew.execute("drop trigger hold on announcements");
        return frozen;
    }

    @Test
    void one_that_stands_still_in_the_middle_of_a_transaction_holds_up_nobody_and_undoes_nothing() throws Exception {
        BotProcess frozen = stoppedInTheMiddleOfATransaction();
        BotProcess other = crew.start();
        eventually(() -> assertThat(other.err()).contains("another copy is silent"));
        crew.atRest();
        crew.saysUntilHeard("ana", "/call rename Another title", "general");
        crew.saysUntilHeard("ana", "/call end", "general");
        eventually(() -> assertThat(crew.world().theCall("general").ended()).isTrue());
        crew.atRest();
        frozen.signal("CONT");

        eventually(() -> assertThat(crew.count("select count(*) from copies")).isEqualTo(2));
        other.terminate();
        other.awaitEnd();
        crew.saysUntilHeard("ana", "/call Next", "project");
        eventually(() -> assertThat(crew.world().cards("project")).hasSize(1));
        crew.atRest();
        Call call = crew.world().theCall("general");
        assertThat(call.title()).contains("Another title");
        assertThat(call.ended()).isTrue();
        assertThat(crew.count("select count(*) from calls where ended_at is null"))
                .isEqualTo(1);
        assertThat(crew.requests("calls.end")).hasSize(1);
        assertThat(crew.registered()).doesNotHaveDuplicates().hasSize(2);
        assertThat(crew.world().toldByBot("bo")).hasSize(1);
    }

    @Test
    void with_slacks_limits_they_share_what_it_grants_and_none_is_told_to_come_later() throws Exception {
        int granted = 10;
        crew.world().slack().rateLimits(Duration.ofMinutes(1), granted);
        crew.with("SLACK_TIER3_PER_MINUTE", String.valueOf(granted));
        crew.start();
        crew.start();
        List<Conversation> channels = crew.channels(granted);
        crew.types("/call Standup", channels);
        eventually(() -> assertThat(crew.registered()).hasSize(granted));
        Attempt further =
                crew.world().person("ana").types("/call Another", crew.world().conversation("general"));
        further.await(BotProcess.PATIENCE);

        eventually(() -> assertThat(crew.count("select count(*) from slots where name like '% calls.add'"
                        + " and number >= 0 and free_at > extract(epoch from clock_timestamp()) * 1000"))
                .isEqualTo(granted));
        assertThat(crew.registered()).hasSize(granted);
        assertThat(crew.world().slack().journal().calls())
                .extracting(ApiCall::error)
                .doesNotContain(Optional.of("ratelimited"));
    }

    @Test
    void what_slack_told_one_to_leave_alone_for_a_while_the_other_leaves_alone_too() throws Exception {
        crew.with("SLACK_TIER3_PER_MINUTE", "50");
        crew.start();
        crew.world().slack().faults().on("calls.add").rateLimit(Duration.ofMinutes(5));
        crew.types("/call Standup", crew.channels(1));
        eventually(() -> assertThat(crew.requests("calls.add")).hasSize(1));
        crew.start();
        Attempt next =
                crew.world().person("ana").types("/call Next", crew.world().conversation("general"));
        next.await(BotProcess.PATIENCE);
        Attempt another =
                crew.world().person("ana").types("/call Another", crew.world().conversation("project"));
        another.await(BotProcess.PATIENCE);

        // Each of the two was asked to do one of them, and has put it off.
        eventually(() -> assertThat(crew.count("select count(*) from calls where leased_until is null"
                        + " and due_at > extract(epoch from clock_timestamp()) * 1000"))
                .isEqualTo(3));
        assertThat(crew.requests("calls.add")).hasSize(1);
    }
}
