package dev.switchboard.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ViewsTest extends OnTheWire {
    private static final String BUTTON =
            "{\"type\":\"actions\",\"block_id\":\"b\",\"elements\":[{\"type\":\"button\",\"action_id\":\"go\",\"text\":{\"type\":\"plain_text\",\"text\":\"Go\"}}]}";
    private static final JsonObject VALUES = Json.object("b", Json.object("name", Json.object("value", "Standup")));

    private String modal(String more) {
        return "{\"type\":\"modal\",\"title\":{\"type\":\"plain_text\",\"text\":\"Calls\"}" + more + ",\"blocks\":["
                + BUTTON + "]}";
    }

    private String open(String more) throws Exception {
        ana.types("/call", general).await(SOON);
        String trigger = last().get("trigger_id").getAsString();
        return app.call("views.open", "trigger_id", trigger, "view", modal(more))
                .getAsJsonObject("view")
                .get("id")
                .getAsString();
    }

    private JsonObject last() {
        return slack.journal().lastEnvelopes(1).get(0).payload();
    }

    @Test
    void a_button_in_a_modal_reaches_the_app_and_lets_it_open_another() throws Exception {
        app.connect();
        String view = open("");

        assertThat(ana.clicksIn(view, "b", "go").await(SOON).acknowledged()).isTrue();

        assertThat(last().get("type").getAsString()).isEqualTo("block_actions");
        assertThat(last().getAsJsonObject("container").get("view_id").getAsString())
                .isEqualTo(view);
        assertThat(last().has("channel")).isFalse();
        assertThat(last().has("trigger_id")).isTrue();
    }

    @Test
    void a_modal_that_is_sent_closes_and_its_values_reach_the_app() throws Exception {
        app.connect();
        String view = open("");

        ana.submits(view, VALUES).await(SOON);

        assertThat(last().get("type").getAsString()).isEqualTo("view_submission");
        assertThat(last().getAsJsonObject("view").getAsJsonObject("state").get("values"))
                .isEqualTo(VALUES);
        assertThat(ana.modals()).isEmpty();
    }

    @Test
    void the_app_may_refuse_what_a_modal_says_or_show_the_next_one() throws Exception {
        JsonObject[] answer = {Json.object("response_action", "errors", "errors", Json.object("b", "Too long"))};
        app.connect(envelope -> Optional.of((Json.text(envelope, "type").equals(Optional.of("interactive"))
                        ? WireApp.ack(envelope, answer[0])
                        : WireApp.ack(envelope))
                .toString()));
        String view = open("");

        ana.submits(view, VALUES).await(SOON);
        assertThat(ana.modals()).hasSize(1);
        assertThat(ana.modals().get(0).getAsJsonObject("errors").get("b").getAsString())
                .isEqualTo("Too long");

        answer[0] = Json.object(
                "response_action", "update", "view", Json.parseObject(modal("")).orElseThrow());
        ana.submits(view, VALUES).await(SOON);
        assertThat(ana.modals()).hasSize(1);
        assertThat(ana.modals().get(0).get("id").getAsString()).isNotEqualTo(view);
    }

    @Test
    void the_app_hears_that_a_modal_was_closed_only_if_it_asked() throws Exception {
        app.connect();
        ana.closes(open(""));
        assertThat(ana.modals()).isEmpty();
        assertThat(slack.journal().envelopes("interactive")).isEmpty();

        ana.closes(open(",\"notify_on_close\":true"));
        Awaitility.await().until(() -> slack.journal().envelopes("interactive").size() == 1);
        assertThat(last().get("type").getAsString()).isEqualTo("view_closed");
    }

    @Test
    void the_home_tab_is_told_of_only_to_apps_that_are_subscribed() throws Exception {
        app.connect();
        ana.opensHome();
        assertThat(slack.journal().envelopes()).isEmpty();

        try (FakeSlack subscribed = FakeSlack.start(FakeSlack.options().events("app_home_opened"))) {
            new WireApp(subscribed).connect();
            subscribed.workspace().person("ana").opensHome();
            assertThat(subscribed.journal().envelopes("events_api")).hasSize(1);
        }
    }
}
