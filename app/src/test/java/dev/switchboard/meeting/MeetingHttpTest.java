package dev.switchboard.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.switchboard.TickingClock;
import dev.switchboard.meeting.MeetingHttp.Reply;
import dev.switchboard.settings.Proxies;
import dev.switchboard.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeetingHttpTest {
    private final TickingClock clock = new TickingClock();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile String retryAfter = "";

    MeetingHttpTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Host"));
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            exchange.sendResponseHeaders(429, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String here() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void the_header_host_is_free_to_choose() {
        try (MeetingHttp http = new MeetingHttp(Proxies.none(), clock)) {
            http.get(URI.create("http://" + here() + "/room?room=a%2fb+c"), Map.of("Host", "meet.jitsi"));
            http.post(URI.create("http://" + here() + "/end"), Map.of());
        }
        assertThat(asked).containsExactly("GET /room?room=a%2fb+c meet.jitsi", "POST /end " + here());
    }

    @Test
    void a_proxy_is_gone_through() {
        Settings settings = Settings.from(Map.of(
                "SLACK_APP_TOKEN", "xapp-1-A0123456789-12345",
                "SLACK_BOT_TOKEN", "xoxb-1234-5678-abcdefgh",
                "SWITCHBOARD_MEETING_URL", "http://meet.invalid",
                "HTTPS_PROXY", here()));
        try (MeetingHttp http = new MeetingHttp(settings.proxies(), clock)) {
            http.get(URI.create("http://meet.invalid/room"), Map.of());
        }
        assertThat(asked).containsExactly("GET http://meet.invalid/room meet.invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "120,PT2M",
        "0,PT0S",
        "999999999,PT1H",
        "'Sat, 21 Nov 2026 10:01:00 GMT',PT1M",
        "'Sat, 21 Nov 2026 09:00:00 GMT',",
        "soon,",
        "-1,",
    })
    void how_long_to_leave_it_alone_is_understood(String header, Duration rest) {
        retryAfter = header;
        try (MeetingHttp http = new MeetingHttp(Proxies.none(), clock)) {
            Reply reply = http.get(URI.create("http://" + here() + "/"), Map.of());
            assertThat(((Reply.Answered) reply).retryAfter().orElse(null)).isEqualTo(rest);
        }
    }

    @Test
    void what_goes_wrong_holds_nothing_of_the_url() {
        server.stop(0);
        try (MeetingHttp http = new MeetingHttp(Proxies.none(), clock)) {
            assertThat(http.get(URI.create("http://" + here() + "/?token=hush"), Map.of()))
                    .isEqualTo(new Reply.Failed("it can't be reached"));
            assertThat(http.get(URI.create("http://meet.invalid/?token=hush"), Map.of()))
                    .isInstanceOf(Reply.Failed.class)
                    .asString()
                    .doesNotContain("hush");
        }
    }
}
