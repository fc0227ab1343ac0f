package dev.switchboard.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.call.Announcement.Route;
import dev.switchboard.call.Announcement.Topic;
import dev.switchboard.call.Participant.Standing;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the mirror decides in each state: a class per state, a test per rule. */
class OwedTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final CallId ID = new CallId(UUID.randomUUID());
    private static final UserId ANA = new UserId("U_ANA");
    private static final UserId BO = new UserId("U_BO");
    private static final UserId CY = new UserId("U_CY");
    private static final ChannelId GENERAL = new ChannelId("C_GENERAL");
    private static final Room ROOM = new Room("room", URI.create("https://meet.example.com/room"), Optional.empty());

    private Call call = new Call(
            ID,
            new TeamId("T1"),
            GENERAL,
            ANA,
            Title.of("Sync"),
            ROOM,
            Call.RoomState.OPEN,
            "123-456-789",
            Optional.empty(),
            Call.Visibility.PUBLIC,
            NOW.minusSeconds(60),
            Optional.empty(),
            Call.SlackSide.NOTHING,
            1,
            NOW);
    private Watch watch = Watch.of(ID, NOW);
    private final List<Participant> people = new ArrayList<>();
    private final List<Announcement> announcements = new ArrayList<>();
    private final List<ResponseUrl> urls = new ArrayList<>();

    @Nested
    class NotRegistered {
        @Test
        void the_call_is_registered_with_those_invited() {
            people.add(invited(BO));
            people.add(invited(CY).standing(Standing.DECLINED, NOW));
            assertThat(owed()).containsExactly(new Step.Register(List.of(people.get(0))));
        }

        @Test
        void nothing_is_announced_yet() {
            announcements.add(of(new Announcement.Card(GENERAL)));
            announcements.add(of(new Announcement.Ring(BO, ANA)));
            assertThat(owed()).containsExactly(new Step.Register(List.of()));
        }

        @Test
        void whoever_pressed_the_call_icon_is_answered_first() {
            announcements.add(of(new Announcement.IconAnswer(ANA, false)));
            urls.add(url(ANA, NOW.plusSeconds(1_000), 5));
            assertThat(owed())
                    .containsExactly(
                            new AnnouncementStep.Deliver(announcements.get(0), Optional.of(urls.get(0))),
                            new Step.Register(List.of()));
        }

        @Test
        void nobody_is_sent_into_a_call_that_was_called_off() {
            announcements.add(of(new Announcement.IconAnswer(ANA, false)));
            urls.add(url(ANA, NOW.plusSeconds(1_000), 5));
            call = call.ended(new Call.End(NOW, Optional.of(ANA), Duration.ZERO));
            assertThat(owed()).first().isInstanceOf(AnnouncementStep.GiveUp.class);
        }

        @Test
        void nobody_waits_for_the_call_icon_for_long() {
            announcements.add(Announcement.of(
                    UUID.randomUUID(), ID, new Announcement.IconAnswer(ANA, false), NOW.minus(Duration.ofMinutes(2))));
            assertThat(owed()).first().isInstanceOf(AnnouncementStep.GiveUp.class);
        }

        @Test
        void it_is_registered_even_if_it_has_ended_meanwhile() {
            call = call.ended(end());
            assertThat(owed()).containsExactly(new Step.Register(List.of()));
        }
    }

    @Nested
    class Refused {
        @Test
        void what_would_show_the_card_is_let_go_and_people_are_told() {
            call = call.slack(call.slack().refused("not_authorized"));
            announcements.add(of(new Announcement.Card(GENERAL)));
            announcements.add(of(new Announcement.Ring(BO, ANA)));
            announcements.add(of(notice(Topic.NOT_REGISTERED)));
            assertThat(owed())
                    .hasSize(3)
                    .satisfies(steps -> assertThat(steps.get(0)).isInstanceOf(AnnouncementStep.GiveUp.class))
                    .satisfies(steps -> assertThat(steps.get(1)).isInstanceOf(AnnouncementStep.GiveUp.class))
                    .satisfies(steps -> assertThat(steps.get(2)).isInstanceOf(AnnouncementStep.Reroute.class));
        }
    }

    @Nested
    class Live {
        @Test
        void nobody_is_told_of_a_refusal_that_is_over() {
            registered();
            announcements.add(of(notice(Topic.NOT_REGISTERED)));
            assertThat(owed()).containsExactly(new AnnouncementStep.GiveUp(announcements.get(0)));
        }

        @Test
        void nothing_is_owed_when_slack_shows_the_truth() {
            registered();
            people.add(told(invited(BO)));
            assertThat(owed()).isEmpty();
        }

        @Test
        void the_card_comes_before_the_people_and_the_people_before_the_rings() {
            registered();
            announcements.add(of(new Announcement.Ring(BO, ANA)));
            announcements.add(of(new Announcement.Card(GENERAL)));
            people.add(invited(BO));
            assertThat(owed())
                    .containsExactly(
                            new AnnouncementStep.Deliver(announcements.get(1), Optional.empty()),
                            new Step.Add(List.of(people.get(0))),
                            new AnnouncementStep.Deliver(announcements.get(0), Optional.empty()));
        }

        @Test
        void a_link_is_unfurled_after_the_card_of_the_same_conversation_and_elsewhere_at_once() {
            registered();
            ChannelId elsewhere = new ChannelId("C_RANDOM");
            announcements.add(of(unfurl()));
            announcements.add(
                    of(new Announcement.Unfurl(elsewhere, "1.2", "https://x", Optional.empty(), Optional.empty())));
            announcements.add(of(new Announcement.Card(GENERAL)));
            assertThat(owed())
                    .containsExactly(
                            new AnnouncementStep.Deliver(announcements.get(2), Optional.empty()),
                            new AnnouncementStep.Deliver(announcements.get(1), Optional.empty()));
            announcements.set(2, announcements.get(2).givenUp());
            assertThat(owed()).contains(new AnnouncementStep.Deliver(announcements.get(0), Optional.empty()));
        }

        @Test
        void ten_who_came_are_one_request() {
            registered();
            for (int i = 0; i < 10; i++) {
                people.add(invited(new UserId("U" + i)));
            }
            assertThat(owed()).containsExactly(new Step.Add(List.copyOf(people)));
        }

        @Test
        void more_than_a_batch_go_in_several() {
            registered();
            for (int i = 0; i < Owed.BATCH + 1; i++) {
                people.add(invited(new UserId("U" + i)));
            }
            assertThat(owed()).containsExactly(new Step.Add(people.subList(0, Owed.BATCH)));
        }

        @Test
        void whoever_declined_is_taken_off_the_card() {
            registered();
            people.add(told(invited(BO)).standing(Standing.DECLINED, NOW));
            assertThat(owed()).containsExactly(new Step.Remove(people));
        }

        @Test
        void whoever_declined_before_being_on_the_card_is_not() {
            registered();
            people.add(invited(BO).standing(Standing.DECLINED, NOW));
            assertThat(owed()).isEmpty();
        }

        @Test
        void whom_slack_was_asked_to_show_without_an_answer_is_shown_again_or_taken_off() {
            registered();
            people.add(invited(BO).asking());
            assertThat(owed()).containsExactly(new Step.Add(people));
            people.replaceAll(bo -> bo.standing(Standing.DECLINED, NOW));
            assertThat(owed()).containsExactly(new Step.Remove(people));
        }

        @Test
        void whom_slack_was_asked_to_take_off_without_an_answer_and_who_is_back_is_shown_again() {
            registered();
            people.add(told(invited(BO)).asking());
            assertThat(owed()).containsExactly(new Step.Add(people));
        }

        @Test
        void a_title_that_slack_has_not_answered_is_told_again_whatever_it_was() {
            registered();
            call = call.slack(call.slack().titled(Optional.empty()));
            assertThat(owed()).containsExactly(new Step.Rename());
        }

        @Test
        void a_new_title_is_told() {
            registered();
            call = call.renamed(new Title("Other"), ROOM);
            assertThat(owed()).containsExactly(new Step.Rename());
        }

        @Test
        void nobody_is_rung_who_is_not_asked_in_any_more() {
            registered();
            people.add(invited(BO).standing(Standing.DECLINED, NOW));
            announcements.add(of(new Announcement.Ring(BO, ANA)));
            assertThat(owed()).containsExactly(new AnnouncementStep.GiveUp(announcements.get(0)));
        }

        @Test
        void a_ring_that_may_have_been_heard_is_looked_for_though_it_has_no_point_any_more() {
            registered();
            people.add(invited(BO).standing(Standing.DECLINED, NOW));
            announcements.add(of(new Announcement.Ring(BO, ANA)).trying(NOW));
            assertThat(owed()).containsExactly(new AnnouncementStep.Find(announcements.get(0)));
            announcements.set(0, announcements.get(0).owed());
            assertThat(owed()).containsExactly(new AnnouncementStep.GiveUp(announcements.get(0)));
        }

        @Test
        void nobody_is_asked_whether_it_goes_on_once_that_is_known() {
            registered();
            announcements.add(of(new Announcement.Question(GENERAL, ANA)));
            assertThat(owed()).containsExactly(new AnnouncementStep.GiveUp(announcements.get(0)));
        }

        @Test
        void whether_the_conversation_is_public_is_asked_last() {
            registered();
            call = call.visibility(Call.Visibility.PUBLIC_BY_NAME);
            assertThat(owed()).containsExactly(new Step.LookAtConversation());
        }
    }

    @Nested
    class Ended {
        @Test
        void what_changed_before_the_end_is_told_before_it() {
            registered();
            call = call.renamed(new Title("Other"), ROOM).ended(end());
            people.add(invited(BO));
            assertThat(owed()).containsExactly(new Step.Rename(), new Step.Add(people), new Step.End(false));
        }

        @Test
        void nobody_is_rung_any_more() {
            registered();
            call = call.ended(end());
            people.add(told(invited(BO)));
            announcements.add(of(new Announcement.Ring(BO, ANA)));
            assertThat(owed()).containsExactly(new Step.End(true), new AnnouncementStep.GiveUp(announcements.get(0)));
        }

        @Test
        void nobody_is_asked_any_more_whether_it_goes_on() {
            registered();
            call = call.ended(end());
            watch = watch.asked(NOW);
            announcements.add(of(new Announcement.Question(GENERAL, ANA)));
            assertThat(owed()).containsExactly(new Step.End(true), new AnnouncementStep.GiveUp(announcements.get(0)));
        }

        @Test
        void after_slack_was_told_nothing_more_is_owed() {
            registered();
            call = call.renamed(new Title("Other"), ROOM).ended(end());
            call = call.slack(call.slack().toldOfTheEnd());
            people.add(invited(BO));
            assertThat(owed()).isEmpty();
        }
    }

    @Nested
    class Announcing {
        @Test
        void a_message_whose_reply_was_lost_is_looked_for() {
            registered();
            announcements.add(of(new Announcement.Card(GENERAL)).trying(NOW));
            assertThat(owed()).containsExactly(new AnnouncementStep.Find(announcements.get(0)));
        }

        @Test
        void an_unfurl_whose_reply_was_lost_is_sent_again() {
            registered();
            announcements.add(of(unfurl()).trying(NOW));
            assertThat(owed()).containsExactly(new AnnouncementStep.Deliver(announcements.get(0), Optional.empty()));
        }

        @Test
        void the_response_url_must_be_that_of_the_person() {
            registered();
            announcements.add(cardByResponseUrl());
            urls.add(url(BO, NOW.plusSeconds(1_000), 5));
            assertThat(owed()).containsExactly(new AnnouncementStep.Reroute(announcements.get(0), "expired_url"));
        }

        @Test
        void the_response_url_must_neither_be_expired_nor_used_up() {
            registered();
            announcements.add(cardByResponseUrl());
            urls.add(url(ANA, NOW, 5));
            urls.add(url(ANA, NOW.plusSeconds(1_000), 0));
            assertThat(owed()).containsExactly(new AnnouncementStep.Reroute(announcements.get(0), "expired_url"));
        }

        @Test
        void the_youngest_response_url_is_used() {
            registered();
            announcements.add(cardByResponseUrl());
            urls.add(url(ANA, NOW.plusSeconds(10), 5));
            urls.add(url(ANA, NOW.plusSeconds(20), 5));
            assertThat(owed())
                    .containsExactly(new AnnouncementStep.Deliver(announcements.get(0), Optional.of(urls.get(1))));
        }

        @Test
        void delivered_is_delivered() {
            registered();
            announcements.add(of(new Announcement.Card(GENERAL)).delivered(Optional.empty()));
            announcements.add(of(unfurl()).givenUp());
            assertThat(owed()).isEmpty();
        }

        @Test
        void a_decline_is_told_where_it_can_be_looked_for() {
            assertThat(notice(Topic.DECLINED).routes()).containsExactly(Route.DIRECT, Route.EPHEMERAL);
        }
    }

    private List<Step> owed() {
        return Owed.steps(new Snapshot(call, watch, people, announcements, urls, NOW));
    }

    private void registered() {
        call = call.slack(call.slack().registered(new SlackCallId("R1")).titled(call.title()));
    }

    private static Call.End end() {
        return new Call.End(NOW, Optional.of(ANA), Duration.ofSeconds(60));
    }

    private static Participant invited(UserId user) {
        return Participant.invited(ID, user, ANA, NOW);
    }

    private static Participant told(Participant participant) {
        return participant.onCard();
    }

    private static Announcement of(Announcement.Target target) {
        return Announcement.of(UUID.randomUUID(), ID, target, NOW);
    }

    private static Announcement cardByResponseUrl() {
        return of(new Announcement.Card(GENERAL)).rerouted().orElseThrow();
    }

    private static Announcement.Unfurl unfurl() {
        return new Announcement.Unfurl(GENERAL, "1.1", "https://x", Optional.empty(), Optional.empty());
    }

    private static Announcement.Notice notice(Topic topic) {
        return new Announcement.Notice(ANA, topic, Optional.of(BO), Optional.empty());
    }

    private static ResponseUrl url(UserId user, Instant expires, int uses) {
        return new ResponseUrl(
                UUID.randomUUID(), user, GENERAL, URI.create("https://hooks.example.com/1"), expires, uses);
    }
}
