package dev.switchboard.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake is one line that names what is wrong, and exit status 2; no secret is ever in a line. */
@Timeout(120)
class SettingsIT {
    private static final int MISTAKE = 2;

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

    /** Runs it; it is to say these mistakes and nothing else. */
    private List<String> mistakes(Jar jar, String... arguments) {
        BotProcess.Ended ended = world.launch(jar, arguments).awaitEnd();
        assertThat(ended.status()).as(ended.err()).isEqualTo(MISTAKE);
        if (!List.of(arguments).contains("check")) {
            assertThat(ended.out()).isEmpty();
        }
        assertThat(ended.errLines())
                .allSatisfy(line -> assertThat(line).isNotBlank().doesNotContain("hush"));
        return ended.errLines();
    }

    private void assertOneMistake(Jar jar, String variable, String words) {
        assertThat(mistakes(jar))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith(variable + ": ")
                        .contains(words)
                        .contains("for example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SLACK_APP_TOKEN", "SLACK_BOT_TOKEN", "SWITCHBOARD_MEETING_URL"})
    void what_is_required_and_missing(String variable) {
        assertOneMistake(world.jar().without(variable), variable, "is missing");
        assertOneMistake(world.jar().with(variable, "  "), variable, "is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SLACK_APP_TOKEN              | hush-hush-hush-hush            | must start with xapp-",
                "SLACK_APP_TOKEN              | xapp-hush                      | shorter",
                "SLACK_APP_TOKEN              | xoxb-1-hush-hush-hush          | SLACK_BOT_TOKEN",
                "SLACK_BOT_TOKEN              | xapp-1-hush-hush-hush          | SLACK_APP_TOKEN",
                "SLACK_BOT_TOKEN              | xoxp-1-hush-hush-hush          | must start with xoxb-",
                "SLACK_BOT_TOKEN              | xoxb-1-hush hush-hush          | space",
                "SLACK_API_URL                | slack.example.com/api          | must start with https://",
                "SLACK_TIER3_PER_MINUTE       | many                           | whole number",
                "SWITCHBOARD_CONNECTIONS      | 11                             | from 1 to 10",
                "SWITCHBOARD_MEETING_URL      | meet.example.com               | must start with https://",
                "SWITCHBOARD_MEETING_URL      | ftp://meet.example.com         | must start with https://",
                "SWITCHBOARD_MEETING_URL      | https://meet.example.com/{Room} | {room}",
                "SWITCHBOARD_MEETING_URL      | https://me:hush@meet.example.com | password",
                "SWITCHBOARD_DESKTOP_URL      | jitsi-meet://meet.example.com  | {room}",
                "SWITCHBOARD_PROVIDER         | zoom                           | link",
                "SWITCHBOARD_COMMAND          | call                           | slash",
                "SWITCHBOARD_DATABASE_URL     | postgresql:hush                | PostgreSQL",
                "SWITCHBOARD_DATABASE_URL     | jdbc:mysql://localhost/hush    | jdbc:h2:",
                "SWITCHBOARD_DATABASE_URL     | jdbc:h2:tcp://localhost/hush   | server",
                "SWITCHBOARD_DATABASE_URL     | jdbc:h2:file:./data;HUSH=hush;PASSWORD=hush | ",
                "SWITCHBOARD_HTTP_ADDRESS     | 8081                           | port",
                "SWITCHBOARD_HTTP_ADDRESS     | 203.0.113.7:8081               | listened",
                "SWITCHBOARD_HTTP_ADDRESS     | nowhere.invalid:8081           | listened",
                "SWITCHBOARD_POLL_INTERVAL    | 10                             | unit",
                "SWITCHBOARD_EMPTY_GRACE      | forever                        | unit",
                "SWITCHBOARD_IDLE_LIMIT       | 0s                             | longer",
                "HTTPS_PROXY                  | socks5://me:hush@proxy:1080    | SOCKS",
                "NO_PROXY                     | 10.0.0.0/99                    | range",
            })
    void what_is_malformed(String variable, String value, String words) {
        assertOneMistake(world.jar().with(variable, value), variable, words == null ? "" : words);
    }

    @Test
    void all_at_once() {
        assertThat(mistakes(Jar.in(folder)
                        .with("SLACK_BOT_TOKEN", "xapp-1-hush-hush-hush")
                        .with("SWITCHBOARD_DATABASE_URL", "hush")
                        .with("SWITCHBOARD_HTTP_ADDRESS", "here")
                        .with("SWITCHBOARD_MEETING_URL", "https://meet.example.com/{rom}")))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly(
                        "SLACK_APP_TOKEN",
                        "SLACK_BOT_TOKEN",
                        "SWITCHBOARD_MEETING_URL",
                        "SWITCHBOARD_DATABASE_URL",
                        "SWITCHBOARD_HTTP_ADDRESS");
    }

    @Test
    void secrets_in_files_that_cannot_be_used() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Jar jar = world.jar().without("SLACK_APP_TOKEN");
        assertOneMistake(jar.with("SLACK_APP_TOKEN_FILE", empty.toString()), "SLACK_APP_TOKEN_FILE", "is empty");
        assertOneMistake(
                jar.with("SLACK_APP_TOKEN_FILE", folder.resolve("none").toString()),
                "SLACK_APP_TOKEN_FILE",
                "does not exist");
        assertOneMistake(jar.with("SLACK_APP_TOKEN_FILE", "xapp-1-hush-hush"), "SLACK_APP_TOKEN_FILE", "not shown");
        assertOneMistake(world.jar().with("SLACK_APP_TOKEN_FILE", empty.toString()), "SLACK_APP_TOKEN_FILE", "as well");
        assertOneMistake(
                world.jar().with("SWITCHBOARD_DATABASE_PASSWORD_FILE", folder.toString()),
                "SWITCHBOARD_DATABASE_PASSWORD_FILE",
                "is a directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bogus", "--bogus", "run --bogus", "run more", "-x", "sandbox --port many", "--env-file"})
    void a_command_line_that_means_nothing(String arguments) {
        assertThat(mistakes(world.jar(), arguments.split(" ")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("help"));
    }

    @Test
    void an_env_file_that_cannot_be_read() throws IOException {
        assertThat(mistakes(world.jar(), "--env-file", folder.resolve("none").toString()))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("--env-file: ").contains("does not exist"));
        Path odd = Files.writeString(folder.resolve("odd"), "SLACK_APP_TOKEN=xapp-1\nhush hush\nA=\"hush\n");
        assertThat(mistakes(world.jar(), "check", "--env-file", odd.toString()))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("--env-file: line 2 "),
                        line -> assertThat(line).startsWith("--env-file: line 3 "));
    }

    private Jar onDatabase(String path) {
        return world.jar().with("SWITCHBOARD_DATABASE_URL", "jdbc:h2:file:" + path);
    }

    private static final String DATABASE = "SWITCHBOARD_DATABASE_URL";

    @Test
    void a_directory_that_cannot_be_written_to() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertOneMistake(onDatabase(file + "/below/switchboard"), DATABASE, "directory");
        assertOneMistake(onDatabase("/proc/switchboard/switchboard"), DATABASE, "directory");
        assertOneMistake(world.jar().with(DATABASE, "jdbc:h2:" + file + "/below/switchboard"), DATABASE, "directory");
    }

    @Test
    void a_database_that_another_process_holds() throws Exception {
        BotProcess first = world.start();

        assertOneMistake(world.jar(), DATABASE, "held by another process");
        assertThat(mistakes(world.jar(), "check"))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith(DATABASE));

        world.says("ana", "/call Weekly sync", "general");
        World.eventually(() -> world.theCall("general"));
        first.kill();
    }

    @Test
    void a_schema_newer_than_the_program() throws Exception {
        world.settle(world.start());
        change("insert into \"flyway_schema_history\" (\"installed_rank\", \"version\", \"description\", \"type\","
                + " \"script\", \"checksum\", \"installed_by\", \"installed_on\", \"execution_time\","
                + " \"success\") select 1000, '999', 'later', 'SQL', 'V999__later.sql', 1, 'sa',"
                + " current_timestamp, 1, true");

        assertOneMistake(world.jar(), DATABASE, "newer");
        assertThat(mistakes(world.jar(), "check"))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith(DATABASE));
    }

    @Test
    void a_schema_that_is_not_ours() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        change("create table calls (id int primary key)");

        assertOneMistake(world.jar(), DATABASE, "schema");
    }

    private void change(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(world.databaseUrl())) {
            connection.createStatement().execute(sql);
        }
    }

    @Test
    void a_database_file_that_is_damaged() throws Exception {
        world.settle(world.start());
        Path file = folder.resolve("data").resolve("switchboard.mv.db");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, "This was no database, ever. ".repeat(1000).getBytes(StandardCharsets.UTF_8));
        assertOneMistake(world.jar(), DATABASE, "damaged");

        Files.write(file, java.util.Arrays.copyOf(bytes, 5000));
        assertOneMistake(world.jar(), DATABASE, "damaged");
    }

    @Test
    void a_database_with_another_password() throws Exception {
        Jar jar = world.jar()
                .with("SWITCHBOARD_DATABASE_USER", "sb")
                .with("SWITCHBOARD_DATABASE_PASSWORD", "quiet-hush-1");
        world.start(jar).kill();

        assertOneMistake(jar.with("SWITCHBOARD_DATABASE_PASSWORD", "quiet-hush-2"), DATABASE, "password");
    }

    @Test
    void an_http_address_in_use() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertOneMistake(
                    world.jar().with("SWITCHBOARD_HTTP_ADDRESS", "127.0.0.1:" + other.getLocalPort()),
                    "SWITCHBOARD_HTTP_ADDRESS",
                    "listen");
        }
    }

    @Test
    void tokens_that_slack_refuses() {
        assertRefused(world.jar().with("SLACK_APP_TOKEN", "xapp-1-hush-hush-hush"), "SLACK_APP_TOKEN");
        assertRefused(world.jar().with("SLACK_BOT_TOKEN", "xoxb-1-hush-hush-hush"), "SLACK_BOT_TOKEN");
        assertRefused(
                world.jar()
                        .with("SLACK_APP_TOKEN", "xapp-1-hush-hush-hush")
                        .with("SLACK_BOT_TOKEN", "xoxb-1-hush-hush-hush"),
                "SLACK_APP_TOKEN",
                "SLACK_BOT_TOKEN");
    }

    private void assertRefused(Jar jar, String... variables) {
        List<String> lines = mistakes(jar);
        assertThat(lines).hasSize(variables.length).satisfies(said -> {
            for (int i = 0; i < variables.length; i++) {
                assertThat(said.get(i))
                        .startsWith(variables[i] + ": is refused by Slack (invalid_auth)")
                        .contains("for example");
            }
        });
    }

    @Test
    void a_mistake_at_the_start_leaves_nothing_running_and_the_database_free() {
        assertRefused(world.jar().with("SLACK_BOT_TOKEN", "xoxb-1-hush-hush-hush"), "SLACK_BOT_TOKEN");

        world.settle(world.start());
        await().until(() -> world.slack().connections().open() == 0);
    }
}
