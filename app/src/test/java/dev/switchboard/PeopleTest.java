package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static dev.switchboard.Office.lists;
import static dev.switchboard.Office.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Participant;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whom Slack lets on a Call, and what becomes of the others. */
@Timeout(60)
class PeopleTest {
    private static final String UNKNOWN = "<@U0NOBODY|nobody>";

    @RegisterExtension
    private final Office office = new Office();

    @Test
    void somebody_unknown_does_not_spoil_an_invitation_for_the_others() {
        Call call = office.startCall(office.ana(), "/call Sync", office.general());
        sends("invite " + mention(office.bo()) + " " + UNKNOWN + " " + mention(office.cy()));
        eventually(() -> lists(call, office.bo()) && lists(call, office.cy()));
        office.atRest();

        assertThat(office.rings(office.bo())).hasSize(1);
        assertThat(office.rings(office.cy())).hasSize(1);
        assertThat(notices(office.ana()))
                .singleElement()
                .satisfies(notice ->
                        assertThat(notice.text()).contains("<@U0NOBODY>", "could not be added", call.joinUrl()));
    }

    /** Slack doesn't say which of them it means, nor whether it took the others. */
    @Test
    void somebody_who_is_on_the_card_already_does_not_spoil_it_for_the_others() {
        Call call = office.startCall(office.ana(), "/call Sync", office.general());
        office.faults().on("calls.participants.add").failWith("bad_users");
        sends("invite " + mention(office.bo()) + " " + mention(office.cy()));

        eventually(() -> lists(call, office.bo()) && lists(call, office.cy()));
    }

    @Test
    void where_slack_says_that_the_call_is_over_nobody_is_asked_about_one_by_one() {
        office.startCall(office.ana(), "/call Sync", office.general());
        office.faults().on("calls.participants.add").always().failWith("inactive_call");
        sends("invite " + mention(office.bo()) + " " + mention(office.cy()) + " " + mention(office.dee()));
        eventually(() -> !office.requests("calls.participants.add").isEmpty());
        office.atRest();

        assertThat(office.requests("calls.participants.add")).hasSize(1);
    }

    @Test
    void somebody_unknown_does_not_spoil_the_start() {
        sends(mention(office.bo()) + " " + UNKNOWN + " Sync");
        Call call = office.callIn(office.general());
        eventually(() -> lists(call, office.bo()));
        office.atRest();

        assertThat(office.acme().calls()).hasSize(1);
        assertThat(Office.cards(office.general())).hasSize(1);
        assertThat(office.rings(office.bo())).hasSize(1);
        assertThat(notices(office.ana()))
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("<@U0NOBODY>"));
    }

    @Test
    void all_unknown_still_make_a_call() {
        sends(UNKNOWN + " <@U0NOBODY2> Sync");
        Call call = office.callIn(office.general());
        eventually(() -> notices(office.ana()).size() == 2);
        office.atRest();

        assertThat(call.activeParticipants()).isEmpty();
    }

    @Test
    void the_one_who_invites_is_told_and_not_the_creator() {
        office.startCall(office.ana(), "/call Sync", office.general());
        office.slack()
                .sendEnvelope("slash_commands", Payloads.command(office.cy(), office.general(), "invite " + UNKNOWN));
        eventually(() -> !notices(office.cy()).isEmpty());
        office.atRest();

        assertThat(notices(office.ana())).isEmpty();
    }

    @Test
    void somebody_refused_is_not_tried_again_with_every_change() {
        Call call = office.startCall(office.ana(), "/call Sync", office.general());
        sends("invite " + UNKNOWN);
        office.atRest();
        int tries = office.requests("calls.participants.add").size();
        office.types(office.ana(), "/call rename Retro", office.general());
        office.types(office.ana(), "/call invite @bo", office.general());
        eventually(() -> lists(call, office.bo()));
        office.atRest();

        assertThat(office.requests("calls.participants.add")).hasSize(tries + 1);
        assertThat(notices(office.ana())).hasSize(1);
    }

    @Test
    void somebody_deactivated_is_listed_but_can_not_be_rung_and_the_inviter_hears_of_it() {
        Call call = office.startCall(office.ana(), "/call Sync", office.general());
        office.types(office.ana(), "/call invite @ex @bo", office.general());
        eventually(() -> lists(call, office.bo()));
        office.atRest();

        assertThat(office.rings(office.bo())).hasSize(1);
        assertThat(notices(office.ana()))
                .singleElement()
                .satisfies(notice -> assertThat(notice.text())
                        .contains("<@" + office.acme().person("ex").id() + ">"));
    }

    @Test
    void a_guest_is_invited_as_anybody_else() {
        Person gus = office.acme().person("gus");
        Call call = office.startCall(office.ana(), "/call @gus Sync", office.general());
        eventually(() -> lists(call, gus));
        office.atRest();

        assertThat(office.rings(gus)).hasSize(1);
        assertThat(notices(office.ana())).isEmpty();
    }

    @Test
    void a_guest_may_start_rename_and_end() {
        Person gus = office.acme().person("gus");
        Call call = office.startCall(gus, "/call Sync", office.general());
        office.types(gus, "/call rename Retro", office.general());
        eventually(() -> call.title().equals(Optional.of("Retro")));
        office.types(gus, "/call end", office.general());

        eventually(call::ended);
    }

    @Test
    void a_crowd_comes_in_few_requests() {
        List<Person> crowd = IntStream.range(0, 70)
                .mapToObj(i -> office.acme().hire("p" + letters(i), Person.Role.MEMBER))
                .toList();
        Call call = office.startCall(office.ana(), "/call Sync", office.general());
        String everybody = crowd.stream().map(PeopleTest::mention).collect(Collectors.joining(" "));
        sends("invite " + everybody + " " + UNKNOWN);
        eventually(() -> call.activeParticipants().size() == 70);
        office.atRest();

        assertThat(call.activeParticipants()).extracting(Participant::slackId).doesNotHaveDuplicates();
        assertThat(office.requests("calls.participants.add").size()).isLessThan(20);
        assertThat(crowd).allSatisfy(person -> assertThat(office.rings(person)).hasSize(1));
        assertThat(notices(office.ana())).hasSize(1);
    }

    @Test
    void the_bot_itself_can_be_invited_without_harm() {
        Call call = office.startCall(office.ana(), "/call Sync", office.general());
        sends("invite <@" + office.acme().botUserId() + "|switchboard> " + mention(office.bo()));
        eventually(() -> lists(call, office.bo()));
        office.atRest();

        assertThat(office.rings(office.bo())).hasSize(1);
    }

    private static String letters(int number) {
        return "" + (char) ('a' + number / 26) + (char) ('a' + number % 26);
    }

    private static String mention(Person person) {
        return "<@" + person.id() + "|" + person.name() + ">";
    }

    private void sends(String escaped) {
        office.slack().sendEnvelope("slash_commands", Payloads.command(office.ana(), office.general(), escaped));
    }

    /** What the bot says to this person alone, its direct answers to commands left out. */
    private List<PostedMessage> notices(Person person) {
        return Stream.concat(words(person, office.general()).stream(), office.told(person).stream())
                .filter(message -> message.callIds().isEmpty())
                .filter(message -> message.text().contains("could not"))
                .toList();
    }
}
