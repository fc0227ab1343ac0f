package dev.switchboard.slack.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.call.CallRequest;
import dev.switchboard.call.StartRequest;
import dev.switchboard.call.Title;
import dev.switchboard.call.UserId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTextTest {
    private static final UserId ANA = new UserId("U1");
    private static final UserId BO = new UserId("W2");

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\u00a0", "start", "START "})
    void nothing_said_is_a_plain_start(String text) {
        assertThat(CommandText.parse(text)).isEqualTo(new Typed.Start(StartRequest.plain()));
    }

    @ParameterizedTest
    @CsvSource({
        "Weekly sync, Weekly sync",
        "end of sprint review, end of sprint review",
        "start end of sprint, end of sprint",
        "start start, start",
        "start end, end",
        "info please, info please",
        "list of things, list of things",
        "help me, help me",
        "history lesson, history lesson",
        "invite, invite",
        "rename, rename",
        "invite everybody, invite everybody",
        "invite @ana, invite @ana",
        "R&amp;D &lt;3, R&D ‹3",
    })
    void any_other_text_is_a_title(String text, String title) {
        assertThat(start(text).title()).isEqualTo(Title.of(title));
        assertThat(start(text).invited()).isEmpty();
    }

    @Test
    void a_sub_command_stands_alone() {
        assertThat(CommandText.parse("end")).isEqualTo(new Typed.OnCall(new CallRequest.End()));
        assertThat(CommandText.parse(" End ")).isEqualTo(new Typed.OnCall(new CallRequest.End()));
        assertThat(CommandText.parse("info")).isEqualTo(new Typed.OnCall(new CallRequest.Info()));
        assertThat(CommandText.parse("list")).isEqualTo(new Typed.ListCalls());
        assertThat(CommandText.parse("history")).isEqualTo(new Typed.History());
        assertThat(CommandText.parse("help")).isEqualTo(new Typed.Help());
    }

    @Test
    void people_in_front_are_invited_and_not_in_the_title() {
        StartRequest start = start("<@U1|ana> <@W2> Weekly sync");
        assertThat(start.invited()).containsExactly(ANA, BO);
        assertThat(start.title()).isEqualTo(Title.of("Weekly sync"));
    }

    @Test
    void people_need_no_title_and_no_space_between() {
        StartRequest start = start("<@U1|ana><@W2|b o>");
        assertThat(start.invited()).containsExactly(ANA, BO);
        assertThat(start.title()).isEmpty();
    }

    @Test
    void people_in_the_middle_are_invited_and_stay_in_the_title() {
        StartRequest start = start("1:1 with <@W2|bo>");
        assertThat(start.invited()).containsExactly(BO);
        assertThat(start.title()).isEqualTo(Title.of("1:1 with @bo"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "<@U1|ana>, <@W2|bo> Weekly sync ~ Weekly sync",
                "<@U1|ana>,<@W2|bo>: Weekly sync ~ Weekly sync",
                "<@U1|ana> and <@W2|bo>: Weekly sync ~ Weekly sync",
                "<@U1|ana>, and <@W2|bo> Weekly sync ~ Weekly sync",
                "<@U1|ana> &amp; <@W2|bo>; Weekly sync ~ Weekly sync",
                "<@U1|ana>&amp;<@W2|bo> ~ ''",
                "<@U1|ana>: <@W2|bo>'s birthday ~ @bo's birthday",
                "Sync with <@U1|ana>, <@W2|bo>. ~ Sync with @ana, @bo.",
                "(<@U1|ana>/<@W2|bo>) Retro ~ (@ana/@bo) Retro",
                "<@U1|ana><@W2|bo>Standup ~ @boStandup",
            })
    void people_are_asked_in_whatever_they_stand_next_to(String text, String title) {
        assertThat(start(text).invited()).containsExactly(ANA, BO);
        assertThat(start(text).title()).isEqualTo(Title.of(title));
    }

    @Test
    void an_and_that_leads_to_nobody_is_a_word() {
        assertThat(start("<@U1|ana> and friends").title()).isEqualTo(Title.of("and friends"));
        assertThat(start("<@U1|ana> &amp; friends").title()).isEqualTo(Title.of("& friends"));
    }

    @Test
    void channels_groups_and_broadcasts_are_only_words() {
        StartRequest start = start("<!channel> <#C1|general> <!subteam^S1|@devs> now");
        assertThat(start.invited()).isEmpty();
        assertThat(start.title()).isEqualTo(Title.of("@channel #general @devs now"));
    }

    @Test
    void inviting_takes_people_only() {
        assertThat(CommandText.parse("invite <@U1|ana> <@W2|bo> <@U1|ana>"))
                .isEqualTo(new Typed.OnCall(new CallRequest.Invite(List.of(ANA, BO))));
        for (String listed : List.of(
                "<@U1|ana>, <@W2|bo>", "<@U1|ana> and <@W2|bo>.", "<@U1|ana>,<@W2|bo>", "<@U1|ana> &amp; <@W2|bo>,")) {
            assertThat(CommandText.parse("invite " + listed))
                    .as(listed)
                    .isEqualTo(new Typed.OnCall(new CallRequest.Invite(List.of(ANA, BO))));
        }
        assertThat(start("invite <@U1|ana> to lunch").title()).isEqualTo(Title.of("invite @ana to lunch"));
    }

    @Test
    void renaming_takes_any_title() {
        assertThat(CommandText.parse("rename end of <@U1|ana>"))
                .isEqualTo(new Typed.OnCall(new CallRequest.Rename(new Title("end of @ana"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://meet.example.com/room",
                "<https://meet.example.com/room>",
                "<https://meet.example.com/room|meet.example.com/room>"
            })
    void a_link_alone_is_a_room(String text) {
        StartRequest start = start(text);
        assertThat(start.links()).containsExactly(link("https://meet.example.com/room", ""));
        assertThat(start.title()).isEmpty();
    }

    @Test
    void a_link_with_words_is_a_room_with_a_title_or_just_a_title() {
        StartRequest start = start("<@U1|ana> <https://x.example/a?b=1&amp;c=2> review");
        assertThat(start.links()).containsExactly(link("https://x.example/a?b=1&c=2", "review"));
        assertThat(start.title()).isEqualTo(Title.of("https://x.example/a review"));
        assertThat(start.invited()).containsExactly(ANA);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "Planning <https://x.example/a?jwt=s> ~ Planning",
                "Planning https://x.example/a?jwt=s ~ Planning",
                "<https://x.example/a?jwt=s>, Planning ~ Planning",
                "https://x.example/a?jwt=s, Planning ~ Planning",
                "<https://x.example/a?jwt=s> - Planning ~ Planning",
                "<https://x.example/a?jwt=s> <@U1|ana> Planning ~ Planning",
                "Planning: <https://x.example/a?jwt=s|x.example/a?jwt=s>. ~ Planning",
                "Planning (<https://x.example/a?jwt=s>) ~ Planning",
                "Planning (https://x.example/a?jwt=s). ~ Planning",
                "Planning <https://x.example/a?jwt=s>, tomorrow ~ Planning tomorrow",
                "(Planning <https://x.example/a?jwt=s>) ~ (Planning )",
                "<https://x.example/a?jwt=s>. ~ ''",
                "<@U1|ana>, https://x.example/a?jwt=s ~ ''",
            })
    void a_link_may_stand_anywhere(String text, String title) {
        assertThat(start(text).links()).containsExactly(link("https://x.example/a?jwt=s", title));
    }

    @Test
    void of_several_links_each_may_be_the_room() {
        assertThat(start("Notes <https://n.example/1?k=s#f> in <https://x.example/a>")
                        .links())
                .containsExactly(
                        link("https://n.example/1?k=s#f", "Notes in https://x.example/a"),
                        link("https://x.example/a", "Notes https://n.example/1 in"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rename Notes: <https://n.example/1?k=secret>",
                "rename Notes: https://n.example/1#secret",
                "rename Notes: <http://n.example/1?k=secret|n.example/1?k=secret>",
                "rename Notes: HTTPS://n.example/1?k=secret#secret"
            })
    void of_a_link_in_a_title_there_is_only_what_is_for_everybody(String text) {
        assertThat(CommandText.parse(text))
                .isInstanceOfSatisfying(
                        Typed.OnCall.class,
                        typed -> assertThat(typed.request().toString())
                                .contains("n.example/1")
                                .doesNotContain("secret"));
    }

    @Test
    void of_very_many_links_the_first_ones_are_looked_at() {
        assertThat(start("https://x.example/a ".repeat(300)).links()).hasSize(20);
    }

    private static StartRequest.Link link(String uri, String title) {
        return new StartRequest.Link(URI.create(uri), Title.of(title));
    }

    @Test
    void brackets_that_never_close_are_words() {
        assertThat(start("<@U1 <https://").title()).isPresent();
        assertThat(start("<".repeat(100_000)).title()).isPresent();
    }

    private static StartRequest start(String text) {
        Typed typed = CommandText.parse(text);
        assertThat(typed).isInstanceOf(Typed.Start.class);
        return ((Typed.Start) typed).request();
    }

    @Test
    void a_value_on_a_button_comes_back_as_the_request() {
        dev.switchboard.call.CallId id = new dev.switchboard.call.CallId(java.util.UUID.randomUUID());
        for (CallRequest request : List.of(
                new CallRequest.End(),
                new CallRequest.Info(),
                new CallRequest.Rename(new Title("a | b")),
                new CallRequest.Invite(List.of(ANA, BO)))) {
            String value = Buttons.value(id, request);
            assertThat(Buttons.call(value)).contains(id);
            assertThat(Buttons.request(value)).contains(request);
        }
        assertThat(Buttons.call("nonsense")).isEmpty();
        assertThat(Buttons.request("nonsense")).isEqualTo(Optional.empty());
    }
}
