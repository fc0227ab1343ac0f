package dev.switchboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.switchboard.sandbox.Sandbox;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Person;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The room page of both meeting servers in a browser, and threads in the workspace; without a bot. */
class SandboxMeetingsIT {
    private static final String CODE = "abc-def-ghi-jkl";

    private static Browser browser;

    private final HttpClient http = HttpClient.newHttpClient();
    private Sandbox sandbox;
    private BrowserContext tabs;

    @BeforeAll
    static void launch() {
        browser = Browser.launch();
    }

    @AfterAll
    static void quit() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(0, Sandbox.Meetings.BIGBLUEBUTTON);
        tabs = browser.chromium().newContext();
    }

    @AfterEach
    void stop() {
        tabs.close();
        sandbox.close();
    }

    private Page tab(String address) {
        Page page = tabs.newPage();
        page.navigate(address);
        return page;
    }

    private String get(String address) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private String api(String call, String query) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest((call + query + sandbox.bigBlueButton().secret()).getBytes(StandardCharsets.UTF_8));
        return sandbox.bigBlueButton().address() + "/api/" + call + '?' + query + "&checksum="
                + HexFormat.of().formatHex(hash);
    }

    private String room() throws Exception {
        return get(sandbox.address() + "/room?subdomain=meet&room=standup&domain=127.0.0.1");
    }

    @Test
    void a_link_with_a_name_leads_into_a_room_of_jitsi_and_a_reload_comes_back() throws Exception {
        Page ada = tab(sandbox.address() + "/meet/Standup?as=bo#config.subject=%22Weekly%20%26%20cake%22"
                + "&userInfo.displayName=%22Ada%20O'Brien%22&userInfo.email=%22ada%40corp.test%22");
        assertThat(ada.getByRole(AriaRole.HEADING)).hasText("Weekly & cake");
        assertThat(ada.getByRole(AriaRole.LISTITEM)).containsText("Ada O'Brien (you)");
        assertThat(room()).contains("Ada O&#39;Brien", "ada@corp.test");
        ada.reload();
        assertThat(ada.getByRole(AriaRole.LISTITEM)).hasCount(1);
        Awaitility.await().until(() -> room().split("jid", -1).length == 2);
        sandbox.jitsi().join("standup", "Cy", "");
        assertThat(ada.getByRole(AriaRole.LISTITEM)).hasCount(2);
        ada.close();
        Awaitility.await().until(() -> !room().contains("Ada"));
    }

    @Test
    void a_room_asks_who_comes_when_its_link_does_not_say() {
        Page somebody = tab(sandbox.address() + "/meet/standup#config.subject=%22Weekly%22");
        somebody.getByText("Cy").click();
        assertThat(somebody.getByRole(AriaRole.LISTITEM)).containsText("Cy (you)");
        assertThat(somebody.getByRole(AriaRole.HEADING)).hasText("Weekly");
    }

    @Test
    void a_signed_link_leads_into_a_meeting_and_a_guest_waits_to_be_let_in() throws Exception {
        get(api("create", "meetingID=m-1&name=Standup&guestPolicy=ASK_MODERATOR"));
        Page ada = tab(api("join", "fullName=Ada+%26+Bo&meetingID=m-1&role=MODERATOR&userID=U1"));
        assertThat(ada.getByRole(AriaRole.HEADING)).hasText("Standup");
        assertThat(ada.getByRole(AriaRole.LISTITEM)).containsText("Ada & Bo (you)");
        ada.reload();
        assertThat(ada.getByRole(AriaRole.LISTITEM)).hasCount(1);
        Page guest = tab(api("join", "fullName=Guest&meetingID=m-1&role=VIEWER&guest=true"));
        assertThat(guest.getByRole(AriaRole.STATUS)).containsText("Please wait");
        ada.getByText("Let 1 guest in").click();
        assertThat(guest.getByRole(AriaRole.LISTITEM)).hasCount(2);
        get(api("end", "meetingID=m-1"));
        assertThat(ada.getByRole(AriaRole.STATUS)).hasText("The meeting was ended for everybody.");
        Page late = tab(api("join", "fullName=Late&meetingID=m-9&role=VIEWER"));
        assertThat(late.getByRole(AriaRole.STATUS)).containsText("did not match any existing meetings");
    }

    @Test
    void a_room_of_greenlight_starts_its_meeting() {
        Page cy = tab(sandbox.address() + "/rooms/" + CODE + "/join");
        cy.getByText("Cy").click();
        assertThat(cy.getByRole(AriaRole.HEADING)).hasText("Room " + CODE);
        assertThat(cy.getByRole(AriaRole.LISTITEM)).containsText("Cy (you)");
    }

    @Test
    void replies_stand_under_the_message_they_answer() {
        Conversation general = sandbox.slack().workspace().conversation("general");
        Person ana = sandbox.slack().workspace().person("ana");
        var question = ana.posts("Who is in?", general);
        ana.posts("Something else", general);
        sandbox.slack().workspace().person("bo").replies("I am", question);
        Page page = tab(sandbox.address() + "/?as=cy#general");
        assertThat(page.locator(".thread")).containsText("1 reply");
        assertThat(page.locator(".thread")).containsText("I am");
        assertThat(page.locator("#log > .message")).hasCount(2);
    }
}
