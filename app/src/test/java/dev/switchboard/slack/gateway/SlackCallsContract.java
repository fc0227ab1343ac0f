package dev.switchboard.slack.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.call.Announcement;
import dev.switchboard.call.Call;
import dev.switchboard.call.CallId;
import dev.switchboard.call.ChannelId;
import dev.switchboard.call.Person;
import dev.switchboard.call.Reply;
import dev.switchboard.call.Reply.Verdict;
import dev.switchboard.call.Room;
import dev.switchboard.call.SlackCallId;
import dev.switchboard.call.SlackCalls;
import dev.switchboard.call.SlackCalls.SlackView;
import dev.switchboard.call.Snapshot;
import dev.switchboard.call.TeamId;
import dev.switchboard.call.Title;
import dev.switchboard.call.UserId;
import dev.switchboard.call.Watch;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What the port {@link SlackCalls} promises, in a sandbox and in a real workspace alike. Against a real one it leaves a
 * few ended Calls and their cards behind.
 */
interface SlackCallsContract {
    /** The port under test. */
    SlackCalls slack();

    /** The workspace it speaks to. */
    TeamId team();

    /** A public channel that the bot is a member of. */
    ChannelId channel();

    /** Somebody of the workspace, no bot. */
    UserId user();

    /** A Call that Slack doesn't know of yet. */
    default Call unregistered() {
        UUID id = UUID.randomUUID();
        URI join = URI.create("https://meet.example.com/contract-" + id);
        return new Call(
                new CallId(id),
                team(),
                channel(),
                user(),
                Title.of("Switchboard's contract & test"),
                new Room("contract-" + id, join, Optional.empty()),
                Call.RoomState.OPEN,
                "123-456-789",
                Optional.empty(),
                Call.Visibility.PUBLIC_BY_NAME,
                Instant.now().minusSeconds(90).truncatedTo(ChronoUnit.SECONDS),
                Optional.empty(),
                new Call.SlackSide(Optional.empty(), Optional.empty(), false, false, Optional.empty()),
                0,
                Instant.now());
    }

    /** The same Call once Slack knows of it. */
    default Call known(Call call, SlackCallId id, Optional<Title> title) {
        return new Call(
                call.id(),
                call.team(),
                call.channel(),
                call.creator(),
                title,
                call.room(),
                call.roomState(),
                call.displayId(),
                call.previous(),
                call.visibility(),
                call.startedAt(),
                call.end(),
                new Call.SlackSide(Optional.of(id), call.title(), false, false, Optional.empty()),
                call.revision(),
                call.changedAt());
    }

    default Call registered(List<Person> people) {
        Call call = unregistered();
        Reply<SlackCallId> reply = slack().register(call, Optional.of(call.creator()), people);
        assertThat(reply.verdict()).as(reply.code()).isEqualTo(Verdict.DONE);
        return known(call, reply.value().orElseThrow(), call.title());
    }

    default SlackView view(Call call) {
        Reply<SlackView> reply = slack().info(call);
        assertThat(reply.verdict()).as(reply.code()).isEqualTo(Verdict.DONE);
        return reply.value().orElseThrow();
    }

    default List<Person> people() {
        return List.of(Person.of(user()));
    }

    default void ends(Call call) {
        Reply<SlackCalls.Unit> reply = slack().end(call, Duration.ofSeconds(60));
        assertThat(reply.verdict()).as(reply.code()).isEqualTo(Verdict.DONE);
    }

    @Test
    default void a_registered_call_is_known_by_its_title_and_people() {
        Call call = registered(people());
        SlackView view = view(call);
        ends(call);

        assertThat(call.slack().id().orElseThrow().value()).startsWith("R");
        assertThat(view.title()).isEqualTo(call.title());
        assertThat(view.people()).isEqualTo(1);
        assertThat(view.endedAt()).isEmpty();
    }

    @Test
    default void an_unknown_person_spoils_the_registration_for_good() {
        Reply<SlackCallId> reply =
                slack().register(unregistered(), Optional.empty(), List.of(Person.of(new UserId("U0NOBODY00"))));

        assertThat(reply.verdict()).as(reply.code()).isEqualTo(Verdict.NEVER);
    }

    @Test
    default void an_unknown_creator_spoils_the_registration_and_none_does_not() {
        Call call = unregistered();
        Reply<SlackCallId> unknown = slack().register(call, Optional.of(new UserId("U0NOBODY00")), List.of());
        Reply<SlackCallId> none = slack().register(call, Optional.empty(), List.of());

        assertThat(unknown.verdict()).as(unknown.code()).isEqualTo(Verdict.NEVER);
        assertThat(unknown.code()).isEqualTo(SlackCalls.CREATOR_REFUSED);
        assertThat(none.verdict()).as(none.code()).isEqualTo(Verdict.DONE);
        ends(known(call, none.value().orElseThrow(), call.title()));
    }

    @Test
    default void a_renamed_call_has_the_new_title() {
        Call call = registered(List.of());
        Call renamed = known(call, call.slack().id().orElseThrow(), Title.of("Another title"));
        Reply<SlackCalls.Unit> reply = slack().rename(renamed);
        SlackView view = view(call);
        ends(call);

        assertThat(reply.settled()).as(reply.code()).isTrue();
        assertThat(view.title()).isEqualTo(Title.of("Another title"));
    }

    @Test
    default void somebody_added_is_on_the_call_and_adding_them_again_is_as_good_as_done() {
        Call call = registered(List.of());
        Reply<SlackCalls.Unit> first = slack().add(call, people());
        Reply<SlackCalls.Unit> second = slack().add(call, people());
        SlackView view = view(call);
        ends(call);

        assertThat(first.settled()).as(first.code()).isTrue();
        assertThat(second.settled()).as(second.code()).isTrue();
        assertThat(view.people()).isEqualTo(1);
    }

    @Test
    default void an_unknown_person_can_never_be_added() {
        Call call = registered(List.of());
        Reply<SlackCalls.Unit> reply = slack().add(call, List.of(Person.of(new UserId("U0NOBODY00"))));
        ends(call);

        assertThat(reply.verdict()).as(reply.code()).isEqualTo(Verdict.NEVER);
    }

    @Test
    default void somebody_removed_is_off_the_call_and_removing_them_again_does_no_harm() {
        Call call = registered(people());
        Reply<SlackCalls.Unit> first = slack().remove(call, people());
        Reply<SlackCalls.Unit> second = slack().remove(call, people());
        SlackView view = view(call);
        ends(call);

        assertThat(first.settled()).as(first.code()).isTrue();
        assertThat(second.verdict()).as(second.code()).isNotIn(Verdict.LATER, Verdict.UNKNOWN, Verdict.LOST);
        assertThat(view.people()).isZero();
    }

    @Test
    default void an_ended_call_has_its_duration_and_takes_no_changes() {
        Call call = registered(people());
        ends(call);
        Reply<SlackCalls.Unit> again = slack().end(call, Duration.ofSeconds(999));
        Reply<SlackCalls.Unit> added = slack().add(call, people());

        assertThat(view(call).endedAt()).contains(call.startedAt().plusSeconds(60));
        assertThat(again.verdict()).as(again.code()).isEqualTo(Verdict.ALREADY);
        assertThat(added.verdict()).as(added.code()).isEqualTo(Verdict.ALREADY);
    }

    @Test
    default void a_call_that_slack_does_not_know_is_refused_for_good() {
        Call call = known(unregistered(), new SlackCallId("R0NOTTHERE"), Optional.empty());

        assertThat(slack().info(call).verdict()).isEqualTo(Verdict.NEVER);
        assertThat(slack().end(call, Duration.ZERO).verdict()).isEqualTo(Verdict.NEVER);
    }

    @Test
    default void a_posted_card_is_found_and_the_call_says_where_it_stands() {
        Call call = registered(List.of());
        Announcement card = card(call);
        boolean before = there(call, card);
        var posted = slack().deliver(snapshot(call), card, Optional.empty());
        boolean after = there(call, card);
        SlackView view = view(call);
        ends(call);

        assertThat(posted.verdict()).as(posted.code()).isEqualTo(Verdict.DONE);
        assertThat(before).isFalse();
        assertThat(after).isTrue();
        assertThat(view.channels()).containsExactly(channel());
    }

    private static Snapshot snapshot(Call call) {
        Watch watch = Watch.of(call.id(), call.startedAt());
        return new Snapshot(call, watch, List.of(), List.of(), List.of(), Instant.now());
    }

    private boolean there(Call call, Announcement card) {
        Reply<SlackCalls.Whereabouts> reply = slack().find(call, card);
        assertThat(reply.verdict()).as(reply.code()).isEqualTo(Verdict.DONE);
        return reply.value().orElseThrow().there();
    }

    private static Announcement card(Call call) {
        return new Announcement(
                UUID.randomUUID(),
                call.id(),
                new Announcement.Card(call.channel()),
                Announcement.Route.MESSAGE,
                Announcement.State.OWED,
                Instant.now(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    default void a_public_channel_is_public() {
        Reply<Boolean> reply = slack().isPublic(team(), channel());

        assertThat(reply.verdict()).as(reply.code()).isEqualTo(Verdict.DONE);
        assertThat(reply.value()).contains(true);
    }

    @Test
    default void a_channel_that_is_not_there_counts_as_private() {
        assertThat(slack().isPublic(team(), new ChannelId("C0NOTTHERE")).value())
                .contains(false);
    }

    @Test
    default void somebody_known_is_an_admin_or_is_not() {
        Reply<Boolean> reply = slack().isAdmin(team(), user());

        assertThat(reply.verdict()).as(reply.code()).isEqualTo(Verdict.DONE);
    }

    @Test
    default void somebody_unknown_can_not_be_asked_about() {
        assertThat(slack().isAdmin(team(), new UserId("U0NOBODY00")).settled()).isFalse();
    }
}
