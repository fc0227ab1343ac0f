package dev.switchboard.jar;

import static dev.switchboard.jar.World.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.Workspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar in surroundings that are not as tidy as a developer's. */
@Timeout(120)
class OutsideIT {
    @TempDir
    Path folder = Path.of("");

    private World world;

    @BeforeEach
    void open() throws IOException {
        world = new World(folder, FakeSlack.options().workspaces("acme", "globex"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** What a bot is for, in short. */
    private void assertItWorks() throws InterruptedException {
        world.says("ana", "/call @bo Weekly sync", "general");
        eventually(() -> assertThat(world.theCall("general").title()).contains("Weekly sync"));
        world.says("ana", "/call end", "general");
        eventually(() -> assertThat(world.theCall("general").ended()).isTrue());
        assertThat(world.slack().violations()).isEmpty();
    }

    @Test
    void a_slack_that_is_not_there_yet_is_waited_for() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        BotProcess bot = world.launch(world.jar().with("SLACK_API_URL", "http://127.0.0.1:" + port + "/api/"));
        await().atMost(BotProcess.PATIENCE).until(() -> bot.err().split("not connected", -1).length > 3);

        try (World late = new World(folder, FakeSlack.options().port(port))) {
            await().atMost(BotProcess.PATIENCE)
                    .until(() -> late.slack().connections().open() == 1);
            late.says("ana", "/call Weekly sync", "general");
            eventually(() -> late.theCall("general"));
            bot.kill();
        }
    }

    @Test
    void the_web_api_is_found_with_and_without_the_last_slash() throws Exception {
        String withSlash = world.slack().apiUrl();
        BotProcess bot = world.start(world.jar().with("SLACK_API_URL", withSlash.substring(0, withSlash.length() - 1)));
        assertItWorks();
        bot.kill();
        world.start(world.jar().with("SLACK_API_URL", withSlash));
        world.says("ana", "/call Standup", "random");
        eventually(() -> world.theCall("random"));
    }

    @Test
    void variables_that_slack_s_sdk_would_read_do_no_harm() throws Exception {
        world.start(world.jar()
                .with(Map.of(
                        "SLACK_CLIENT_ID", "1.2",
                        "SLACK_CLIENT_SECRET", "secret-of-another-app",
                        "SLACK_SIGNING_SECRET", "secret-of-another-app",
                        "SLACK_VERIFICATION_TOKEN", "token-of-another-app",
                        "SLACK_REDIRECT_URI", "https://elsewhere.example.com",
                        "SLACK_USER_SCOPES", "admin",
                        "SLACK_SCOPES", "admin",
                        "SLACK_WEBHOOK_URL", "https://hooks.example.com/x",
                        "SLACK_CLI_XAPP", "xapp-1-of-another-app",
                        "SLACK_CLI_XOXB", "xoxb-1-of-another-app")));

        assertItWorks();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1,localhost", "*", "::1"})
    void a_proxy_for_everything_does_not_come_between_the_bot_and_this_machine(String noProxy) throws Exception {
        try (ProxyForTests proxy = new ProxyForTests()) {
            Jar jar = world.jar()
                    .with("HTTPS_PROXY", proxy.url())
                    .with("https_proxy", proxy.url())
                    .with("HTTP_PROXY", proxy.url())
                    .with("http_proxy", proxy.url())
                    .with("ALL_PROXY", proxy.url())
                    .with("NO_PROXY", noProxy);
            world.start(jar);

            assertItWorks();
            assertThat(proxy.asked()).isEmpty();
        }
    }

    @Test
    void a_proxy_leads_to_a_slack_that_is_elsewhere_and_its_password_is_kept() throws Exception {
        try (ProxyForTests proxy = new ProxyForTests()) {
            BotProcess bot = world.launch(world.jar()
                    .with("SLACK_API_URL", "https://slack.example.com/api/")
                    .with("HTTPS_PROXY", "http://me:hush%21@127.0.0.1:" + proxy.port()));
            await().atMost(BotProcess.PATIENCE).until(() -> bot.err().contains("not connected"));

            assertThat(proxy.asked())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).startsWith("CONNECT slack.example.com:443 "));
            bot.terminate();
            BotProcess.Ended ended = bot.awaitEnd();
            assertThat(ended.status()).isZero();
            assertThat(ended.err()).doesNotContain("hush").doesNotContain("bWU6aHVzaCE");
        }
    }

    @Test
    void no_proxy_names_a_slack_that_is_reached_without_it() throws Exception {
        try (ProxyForTests proxy = new ProxyForTests()) {
            BotProcess bot = world.launch(world.jar()
                    .with("SLACK_API_URL", "https://slack.invalid/api/")
                    .with("NO_PROXY", ".invalid")
                    .with("HTTPS_PROXY", proxy.url()));
            await().atMost(BotProcess.PATIENCE).until(() -> bot.err().contains("not connected"));

            assertThat(proxy.asked()).isEmpty();
            bot.kill();
        }
    }

    @Test
    void two_workspaces_of_one_app_are_served_each_with_its_own_token() throws Exception {
        Workspace globex = world.slack().workspace("globex");
        world.start(world.jar().with("SLACK_BOT_TOKEN", world.workspace().botToken() + " , " + globex.botToken()));

        assertItWorks();
        Person ana = globex.person("ana");
        Conversation general = globex.conversation("general");
        assertThat(ana.types("/call @bo Elsewhere", general)
                        .await(BotProcess.PATIENCE)
                        .acknowledged())
                .isTrue();
        eventually(() -> assertThat(world.cards(general)).hasSize(1));
        assertThat(globex.calls()).hasSize(1);
        assertThat(world.workspace().calls()).hasSize(1);
    }

    @Test
    void one_refused_token_of_two_does_not_keep_the_other_workspace_waiting() throws Exception {
        BotProcess bot = world.start(world.jar()
                .with(
                        "SLACK_BOT_TOKEN",
                        "xoxb-of-a-workspace-that-left," + world.workspace().botToken()));

        assertItWorks();
        assertThat(bot.err()).contains("invalid_auth").doesNotContain("xoxb-of-a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Duser.language=tr",
                "-Dfile.encoding=ISO-8859-1",
                "-Duser.timezone=Pacific/Kiritimati",
                "-Djava.net.preferIPv6Addresses=true",
                "-Xmx128m"
            })
    void a_jvm_that_is_set_up_differently(String option) throws Exception {
        world.start(world.jar().jvm(option));

        assertItWorks();
        world.says("ana", "/call İstanbul 🚀 Straße", "random");
        eventually(() -> assertThat(world.theCall("random").title()).contains("İstanbul 🚀 Straße"));
    }

    @Test
    void a_newer_java() throws Exception {
        Path java = Jar.javaOf("/usr/lib/jvm/temurin-25-jdk-amd64");
        assumeThat(java).exists();
        BotProcess bot = world.start(world.jar().on(java));

        assertItWorks();
        bot.terminate();
        assertThat(bot.awaitEnd().status()).isZero();
    }

    @Test
    void a_working_directory_nobody_can_write_to() throws Exception {
        Jar jar = world.jar();
        BotProcess bot =
                world.start(new Jar(jar.file(), Path.of("/proc"), jar.variables(), jar.jvmOptions(), jar.java()));

        assertItWorks();
        bot.terminate();
        assertThat(bot.awaitEnd().status()).isZero();
    }

    @Test
    void without_a_word_the_database_is_where_the_bot_was_started() throws Exception {
        world.start(world.jar().without("SWITCHBOARD_DATABASE_URL"));

        assertItWorks();
        try (Stream<Path> files = Files.list(folder.resolve("switchboard-data"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("switchboard.mv.db", "switchboard.backup.sock");
        }
    }

    @Test
    void operators_can_ask_whether_it_is_ready() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        BotProcess bot = world.start(world.jar().with("SWITCHBOARD_HTTP_ADDRESS", "127.0.0.1:" + port));

        eventually(() -> assertThat(status(port, "/readyz")).isEqualTo(200));
        assertThat(status(port, "/livez")).isEqualTo(200);
        assertThat(status(port, "/metrics")).isEqualTo(200);
        bot.terminate();
        assertThat(bot.awaitEnd().status()).isZero();
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
