package dev.switchboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How the page shows things, and whom it lets in. */
class SandboxLookIT extends InTheBrowser {
    private static final String BLOCKS = """
            [{"type":"header","text":{"type":"plain_text","text":"Today & tomorrow"}},
             {"type":"section","text":{"type":"mrkdwn","text":"*bold* _slanted_ ~gone~ `code` <https://example.org|a link> <@%1$s> &lt;b&gt;\\n&gt; said <!date^0^{date_num}|then>"},
              "accessory":{"type":"button","action_id":"more","text":{"type":"plain_text","text":"More"}}},
             {"type":"section","fields":[{"type":"mrkdwn","text":"*Where*"},{"type":"plain_text","text":"<here>"}]},
             {"type":"divider"},
             {"type":"context","elements":[{"type":"image","image_url":"https://example.org/x.png","alt_text":"far picture"},{"type":"mrkdwn","text":"small print"}]},
             {"type":"image","image_url":"data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==","alt_text":"a dot"},
             {"type":"section","text":{"type":"mrkdwn","text":"<javascript:alert(1)|harmless>"}}]
            """;

    /** As the bot's token lets anybody do who has it. */
    private void asBot(String method, String... pairs) throws Exception {
        StringBuilder form = new StringBuilder("token=" + sandbox.slack().botToken());
        for (int i = 0; i < pairs.length; i += 2) {
            form.append('&')
                    .append(pairs[i])
                    .append('=')
                    .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.slack().apiUrl() + method))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body())
                .startsWith("{\"ok\":true");
    }

    private void looksRight(Locator place) {
        assertThat(place.locator("h3.header")).hasText("Today & tomorrow");
        assertThat(place.locator("strong").first()).hasText("bold");
        assertThat(place.locator("em")).hasText("slanted");
        assertThat(place.locator("s")).hasText("gone");
        assertThat(place.locator("code")).hasText("code");
        assertThat(place.locator("a[href='https://example.org']")).hasText("a link");
        assertThat(place.locator(".mention")).hasText("@Bo");
        assertThat(place.locator(".section-text").first()).containsText("<b>");
        assertThat(place.locator("blockquote")).containsText("said 01/01/1970");
        assertThat(place.locator(".accessory button")).hasText("More");
        assertThat(place.locator(".fields")).containsText("<here>");
        assertThat(place.locator("hr")).hasCount(1);
        assertThat(place.locator(".picture-away")).hasText("far picture");
        assertThat(place.getByAltText("a dot")).hasCount(1);
        assertThat(place.getByText("harmless")).not().hasAttribute("href", Pattern.compile(".*"));
    }

    @Test
    void blocks_look_the_same_in_messages_and_on_the_home_tab() throws Exception {
        SlackWindow ana = window("ana", "general");
        String blocks =
                BLOCKS.formatted(sandbox.slack().workspace().person("bo").id());
        asBot(
                "chat.postMessage",
                "channel",
                sandbox.slack().workspace().conversation("general").id(),
                "text",
                "x",
                "blocks",
                blocks);
        looksRight(ana.log());
        ana.goes("Switchboard");
        ana.page().getByText("Home", new Page.GetByTextOptions().setExact(true)).click();
        Locator home = ana.page().getByLabel("Home tab");
        assertThat(home).containsText("has not published anything");
        asBot(
                "views.publish",
                "user_id",
                sandbox.slack().workspace().person("ana").id(),
                "view",
                "{\"type\":\"home\",\"blocks\":" + blocks + "}");
        looksRight(home);
    }

    @Test
    void a_modal_opens_over_the_page_and_can_be_closed() throws Exception {
        SlackWindow ana = window("ana", "general");
        SlackWindow bo = window("bo", "general");
        ana.says("/call help");
        assertThat(ana.log()).containsText("Only visible to you");
        String trigger = sandbox.slack()
                .journal()
                .envelopes("slash_commands")
                .get(0)
                .payload()
                .get("trigger_id")
                .getAsString();
        asBot("views.open", "trigger_id", trigger, "view", """
                {"type":"modal","title":{"type":"plain_text","text":"New Call"},"submit":{"type":"plain_text","text":"Start"},
                 "blocks":[{"type":"input","block_id":"t","label":{"type":"plain_text","text":"Title"},
                            "element":{"type":"plain_text_input","action_id":"title"}}]}
                """);
        Locator modal = ana.page().getByRole(AriaRole.DIALOG);
        assertThat(modal).containsText("New Call");
        modal.getByLabel("Title").fill("Standup");
        assertThat(bo.page().getByRole(AriaRole.DIALOG)).hasCount(0);
        ana.page().keyboard().press("Escape");
        assertThat(modal).hasCount(0);
        assertThat(sandbox.slack().workspace().person("ana").modals()).isEmpty();
    }

    @Test
    void it_works_with_the_keyboard_alone_in_a_narrow_window() {
        BrowserContext narrow = browser.chromium()
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(380, 640));
        SlackWindow gus = new SlackWindow(narrow, sandbox, "gus", "general");
        windows.add(gus);
        gus.page().keyboard().press("Tab");
        assertThat(gus.page().locator("#skip")).isFocused();
        gus.page().keyboard().press("Enter");
        assertThat(gus.composer()).isFocused();
        gus.page().keyboard().type("/cal");
        gus.page().keyboard().press("Tab");
        gus.page().keyboard().type("Guests & friends");
        gus.page().keyboard().press("Enter");
        assertThat(gus.card("Guests & friends")).isVisible();
        gus.page().keyboard().type("@an");
        gus.page().keyboard().press("Tab");
        gus.page().keyboard().type("see *this* <b>markup</b>");
        gus.page().keyboard().press("Enter");
        assertThat(gus.log().locator("strong")).hasText("this");
        assertThat(gus.log()).containsText("@Ana see this <b>markup</b>");
        gus.page().locator("#menu").click();
        assertThat(gus.page().getByRole(AriaRole.NAVIGATION)).isVisible();
        assertThat(gus.page().locator(".channel", new Page.LocatorOptions().setHasText("random")))
                .hasCount(0);
        assertThat((Boolean) gus.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
    }

    @Test
    void nobody_elsewhere_can_drive_it() throws Exception {
        SlackWindow ana = window("ana", "general");
        String elsewhere = "http://127.0.0.1:1";
        for (String path : List.of("/", "/view?as=ana", "/do", "/room-census", "/meet/x")) {
            assertThat(get(path, "Origin", elsewhere).statusCode()).as(path).isEqualTo(403);
            assertThat(get(path, "Origin", "null").statusCode()).as(path).isEqualTo(403);
        }
        HttpRequest form = HttpRequest.newBuilder(URI.create(sandbox.address() + "/do"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"do\":\"switch\",\"name\":\"drop\"}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(form, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(400);
        assertThat(RawRequest.status(sandbox.slack().port(), "evil.example", "/"))
                .isEqualTo(403);
        assertThat(RawRequest.status(sandbox.slack().port(), "evil.example", "/do"))
                .isEqualTo(403);
        assertThat(RawRequest.status(sandbox.slack().port(), "evil.example", "/live/page"))
                .isEqualTo(403);
        assertThat(RawRequest.status(sandbox.slack().port(), "127.0.0.1", "/live/page"))
                .isEqualTo(403); // no origin: no page of ours
        assertThat(get("/view?as=ana").headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
        assertThat(ana.log()).isVisible();
    }
}
