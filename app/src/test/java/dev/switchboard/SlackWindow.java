package dev.switchboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.switchboard.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A browser window with one person in front of it. */
final class SlackWindow {
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    SlackWindow(BrowserContext context, Sandbox sandbox, String person, String conversation) {
        this.context = context;
        context.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                complaints.add(person + ": " + message.text());
            }
        });
        context.onWebError(error -> complaints.add(person + ": " + error.error()));
        context.onRequest(request -> {
            if (!request.url().startsWith(sandbox.address()) && !request.url().startsWith("data:")) {
                complaints.add(person + " loads from elsewhere: " + request.url());
            }
        });
        this.page = context.newPage();
        page.navigate(sandbox.address() + "/?as=" + person + "#" + conversation);
        assertThat(page.locator("#title")).containsText(conversation);
    }

    Page page() {
        return page;
    }

    /** What a browser notes in its console, and what it loaded from outside. */
    List<String> complaints() {
        return complaints;
    }

    void goes(String conversation) {
        page.getByRole(AriaRole.NAVIGATION)
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions()
                                .setName(Pattern.compile(
                                        "^" + conversation + ", (channel|private channel|direct message)")))
                .click();
        assertThat(page.locator("#title")).containsText(conversation);
    }

    /** Types into the composer and presses Enter. */
    void says(String text) {
        drafts(text);
        page.keyboard().press("Enter");
    }

    /** Types into the composer and leaves it there. */
    void drafts(String text) {
        composer().fill(text);
        composer().focus();
    }

    Locator composer() {
        return page.getByLabel("Message", new Page.GetByLabelOptions().setExact(true));
    }

    /** The messages. */
    Locator log() {
        return page.getByRole(AriaRole.LOG);
    }

    /** The cards of the Calls in the conversation. */
    Locator cards() {
        return log().locator("section.call");
    }

    Locator card(String title) {
        return log().getByLabel("Call " + title, new Locator.GetByLabelOptions().setExact(true));
    }

    void clicks(String button) {
        log().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button))
                .last()
                .click();
    }

    /** Presses Join on a card. @return the room's tab */
    Page joins(String title) {
        return context.waitForPage(() -> card(title)
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Join"))
                .click());
    }

    void opensWire() {
        page.locator("#wire-button").click();
        assertThat(page.locator("#wire")).isVisible();
    }

    void turns(String name) {
        page.getByRole(AriaRole.SWITCH, new Page.GetByRoleOptions().setName(Pattern.compile("^" + name)))
                .click();
    }

    void close() {
        context.close();
    }
}
