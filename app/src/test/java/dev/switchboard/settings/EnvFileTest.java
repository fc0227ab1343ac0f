package dev.switchboard.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void a_whole_file_is_read() throws IOException {
        assertThat(read("""
                        \uFEFF# Slack
                        SLACK_APP_TOKEN=xapp-1
                          # indented
                        export SLACK_BOT_TOKEN=xoxb-1

                        COMMAND=/one
                        COMMAND=/two
                        EMPTY=
                        URL=https://meet.example.com/#{room}?a=b
                        """.replace("\n", "\r\n")))
                .containsExactly(
                        Map.entry("SLACK_APP_TOKEN", "xapp-1"),
                        Map.entry("SLACK_BOT_TOKEN", "xoxb-1"),
                        Map.entry("COMMAND", "/two"),
                        Map.entry("EMPTY", ""),
                        Map.entry("URL", "https://meet.example.com/#{room}?a=b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "N=a b  c             | a b  c",
                "N = a                | a",
                "export\tN=a          | a",
                "N='a # \"b\" \\n'    | a # \"b\" \\n",
                "N=\"a # 'b'\"        | a # 'b'",
                "N=\"say \\\"a\\\"\"  | say \"a\"",
                "N=\"back\\\\slash\"  | back\\slash",
                "N=\"\\\\n\"          | \\n",
                "N='a' # comment      | a",
                "N=\"a\"# comment     | a",
                "N=pa#ss'w\"ord\\n$X  | pa#ss'w\"ord\\n$X",
                "N==a=                | =a=",
            })
    void values_are_taken(String line, String value) throws IOException {
        assertThat(read(line)).containsExactly(Map.entry("N", value));
    }

    @Test
    void line_breaks_and_emptiness_can_be_quoted() throws IOException {
        assertThat(read("N=\"a\\nb\"\nM=''")).containsOnly(Map.entry("N", "a\nb"), Map.entry("M", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hush", "export hush", "=hush", "1N=hush", "A-B=hush", "set N=hush"})
    void a_line_without_a_name_and_a_value_is_refused(String line) throws IOException {
        assertThat(problem("GOOD=1\n\n" + line)).isEqualTo("line 3 of \"" + file() + "\" is not NAME=value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"N=\"hush", "N='hush", "N=\"hush\" more", "N='hu'sh'", "N=\"hush\\\"", "N=\"hush\\t\""})
    void quotation_marks_that_do_not_close_are_refused(String line) throws IOException {
        assertThat(problem(line)).startsWith("line 1 of \"" + file() + "\" has quotation marks that do not close");
    }

    @Test
    void a_comment_after_a_bare_value_is_refused_not_guessed() throws IOException {
        assertThat(problem("N=hush # comment"))
                .isEqualTo(
                        "line 1 of \"" + file() + "\" has a # after a space; put the value in quotation marks, or the"
                                + " comment on a line of its own");
        assertThat(problem("N= # comment")).contains("has a # after a space");
    }

    @Test
    void all_its_mistakes_are_told_at_once_and_never_its_content() {
        SettingsException refused = catchThrowableOfType(SettingsException.class, () -> read("hush\nA=1\n'hush'\n"));

        assertThat(refused.mistakes())
                .extracting(Mistake::line)
                .containsExactly(
                        "--env-file: line 1 of \"" + file() + "\" is not NAME=value, for example"
                                + " SWITCHBOARD_COMMAND=/call",
                        "--env-file: line 3 of \"" + file() + "\" is not NAME=value, for example"
                                + " SWITCHBOARD_COMMAND=/call");
    }

    @Test
    void a_missing_file_is_a_mistake() {
        assertThat(catchThrowableOfType(SettingsException.class, () -> EnvFile.read(file())))
                .hasMessage("--env-file: names \"" + file() + "\", which does not exist, for example switchboard.env");
    }

    @Nested
    class Under_the_environment {
        @Test
        void the_environment_wins_and_the_file_fills_in() {
            assertThat(Environment.over(Map.of("A", "env", "B", "env", "C", " "), Map.of("B", "file", "C", "file")))
                    .containsOnly(Map.entry("A", "env"), Map.entry("B", "env"), Map.entry("C", "file"));
        }

        @Test
        void a_secret_wins_in_whichever_form() {
            for (String secret : List.of("SLACK_APP_TOKEN", "SLACK_BOT_TOKEN", "SWITCHBOARD_DATABASE_PASSWORD")) {
                Map<String, String> direct = Map.of(secret, "value");
                Map<String, String> inFile = Map.of(secret + "_FILE", "/path");

                assertThat(Environment.over(direct, inFile)).isEqualTo(direct);
                assertThat(Environment.over(inFile, direct)).isEqualTo(inFile);
            }
        }

        @Test
        void a_proxy_wins_in_either_case() {
            assertThat(Environment.over(
                            Map.of("https_proxy", "env", "NO_PROXY", "env"),
                            Map.of("HTTPS_PROXY", "file", "no_proxy", "file")))
                    .containsOnly(Map.entry("https_proxy", "env"), Map.entry("NO_PROXY", "env"));
        }

        @Test
        void both_forms_of_a_secret_in_one_place_stay_a_mistake() {
            Map<String, String> both = Map.of("SLACK_BOT_TOKEN", "value", "SLACK_BOT_TOKEN_FILE", "/path");

            assertThat(Environment.over(Map.of(), both)).isEqualTo(both);
            assertThat(Environment.over(both, Map.of())).isEqualTo(both);
        }

        @Test
        void the_environment_is_the_process_own() {
            assertThat(Environment.variables()).containsKey("PATH");
        }
    }

    private String problem(String content) {
        return catchThrowableOfType(SettingsException.class, () -> read(content))
                .mistakes()
                .get(0)
                .problem();
    }

    private Map<String, String> read(String content) throws IOException {
        return EnvFile.read(Files.writeString(file(), content));
    }

    private Path file() {
        return directory.resolve("test.env");
    }
}
