package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.Sandbox;
import dev.switchboard.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A sandbox, the real bot in it, and a browser. */
abstract class InTheBrowser {
    static Browser browser;
    final List<SlackWindow> windows = new ArrayList<>();
    Sandbox sandbox;
    private Switchboard bot;

    @BeforeAll
    static void open() {
        browser = Browser.launch();
    }

    @AfterAll
    static void shut() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(0);
        bot = Switchboard.start(Settings.from(sandbox.variables()), Clock.systemUTC());
        Awaitility.await().until(bot::connected);
    }

    @AfterEach
    void stop() {
        List<String> complaints =
                windows.stream().flatMap(window -> window.complaints().stream()).toList();
        windows.forEach(SlackWindow::close);
        bot.close();
        sandbox.close();
        assertThat(complaints).isEmpty();
        assertThat(sandbox.slack().violations()).isEmpty();
    }

    SlackWindow window(String person, String conversation) {
        SlackWindow window = new SlackWindow(browser.chromium().newContext(), sandbox, person, conversation);
        windows.add(window);
        return window;
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox.address() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
