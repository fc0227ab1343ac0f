package dev.switchboard.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.TickingClock;
import dev.switchboard.call.CallStore.Claim;
import dev.switchboard.call.SlackCalls.Whereabouts;
import dev.switchboard.store.JdbcCallStore;
import dev.switchboard.store.LedgerDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One worker at a Call, on a real ledger, and what others may have done meanwhile. */
class PassTest {
    private final TickingClock clock = new TickingClock();
    private final LedgerDatabase database =
            LedgerDatabase.open("jdbc:h2:mem:" + UUID.randomUUID(), Optional.empty(), Optional.empty());
    private final CallStore store = new JdbcCallStore(database);
    private final Call call = CallMirrorTest.call(clock.instant());

    @AfterEach
    void close() {
        database.close();
    }

    /** SIGSTOP, a frozen machine: its write is through, but what it allows has been done by another copy since. */
    @Test
    void whoever_is_stopped_in_the_middle_of_a_write_asks_slack_nothing() {
        Pass pass = pass(stoppingAtWrites(), nobody(), claimed());

        assertThatThrownBy(() -> new Step.Register(List.of()).perform(pass)).isInstanceOf(Pass.LeaseLost.class);
    }

    @Test
    void what_a_killed_copy_may_still_be_posting_is_looked_for_twice_before_it_is_posted_again() {
        Announcement card = Announcement.of(UUID.randomUUID(), call.id(), new Announcement.Card(call.channel()), now())
                .trying(now());
        Claim claim = claimed(card);
        Pass pass = pass(store, findingNothing(), claim);
        AnnouncementStep.Find find = new AnnouncementStep.Find(card);
        clock.tick(Duration.ofSeconds(3));
        assertThat(find.perform(pass)).contains(card.triedAt().orElseThrow().plusSeconds(16));
        assertThat(pass.snapshot().announcements()).containsExactly(card);
        clock.tick(Duration.ofSeconds(13));
        assertThat(find.perform(pass)).isEmpty();

        assertThat(pass.snapshot().announcements()).containsExactly(card.owed());
    }

    @Test
    void whoever_declines_is_not_taken_off_while_slack_may_still_be_putting_them_on() {
        Participant bo = Participant.invited(call.id(), new UserId("U2"), call.creator(), now());
        Pass pass = pass(store, losingAnswers(), claimed());
        clock.tick(Duration.ofSeconds(10));
        new Step.Add(List.of(bo)).perform(pass);
        Participant declined = bo.asking().standing(Participant.Standing.DECLINED, now().minusSeconds(5));
        assertThat(new Step.Remove(List.of(declined)).perform(pass)).contains(now().plus(RequestTimes.UNDER_WAY));
    }

    private Instant now() {
        return clock.instant();
    }

    private Claim claimed(Announcement... announcements) {
        Snapshot started = Snapshot.of(call, List.of(announcements), List.of());
        return store.change(ledger -> ledger.open(started, true, now(), Pass.leaseFrom(now())));
    }

    private Pass pass(CallStore through, SlackCalls slack, Claim claim) {
        return new Pass(
                through, slack, answering(MeetingProvider.class, Optional.empty()), new SecureIds(clock), clock, claim);
    }

    /** A minute passes at each write, in which another worker takes the Call over. */
    private CallStore stoppingAtWrites() {
        return (CallStore) Proxy.newProxyInstance(
                CallStore.class.getClassLoader(), new Class<?>[] {CallStore.class}, (proxy, method, arguments) -> {
                    try {
                        Object done = method.invoke(store, arguments);
                        if (method.getName().equals("goOn")) {
                            clock.tick(Duration.ofMinutes(1));
                            store.claim(call.id(), now(), Pass.leaseFrom(now()));
                        }
                        return done;
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    private static SlackCalls nobody() {
        return answering(SlackCalls.class, Optional.empty());
    }

    private static SlackCalls findingNothing() {
        return answering(SlackCalls.class, Reply.done(new Whereabouts(false, Optional.empty())));
    }

    private static SlackCalls losingAnswers() {
        return answering(SlackCalls.class, Reply.of(Reply.Verdict.LOST, "timeout"));
    }

    /** Answers with that alone; a question that wants another answer fails. */
    private static <T> T answering(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answer));
    }
}
