package dev.switchboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.call.Call;
import dev.switchboard.call.CallId;
import dev.switchboard.call.CallStore;
import dev.switchboard.call.CallStore.Claim;
import dev.switchboard.call.Participant;
import dev.switchboard.call.ResponseUrl;
import dev.switchboard.call.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What every ledger promises to whoever tells Slack. */
interface MirroringContract {
    Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    Instant LATER = NOW.plusSeconds(30);

    CallStore store();

    @Test
    default void a_call_is_claimed_by_one_worker_at_a_time() throws Exception {
        Call call = open(Samples.call("C1", "room"));
        List<Optional<Claim>> claims = atOnce(16, () -> store().claim(call.id(), NOW, LATER));
        assertThat(claims.stream().flatMap(Optional::stream)).hasSize(1);
    }

    @Test
    default void a_call_that_nothing_is_owed_about_is_not_claimed() {
        Call call = open(Samples.call("C1", "room"));
        assertThat(giveBack(claim(call.id()), Optional.empty())).isEmpty();
        assertThat(store().claim(call.id(), LATER.plusSeconds(1_000), LATER.plusSeconds(2_000)))
                .isEmpty();
        assertThat(store().due(LATER.plusSeconds(1_000), 10)).isEmpty();
    }

    @Test
    default void a_change_made_while_the_call_is_mirrored_is_not_missed() {
        Call call = open(Samples.call("C1", "room"));
        Claim claim = claim(call.id());
        outOfStep(call);
        assertThat(store().due(NOW, 10)).isEmpty(); // the worker has it
        Snapshot changed = giveBack(claim, Optional.empty()).orElseThrow();
        assertThat(changed.call().revision()).isEqualTo(2);
        assertThat(giveBack(claim.knowing(changed), Optional.empty())).isEmpty();
    }

    @Test
    default void a_change_made_while_a_retry_waits_is_due_at_once() {
        Call call = open(Samples.call("C1", "room"));
        giveBack(claim(call.id()), Optional.of(LATER));
        assertThat(store().due(NOW, 10)).isEmpty();
        outOfStep(call);
        assertThat(store().due(NOW, 10)).containsExactly(call.id());
    }

    @Test
    default void whoever_lost_the_lease_writes_nothing() {
        Call call = open(Samples.call("C1", "room"));
        Claim dead = claim(call.id());
        Claim heir = store().claim(call.id(), LATER, LATER.plusSeconds(30)).orElseThrow();
        assertThat(store().goOn(dead, Samples::over, LATER, LATER.plusSeconds(30)))
                .isEmpty();
        assertThat(store().giveBack(dead, Samples::over, LATER, LATER.plusSeconds(30), Optional.empty()))
                .isEmpty();
        assertThat(store().goOn(heir, UnaryOperator.identity(), LATER, LATER.plusSeconds(30))
                        .orElseThrow()
                        .call()
                        .live())
                .isTrue();
        assertThat(liveIn(call)).isTrue();
    }

    @Test
    default void a_lease_that_is_let_go_is_another_s_at_once_and_no_more_the_first_one_s() {
        Call call = open(Samples.call("C1", "room"));
        Call other = open(Samples.call("C2", "other"));
        Claim claim = claim(call.id());
        Claim kept = claim(other.id());
        store().letGo(List.of(call.id()), NOW);
        assertThat(store().due(NOW, 10)).containsExactly(call.id());
        assertThat(store().goOn(claim, Samples::over, NOW, LATER)).isEmpty();
        assertThat(store().goOn(kept, UnaryOperator.identity(), NOW, LATER)).isPresent();
        assertThat(store().claim(call.id(), NOW, LATER)).isPresent();
    }

    @Test
    default void letting_go_of_what_one_does_not_have_changes_nothing() {
        Call call = open(Samples.call("C1", "room"));
        giveBack(claim(call.id()), Optional.empty());
        store().letGo(List.of(call.id()), NOW);
        assertThat(store().due(LATER, 10)).isEmpty();
    }

    @Test
    default void whoever_works_on_keeps_the_lease() {
        Call call = open(Samples.call("C1", "room"));
        Claim claim = claim(call.id());
        assertThat(store().goOn(claim, UnaryOperator.identity(), NOW, LATER.plusSeconds(30)))
                .isPresent();
        assertThat(store().claim(call.id(), LATER, LATER.plusSeconds(60))).isEmpty();
    }

    @Test
    default void a_call_is_claimed_by_whoever_starts_it_and_by_others_once_that_one_is_silent() {
        Snapshot started = Samples.started(Samples.call("C1", "room"));
        CallId id = started.call().id();
        Claim claim = store().change(ledger -> ledger.open(started, false, NOW, LATER));
        assertThat(claim.snapshot()).isEqualTo(started);
        assertThat(store().due(NOW, 10)).isEmpty();
        assertThat(store().claim(id, NOW, LATER)).isEmpty();
        Claim heir = store().claim(id, LATER, LATER.plusSeconds(30)).orElseThrow();
        assertSameRows(heir.snapshot(), started);
        assertThat(store().goOn(claim, Samples::over, LATER, LATER.plusSeconds(30)))
                .isEmpty();
    }

    @Test
    default void what_came_of_mirroring_is_written_whether_or_not_the_call_was_changed_meanwhile() {
        for (boolean meanwhile : List.of(false, true)) {
            Snapshot started = Samples.started(Samples.call("C1", "room-" + meanwhile));
            Claim claim = store().change(ledger -> ledger.open(started, false, NOW, LATER));
            if (meanwhile) {
                outOfStep(started.call());
            }
            Snapshot after = store().goOn(claim, Samples::delivered, NOW, LATER).orElseThrow();
            assertSameRows(after, Samples.delivered(started));
            assertThat(giveBack(claim.knowing(after), Optional.of(NOW))).isEmpty();
            assertSameRows(claim(started.call().id()).snapshot(), Samples.delivered(started));
        }
    }

    private static void assertSameRows(Snapshot found, Snapshot expected) {
        assertThat(Samples.atRevision(found.call(), 0)).isEqualTo(Samples.atRevision(expected.call(), 0));
        assertThat(found.watch()).isEqualTo(expected.watch());
        assertThat(found.participants()).containsExactlyInAnyOrderElementsOf(expected.participants());
        assertThat(found.announcements()).containsExactlyInAnyOrderElementsOf(expected.announcements());
        assertThat(found.responseUrls()).containsExactlyElementsOf(expected.responseUrls());
    }

    @Test
    default void an_end_that_comes_while_the_call_is_mirrored_is_not_overwritten() {
        Call call = open(Samples.call("C1", "room"));
        Claim claim = claim(call.id());
        store().change(ledger -> {
            ledger.save(Samples.ended(call));
            ledger.outOfStep(call.id(), NOW);
            return null;
        });
        assertThat(store().goOn(claim, Samples::delivered, NOW, LATER)
                        .orElseThrow()
                        .call()
                        .live())
                .isFalse();
        assertThat(liveIn(call)).isFalse();
    }

    @Test
    default void what_came_of_the_last_step_is_written_as_the_lease_is_given_back() {
        for (boolean meanwhile : List.of(false, true)) {
            Snapshot started = Samples.started(Samples.call("C1", "room-" + meanwhile));
            CallId id = started.call().id();
            Claim claim = store().change(ledger -> ledger.open(started, false, NOW, LATER));
            if (meanwhile) {
                outOfStep(started.call());
            }
            Optional<Snapshot> more = store().giveBack(claim, Samples::delivered, NOW, LATER, Optional.of(NOW));
            assertThat(more.isPresent())
                    .as("changed meanwhile: there is more to do, and the lease is kept")
                    .isEqualTo(meanwhile);
            more.ifPresent(after -> assertSameRows(after, Samples.delivered(started)));
            assertThat(store().claim(id, NOW, LATER).isPresent()).isEqualTo(!meanwhile);
            Claim heir = store().claim(id, LATER, LATER.plusSeconds(30)).orElse(claim);
            assertSameRows(heir.snapshot(), Samples.delivered(started));
        }
    }

    @Test
    default void whoever_declines_while_slack_is_told_of_them_has_declined_and_slack_was_told_of_them() {
        for (boolean last : List.of(false, true)) {
            Snapshot started = Samples.started(Samples.call("C1", "room-" + last));
            Claim claim = store().change(ledger -> ledger.open(started, false, NOW, LATER));
            Participant declined = Samples.declined(started.participants().get(0));
            store().change(ledger -> {
                ledger.save(declined);
                ledger.outOfStep(declined.call(), NOW);
                return null;
            });
            Optional<Snapshot> after = last
                    ? store().giveBack(claim, Samples::delivered, NOW, LATER, Optional.empty())
                    : store().goOn(claim, Samples::delivered, NOW, LATER);
            List<Participant> inTheLedger = store().change(ledger -> ledger.participants(declined.call()));
            assertThat(inTheLedger).containsExactly(Samples.told(declined));
            assertThat(after.orElseThrow().participants()).isEqualTo(inTheLedger);
        }
    }

    private boolean liveIn(Call call) {
        return store().<Boolean>change(
                        ledger -> ledger.call(call.id()).orElseThrow().live());
    }

    private Optional<Snapshot> giveBack(Claim claim, Optional<Instant> next) {
        return store().giveBack(claim, UnaryOperator.identity(), NOW, LATER, next);
    }

    @Test
    default void a_response_url_is_wiped_with_its_last_use() {
        Snapshot started = Samples.started(Samples.call("C1", "room"));
        Claim claim = store().change(ledger -> ledger.open(started, false, NOW, LATER));
        for (int left = ResponseUrl.USES - 1; left >= 0; left--) {
            Snapshot used = store().goOn(claim, Samples::used, NOW, LATER).orElseThrow();
            claim = claim.knowing(used);
        }
        giveBack(claim, Optional.of(NOW));
        assertThat(claim(started.call().id()).snapshot().responseUrls()).isEmpty();
    }

    default Call open(Call call) {
        return store().change(ledger -> {
            ledger.open(call, false, NOW);
            ledger.outOfStep(call.id(), NOW);
            return call;
        });
    }

    default void outOfStep(Call call) {
        store().change(ledger -> {
            ledger.outOfStep(call.id(), NOW);
            return null;
        });
    }

    default Claim claim(CallId call) {
        return store().claim(call, NOW, LATER).orElseThrow();
    }

    static <T> List<T> atOnce(int many, Callable<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            List<Future<T>> futures = threads.invokeAll(java.util.Collections.nCopies(many, work));
            List<T> results = new java.util.ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
