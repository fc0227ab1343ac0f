package dev.switchboard.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.FakeSlackOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be typed after the jar's name, besides nothing. */
@Timeout(120)
class CommandLineIT {
    @TempDir
    Path folder = Path.of("");

    private World world;

    @BeforeEach
    void open() throws IOException {
        world = new World(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static String good(BotProcess.Ended ended) {
        assertThat(ended.err()).isEmpty();
        assertThat(ended.status()).isZero();
        return ended.out();
    }

    private BotProcess.Ended run(Jar jar, String... arguments) {
        return world.launch(jar, arguments).awaitEnd();
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "-h", "--help", "run --help", "sandbox -h"})
    void help(String arguments) {
        assertThat(good(run(Jar.in(folder), arguments.split(" "))))
                .contains("run", "sandbox", "manifest", "check", "help", "--version", "--env-file");
    }

    @Test
    void version() {
        assertThat(good(run(Jar.in(folder), "--version"))).matches("switchboard \\d+\\.\\d+\\.\\d+\\S*\\R");
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999", "-1", "http"})
    void a_port_that_is_none_is_a_mistake_in_a_line(String port) {
        BotProcess.Ended ended = run(Jar.in(folder), "sandbox", "--port", port);
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).hasLineCount(1).contains("--port", "0 to 65535");
    }

    @Test
    void the_manifest_needs_no_tokens_and_fits_the_settings() throws IOException {
        String yaml = good(run(
                Jar.in(folder)
                        .with("SWITCHBOARD_MEETING_URL", "https://rooms.example.org:8443/x/{room}")
                        .with("SWITCHBOARD_COMMAND", "/meet"),
                "manifest"));

        assertThat(yaml.lines().map(String::strip))
                .contains("- command: /meet", "should_escape: true", "socket_mode_enabled: true")
                .containsSubsequence("unfurl_domains:", "- rooms.example.org")
                .containsSubsequence("bot_events:", "- call_rejected", "- link_shared")
                .containsSubsequence("interactivity:", "is_enabled: true");
        assertThat(scopes(yaml)).isSubsetOf(FakeSlackOptions.BOT_SCOPES).contains("calls:write", "links:write");
        assertThat(yaml).doesNotContain("\t");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("nothing is opened for it").isEmpty();
        }
    }

    private static Set<String> scopes(String yaml) {
        return yaml.lines()
                .dropWhile(line -> !line.strip().equals("bot:"))
                .skip(1)
                .takeWhile(line -> line.strip().startsWith("- "))
                .map(line -> line.strip().substring(2).split(" ", 2)[0])
                .collect(java.util.stream.Collectors.toSet());
    }

    @Test
    void a_bot_with_no_more_than_the_manifest_s_scopes_does_its_work() throws Exception {
        Set<String> scopes = scopes(good(run(world.jar(), "manifest")));
        try (World strict = new World(folder, FakeSlack.options().botScopes(scopes))) {
            strict.start();
            strict.says("ana", "/call @bo Weekly sync", "general");
            strict.says("ana", "/call Standup", "project");
            World.eventually(() -> {
                assertThat(strict.theCall("general").activeParticipants()).hasSize(1);
                assertThat(strict.toldByBot("bo")).hasSize(1);
            });
            strict.says("dee", "/call end", "general");
            World.eventually(() -> assertThat(strict.theCall("general").ended()).isTrue());
            assertThat(strict.slack().journal().calls())
                    .noneSatisfy(call -> assertThat(call.error()).contains("missing_scope"));
        }
    }

    @Test
    void a_manifest_without_a_meeting_url_is_a_mistake() {
        BotProcess.Ended ended = run(Jar.in(folder), "manifest");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.errLines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("SWITCHBOARD_MEETING_URL: "));
    }

    @Test
    void check_finds_all_well() {
        assertThat(good(run(world.jar(), "check")).lines())
                .hasSizeGreaterThan(3)
                .allMatch(line -> line.startsWith("ok "));
    }

    /** The SDK reads these for itself, and can't be loaded where it can't read them. */
    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, 'http://127.0.0.1:1 '",
        "HTTPS_PROXY, http://me:pass:word@127.0.0.1:1",
        "HTTP_PROXY, proxy without a port"
    })
    void a_proxy_that_the_sdk_cannot_read_is_no_trouble(String variable, String proxy) {
        good(run(world.jar().with(variable, proxy), "check"));
    }

    @Test
    void check_says_what_is_not_well() {
        BotProcess.Ended refused = run(
                world.jar()
                        .with("SLACK_APP_TOKEN", "xapp-1-hush-hush-hush")
                        .with(
                                "SLACK_BOT_TOKEN",
                                "xoxb-1-hush-hush-hush," + world.slack().botToken()),
                "check");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out().lines().filter(line -> !line.startsWith("ok ")))
                .satisfiesExactly(
                        app -> assertThat(app).contains("SLACK_APP_TOKEN", "invalid_auth"),
                        bot -> assertThat(bot).contains("SLACK_BOT_TOKEN", "invalid_auth"));
        assertThat(refused.out() + refused.err()).doesNotContain("hush");

        BotProcess.Ended unreachable = run(world.jar().with("SLACK_API_URL", "http://127.0.0.1:1/api"), "check");
        assertThat(unreachable.status()).isEqualTo(1);
        assertThat(unreachable.out()).contains("can't be reached", "SLACK_API_URL");
    }

    @Test
    void check_finds_a_missing_scope() throws Exception {
        try (World poor = new World(folder, FakeSlack.options().botScopes(Set.of("commands", "calls:write")))) {
            BotProcess.Ended ended = poor.launch(poor.jar(), "check").awaitEnd();

            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.out()).contains("links:write").doesNotContain("lacks the scopes calls:write");
        }
    }

    @Test
    void check_takes_nothing_from_a_bot_that_runs() throws Exception {
        world.start();

        assertThat(run(world.jar(), "check").status()).isEqualTo(2);
        world.says("ana", "/call Weekly sync", "general");
        World.eventually(() -> world.theCall("general"));
    }

    @Test
    void variables_come_from_a_file_named_before_or_after_the_command() throws Exception {
        Path file = Files.write(
                folder.resolve("bot.env"),
                world.jar().variables().entrySet().stream()
                        .map(entry -> "export " + entry.getKey() + "='" + entry.getValue() + "'")
                        .toList());

        for (List<String> line : List.of(
                List.of("--env-file", file.toString(), "check"),
                List.of("check", "--env-file", file.toString()),
                List.of("check", "--env-file=" + file))) {
            assertThat(good(run(Jar.in(folder), line.toArray(new String[0])))).contains("ok ");
        }
        world.start(Jar.in(folder), "--env-file", file.toString()).kill();
        world.start(Jar.in(folder), "run", "--env-file", file.toString()).kill();
    }

    @Test
    void the_environment_wins_over_the_file() throws Exception {
        Path file = Files.writeString(folder.resolve("bot.env"), "SWITCHBOARD_COMMAND=/other\nSLACK_APP_TOKEN=hush\n");
        BotProcess bot = world.start(world.jar().with("SWITCHBOARD_COMMAND", "/call"), "--env-file", file.toString());

        world.says("ana", "/call Weekly sync", "general");
        World.eventually(() -> world.theCall("general"));
        bot.kill();
    }

    @Test
    void tokens_come_from_files() throws Exception {
        Path app = Files.writeString(folder.resolve("app"), world.slack().appToken() + "\n");
        Path bot = Files.writeString(folder.resolve("bot"), world.slack().botToken() + "\r\n");

        world.start(world.jar()
                .without("SLACK_APP_TOKEN")
                .without("SLACK_BOT_TOKEN")
                .with("SLACK_APP_TOKEN_FILE", app.toString())
                .with("SLACK_BOT_TOKEN_FILE", bot.toString()));
        world.says("ana", "/call Weekly sync", "general");
        World.eventually(() -> world.theCall("general"));
    }

    @Test
    void the_tour_comes_out_as_it_should_and_leaves_nothing_behind() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        BotProcess.Ended tour = run(Jar.in(folder).jvm("-Djava.io.tmpdir=" + temporary), "sandbox", "--tour");

        assertThat(tour.status()).as(tour.out() + tour.err()).isZero();
        assertThat(tour.out()).contains("Ana types in #general: /call @bo Weekly sync", "Every step came out");
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("switchboard")))
                    .isEmpty();
        }
    }

    @Test
    void the_tour_is_readable_on_a_terminal_that_says_nothing_about_its_encoding() {
        assertThat(run(Jar.in(folder), "sandbox", "--tour").out())
                .contains("▸ Ana types")
                .doesNotContain("? Ana");
    }

    @Test
    void the_sandbox_stays_up_when_nobody_types() throws Exception {
        BotProcess sandbox = world.launch(Jar.in(folder), "sandbox", "--port", "0");
        await().atMost(BotProcess.PATIENCE).until(() -> sandbox.out().contains("Conversations:"));
        await().during(java.time.Duration.ofSeconds(1)).until(sandbox::isAlive);
        sandbox.terminate();
        assertThat(sandbox.awaitEnd().status()).isZero();
    }

    @Test
    void a_sandbox_on_a_port_in_use_is_a_mistake() {
        BotProcess.Ended ended = run(
                Jar.in(folder),
                "sandbox",
                "--port",
                String.valueOf(world.slack().port()));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.errLines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("--port: "));
    }
}
