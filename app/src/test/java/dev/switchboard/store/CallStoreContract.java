package dev.switchboard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.call.Announcement;
import dev.switchboard.call.Call;
import dev.switchboard.call.CallId;
import dev.switchboard.call.CallStore.Look;
import dev.switchboard.call.ChannelId;
import dev.switchboard.call.Ledger;
import dev.switchboard.call.MeetingProvider;
import dev.switchboard.call.Participant;
import dev.switchboard.call.Person;
import dev.switchboard.call.ResponseUrl;
import dev.switchboard.call.Snapshot;
import dev.switchboard.call.TeamId;
import dev.switchboard.call.UserId;
import dev.switchboard.call.Viewer;
import dev.switchboard.call.Watch;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every ledger promises, whatever it is kept in. */
interface CallStoreContract extends MirroringContract {
    @Test
    default void what_is_written_is_read_again() {
        Call call = Samples.call("C1", "room");
        Participant bo = new Participant(
                call.id(),
                Person.of(new UserId("U_BO")),
                Participant.Standing.INVITED,
                Optional.of(new Participant.Told(
                        new Person(
                                Optional.of(new UserId("U_BO")),
                                Optional.of("x"),
                                Optional.of("Bo"),
                                Optional.of(URI.create("https://a.example/b.png"))),
                        true)),
                Optional.of(new UserId("U_ANA")),
                NOW,
                new Participant.Visit(Optional.of("m-1"), Optional.of(NOW), Duration.ofSeconds(7)));
        ResponseUrl url = Samples.responseUrl(5);
        List<Announcement> announcements = Samples.announcements(call.id());
        store().change(ledger -> {
            ledger.open(call, false, NOW);
            ledger.save(bo);
            announcements.forEach(ledger::add);
            ledger.keep(call.id(), url);
            ledger.outOfStep(call.id(), NOW);
            return null;
        });
        Snapshot read = claim(call.id()).snapshot();
        assertThat(read.call().revision()).isEqualTo(1);
        assertThat(Samples.atRevision(read.call(), 0)).isEqualTo(call);
        assertThat(read.participants()).containsExactly(bo);
        assertThat(read.announcements()).containsExactlyInAnyOrderElementsOf(announcements);
        assertThat(read.responseUrls()).containsExactly(url);
    }

    @Test
    default void what_slack_has_not_answered_is_read_again() {
        Call call = Samples.inDoubt(Samples.call("C1", "room"));
        Participant bo = Samples.inDoubt(Samples.invited(call.id(), new UserId("U_BO")));
        store().change(ledger -> {
            ledger.open(call, false, NOW);
            ledger.save(bo);
            ledger.outOfStep(call.id(), NOW);
            return null;
        });
        Snapshot read = claim(call.id()).snapshot();
        assertThat(read.call().slack()).isEqualTo(call.slack());
        assertThat(read.participants()).containsExactly(bo);
    }

    @Test
    default void old_calls_are_forgotten_with_all_that_is_theirs_but_not_while_slack_or_a_look_is_owed() {
        Call forgotten = ended("forgotten");
        Call owed = ended("owed");
        Call watched = ended("watched");
        Call live = Samples.call("C1", "live");
        store().change(ledger -> {
            ledger.open(live, false, NOW);
            ledger.outOfStep(owed.id(), NOW);
            ledger.save(ledger.watch(watched.id()).orElseThrow(), Optional.of(LATER));
            return null;
        });
        assertThat(store().forgetCalls(NOW.minusSeconds(1)))
                .as("nothing is so old")
                .isZero();
        assertThat(store().forgetCalls(NOW.plusSeconds(3_600))).isEqualTo(1);
        assertThat(store().forgetCalls(NOW.plusSeconds(3_600))).isZero();
        store().change(ledger -> {
            assertThat(ledger.call(forgotten.id())).isEmpty();
            assertThat(ledger.watch(forgotten.id())).isEmpty();
            assertThat(ledger.participants(forgotten.id())).isEmpty();
            assertThat(List.of(owed, watched, live))
                    .allMatch(call -> ledger.call(call.id()).isPresent());
            return null;
        });
    }

    private Call ended(String room) {
        Call call = Samples.call("C1", room);
        store().change(ledger -> {
            ledger.open(call, false, NOW);
            ledger.save(Samples.invited(call.id(), new UserId("U_BO")));
            Samples.announcements(call.id()).forEach(ledger::add);
            ledger.keep(call.id(), Samples.responseUrl(5));
            ledger.save(Samples.ended(call));
            ledger.save(ledger.watch(call.id()).orElseThrow(), Optional.empty());
            return null;
        });
        return call;
    }

    @Test
    default void a_delivery_is_first_seen_once() {
        assertThat(store().<Boolean>change(ledger -> ledger.firstSight("event Ev1", NOW)))
                .isTrue();
        assertThat(store().<Boolean>change(ledger -> ledger.firstSight("event Ev1", NOW)))
                .isFalse();
        assertThat(store().<Boolean>change(ledger -> ledger.firstSight("event Ev2", NOW)))
                .isTrue();
    }

    @Test
    default void of_many_at_once_one_sees_a_delivery_first() throws Exception {
        assertThat(MirroringContract.atOnce(
                        16, () -> store().<Boolean>change(ledger -> ledger.firstSight("event Ev1", NOW))))
                .containsOnlyOnce(true);
    }

    @Test
    default void a_room_has_one_live_call_however_many_start_it_at_once() throws Exception {
        List<CallId> started = MirroringContract.atOnce(16, () -> {
            Call mine = Samples.call("C1", "standing-room");
            return store().<CallId>change(ledger -> ledger.liveInRoom(mine.team(), "standing-room")
                    .map(Call::id)
                    .orElseGet(() -> {
                        ledger.open(mine, false, NOW);
                        return mine.id();
                    }));
        });
        assertThat(started).allMatch(started.get(0)::equals);
    }

    @Test
    default void a_conversation_has_one_call_started_alone_however_many_start_it_at_once() throws Exception {
        List<CallId> started = MirroringContract.atOnce(16, () -> {
            Call mine = Samples.call("C1", UUID.randomUUID().toString());
            return store().<CallId>change(ledger -> ledger.liveIn(mine.team(), mine.channel()).stream()
                    .findFirst()
                    .map(Call::id)
                    .orElseGet(() -> {
                        ledger.open(mine, true, NOW);
                        return mine.id();
                    }));
        });
        assertThat(started).allMatch(started.get(0)::equals);
    }

    @Test
    default void an_ended_call_makes_room_for_another() {
        Call first = open(Samples.call("C1", "room"));
        store().change(ledger -> {
            ledger.save(Samples.ended(first));
            return null;
        });
        Call second = open(Samples.call("C1", "room"));
        assertThat(store().<Optional<Call>>change(l -> l.liveInRoom(first.team(), "room"))
                        .map(Call::id))
                .contains(second.id());
        assertThat(store().<Optional<Call>>change(l -> l.lastInRoom(first.team(), "room"))
                        .map(Call::id))
                .contains(first.id());
    }

    @Test
    default void work_that_throws_leaves_no_trace() {
        Call call = Samples.call("C1", "room");
        assertThatThrownBy(() -> store().change(ledger -> {
                    ledger.open(call, false, NOW);
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessageContaining("on purpose");
        assertThat(store().<Optional<Call>>change(ledger -> ledger.call(call.id())))
                .isEmpty();
    }

    @Test
    default void the_longest_waiting_is_due_first() {
        Call second = Samples.call("C1", "b");
        Call first = Samples.call("C1", "a");
        store().change(ledger -> {
            ledger.open(second, false, NOW);
            ledger.open(first, false, NOW);
            ledger.outOfStep(second.id(), NOW);
            ledger.outOfStep(first.id(), NOW.minusSeconds(5));
            return null;
        });
        assertThat(store().due(NOW, 10)).containsExactly(first.id(), second.id());
        assertThat(store().due(NOW, 1)).containsExactly(first.id());
    }

    @Test
    default void rooms_due_soon_come_along_with_one_that_is_due_but_none_is_looked_at_early_by_itself() {
        look("a", Optional.of(NOW.minusSeconds(10)), NOW.plusSeconds(4));
        assertThat(store().claimLooks(NOW, NOW.plusSeconds(5), LATER, 10)).isEmpty();
        look("b", Optional.of(NOW.minusSeconds(20)), NOW);
        assertThat(store().claimLooks(NOW, NOW.plusSeconds(5), LATER, 10)).hasSize(2);
    }

    @Test
    default void a_look_that_is_to_confirm_what_was_just_seen_waits_for_its_time() {
        Call confirmed = look("a", Optional.of(NOW), NOW.plusSeconds(5));
        Call other = look("b", Optional.of(NOW.minusSeconds(10)), NOW);
        assertThat(store().claimLooks(NOW, NOW.plusSeconds(5), LATER, 10))
                .extracting(look -> look.call().id())
                .containsExactly(other.id());
        assertThat(store().claimLooks(NOW.plusSeconds(5), NOW.plusSeconds(10), LATER, 10))
                .extracting(look -> look.call().id())
                .containsExactly(confirmed.id());
    }

    @Test
    default void a_room_that_somebody_cares_for_is_looked_at_sooner_and_none_later() {
        Call quiet = look("a", Optional.of(NOW), NOW.plusSeconds(3_600));
        Call soon = look("b", Optional.of(NOW), NOW.plusSeconds(5));
        store().change(ledger -> {
            ledger.touch(quiet.id(), NOW, NOW.plusSeconds(10));
            ledger.touch(soon.id(), NOW, NOW.plusSeconds(10));
            return null;
        });
        assertThat(store().claimLooks(NOW.plusSeconds(5), NOW.plusSeconds(5), LATER, 10))
                .extracting(look -> look.call().id())
                .containsExactly(soon.id());
        assertThat(store().claimLooks(NOW.plusSeconds(10), NOW.plusSeconds(10), LATER, 10))
                .extracting(look -> look.call().id())
                .containsExactly(quiet.id());
    }

    @Test
    default void looks_that_are_let_go_are_anybody_s_at_once_and_what_came_of_them_is_not_written() {
        look("a", Optional.of(NOW.minusSeconds(10)), NOW);
        Look lost = store().claimLooks(NOW, NOW, LATER, 10).stream().findFirst().orElseThrow();
        assertThat(store().claimLooks(NOW, NOW, LATER, 10)).isEmpty();
        store().letGoOfLooks(NOW);
        assertThat(store().claimLooks(NOW, NOW, LATER, 10)).hasSize(1);
        boolean held = store().change(ledger -> ledger.holds(lost));
        assertThat(held).isFalse();
    }

    @Test
    default void a_recording_is_known_by_its_id_whatever_the_format_of_its_link() {
        Call call = open(Samples.call("C1", "room"));
        store().change(ledger -> {
            Samples.announcements(call.id()).forEach(ledger::add);
            return null;
        });
        URI told = URI.create("https://bbb.example.com/playback/1");
        URI other = URI.create("https://bbb.example.com/slides/2");
        assertThat(isTold(call, recording("another", told))).isTrue();
        assertThat(isTold(call, recording("playback/1", other))).isTrue();
        assertThat(isTold(call, recording("playback/2", other))).isFalse();
    }

    private boolean isTold(Call call, MeetingProvider.Recording recording) {
        return store().change(ledger -> ledger.hasRecording(call.id(), recording));
    }

    private static MeetingProvider.Recording recording(String id, URI url) {
        return new MeetingProvider.Recording(id, url, Duration.ofMinutes(1), NOW, NOW);
    }

    @Test
    default void what_is_of_no_use_any_more_is_forgotten() {
        Call call = open(Samples.call("C1", "room"));
        ResponseUrl url = Samples.responseUrl(5);
        store().change(ledger -> {
            Samples.announcements(call.id()).forEach(ledger::add);
            ledger.keep(call.id(), url);
            for (int i = 0; i < 1_200; i++) {
                ledger.firstSight("old " + i, NOW);
            }
            return ledger.firstSight("new", LATER);
        });
        store().forget(LATER, url.expires());
        assertThat(store().<Boolean>change(ledger -> ledger.firstSight("old 1199", LATER)))
                .isTrue();
        assertThat(store().<Boolean>change(ledger -> ledger.firstSight("new", LATER)))
                .isFalse();
        assertThat(claim(call.id()).snapshot().responseUrls()).isEmpty();
    }

    @Test
    default void lists_show_what_the_person_may_see() {
        UserId cy = new UserId("U_CY");
        ChannelId here = new ChannelId("C_HERE");
        Call open = open(Samples.with(Samples.call("C1", "a"), Call.Visibility.PUBLIC));
        open(Samples.with(Samples.call("C2", "b"), Call.Visibility.PRIVATE_UNTIL_KNOWN));
        Call invitedTo = open(Samples.with(Samples.call("C3", "c"), Call.Visibility.PRIVATE));
        Call local = open(Samples.with(Samples.call("C_HERE", "d"), Call.Visibility.PRIVATE));
        store().change(ledger -> {
            ledger.save(Samples.invited(invitedTo.id(), cy));
            return null;
        });
        assertThat(store().<List<Call>>change(l -> l.liveVisibleTo(new Viewer(open.team(), cy, here, false), 10)))
                .extracting(Call::id)
                .containsExactlyInAnyOrder(open.id(), invitedTo.id(), local.id())
                .startsWith(local.id());
        store().change(ledger -> {
            List.of(open, invitedTo, local).forEach(call -> ledger.save(Samples.ended(call)));
            return null;
        });
        assertThat(store().<List<Call>>change(l -> l.endedVisibleTo(new Viewer(open.team(), cy, here, false), 10)))
                .hasSize(3);
        assertThat(store().<List<Call>>change(l -> l.endedVisibleTo(new Viewer(open.team(), cy, here, false), 2)))
                .hasSize(2);
    }

    @Test
    default void whether_a_history_was_looked_through_is_known() {
        Call one = Samples.call("C1", "room");
        addEnded(Ledger.LOOKED_BACK);
        assertThat(store().<Boolean>change(l -> l.endedLongAgo(one.team()))).isFalse();
        addEnded(1);
        assertThat(store().<Boolean>change(l -> l.endedLongAgo(one.team()))).isTrue();
        assertThat(store().<Boolean>change(l -> l.endedLongAgo(new TeamId("T2"))))
                .isFalse();
    }

    private void addEnded(int calls) {
        store().change(ledger -> {
            for (int i = 0; i < calls; i++) {
                ledger.open(Samples.ended(Samples.call("C1", "room-" + i)), false, NOW);
            }
            return null;
        });
    }

    /** A Call whose room was last seen then, and is to be looked at then. */
    private Call look(String room, Optional<Instant> lookedAt, Instant due) {
        Call call = open(Samples.call("C1", room));
        Watch fresh = Watch.of(call.id(), NOW);
        Watch seen = new Watch(
                call.id(),
                NOW,
                Optional.empty(),
                lookedAt,
                fresh.unclearSince(),
                fresh.firstJoin(),
                fresh.lastPresent(),
                fresh.emptySince(),
                fresh.goneSince(),
                NOW,
                0,
                false);
        store().change(ledger -> {
            ledger.save(seen, Optional.of(due));
            return null;
        });
        return call;
    }
}
