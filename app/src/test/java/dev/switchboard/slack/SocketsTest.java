package dev.switchboard.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.settings.Proxies;
import dev.switchboard.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A network that lets nothing out but through its proxy: the WebSocket goes that way too. */
@Timeout(60)
class SocketsTest {
    private static final String FAR_AWAY = "slack.example";

    private final FakeSlack slack = FakeSlack.start();
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Connection connection = new Connection(
            new Connection.Listener() {
                @Override
                public void heard(Connection from, String message) {
                    heard.add(message);
                }

                @Override
                public void closed(Connection from, int code) {
                    heard.add("closed");
                }
            },
            System::nanoTime);

    SocketsTest() throws IOException {}

    @AfterEach
    void stop() {
        connection.close();
        slack.close();
    }

    /** Connects as from a network where Slack is far away. */
    private void connect(String proxy) throws Sockets.NotConnected {
        Settings settings = Settings.from(Map.of(
                "SLACK_APP_TOKEN",
                slack.appToken(),
                "SLACK_BOT_TOKEN",
                slack.botToken(),
                "SWITCHBOARD_MEETING_URL",
                "https://meet.example.com",
                "HTTPS_PROXY",
                proxy));
        Sockets sockets = sockets(slack.appToken(), settings.proxies());
        URI address = URI.create(sockets.address().toString().replace("127.0.0.1", FAR_AWAY));
        sockets.connect(connection, address);
    }

    private Sockets sockets(String token, Proxies proxies) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(slack.apiUrl());
        config.setStatsEnabled(false);
        return new Sockets(Slack.getInstance(config).methods(token), proxies, nanos::get);
    }

    private void assertServed(ConnectProxy proxy) {
        await().until(() -> heard.stream().anyMatch(message -> message.contains("\"hello\"")));
        assertThat(proxy.heads())
                .isNotEmpty()
                .allSatisfy(head -> assertThat(head).startsWith("CONNECT " + FAR_AWAY + ":" + slack.port()));
        assertThat(connection.send("{\"envelope_id\":\"e1\"}", failure -> {})).isTrue();
        await().until(() -> slack.violations().size() == 1); // it came, and answers no envelope of this Slack's
    }

    @Test
    void it_is_tunnelled() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(Optional.empty())) {
            connect("http://" + proxy.place());
            assertServed(proxy);
        }
    }

    @Test
    void it_is_tunnelled_with_a_password_of_any_letters() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(Optional.of("build er:p@ss:w%rd"))) {
            connect("http://build%20er:p%40ss:w%25rd@" + proxy.place());
            assertServed(proxy);
        }
    }

    @Test
    void a_proxy_that_says_no_is_a_failure_that_names_no_password() {
        try (ConnectProxy proxy = new ConnectProxy(Optional.of("builder:right"))) {
            Sockets.NotConnected failure = catchThrowableOfType(
                    Sockets.NotConnected.class, () -> connect("http://builder:hush-hush@" + proxy.place()));
            assertThat(failure.code()).startsWith("websocket_").doesNotContain("hush", proxy.place());
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void an_address_asked_for_ahead_serves_once() throws Exception {
        Sockets sockets = sockets(slack.appToken(), Proxies.none());
        sockets.prepare(Runnable::run);
        URI first = sockets.address();
        assertThat(sockets.address()).isNotEqualTo(first);
        sockets.connect(connection, first);
        await().until(() -> heard.stream().anyMatch(message -> message.contains("\"hello\"")));
    }

    @Test
    void one_asked_for_long_ago_is_asked_for_again() throws Exception {
        Sockets sockets = sockets(slack.appToken(), Proxies.none());
        sockets.prepare(Runnable::run);
        assertThat(timesAsked()).isEqualTo(1);
        nanos.addAndGet(Duration.ofSeconds(4).toNanos());
        sockets.address();
        assertThat(timesAsked()).isEqualTo(1);

        sockets.prepare(Runnable::run);
        nanos.addAndGet(Duration.ofSeconds(5).toNanos()); // its ticket may be void
        sockets.address();
        assertThat(timesAsked()).isEqualTo(3);
    }

    private int timesAsked() {
        return slack.journal().calls("apps.connections.open").size();
    }

    @Test
    void what_refuses_an_address_asked_for_ahead_is_told_when_it_is_wanted() {
        Sockets sockets = sockets("xapp-1-wrong", Proxies.none());
        sockets.prepare(Runnable::run);
        Sockets.NotConnected failure = catchThrowableOfType(Sockets.NotConnected.class, sockets::address);
        assertThat(failure.code()).isEqualTo("invalid_auth");
    }
}
