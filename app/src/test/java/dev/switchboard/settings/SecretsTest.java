package dev.switchboard.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
    private static final String APP_EXAMPLE = ", for example xapp-1-A0123456789-1234567890-abc";
    private static final String BOT_EXAMPLE = ", for example xoxb-1234-5678-abc";

    @Nested
    class The_app_token {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "xoxp-HIDDEN-123456789 | starts with xoxp- but must start with xapp-",
                    "xoxd-HIDDEN-123456789 | starts with xoxd- but must start with xapp-",
                    "HIDDEN-1234567890     | must start with xapp-",
                    "xapp-HIDDEN 123456789 | holds a space or a character outside ASCII; copy the token again",
                    "xapp-HIDDEN…12345678  | holds a space or a character outside ASCII; copy the token again",
                    "xapp-HIDDEN           | is shorter than 16 characters; copy the whole token",
                    "\"xapp-HIDDEN-123456\" | starts with a quotation mark; leave the quotation marks out",
                    "xapp-HIDDEN-1234,xapp-HIDDEN-1234 | holds a comma; an app has one app-level token, and it goes"
                            + " here alone",
                    "xoxb-HIDDEN-123456789 | holds a bot token (xoxb-), which belongs in SLACK_BOT_TOKEN; the"
                            + " app-level token goes here",
                })
        void says_what_is_wrong(String token, String problem) {
            assertThat(Given.mistakes("SLACK_APP_TOKEN", token))
                    .containsExactly("SLACK_APP_TOKEN: " + problem + APP_EXAMPLE);
        }

        @Test
        void is_long_enough_with_sixteen_characters() {
            assertThat(Given.settings("SLACK_APP_TOKEN", "xapp-67890123456").appToken())
                    .isEqualTo(new Secret("xapp-67890123456"));
        }
    }

    @Nested
    class The_bot_tokens {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "xoxp-HIDDEN-123456789 | starts with xoxp- but must start with xoxb-",
                    "xoxb-HIDDEN           | is shorter than 16 characters; copy the whole token",
                    "xapp-HIDDEN-123456789 | holds an app-level token (xapp-), which belongs in SLACK_APP_TOKEN; the"
                            + " bot token goes here",
                    "xoxe.xoxb-1-HIDDEN-12 | starts with xoxe.xoxb-, a token that expires; turn token rotation off"
                            + " for this app",
                })
        void say_what_is_wrong(String token, String problem) {
            assertThat(Given.mistakes("SLACK_BOT_TOKEN", token))
                    .containsExactly("SLACK_BOT_TOKEN: " + problem + BOT_EXAMPLE);
        }

        @Test
        void say_which_of_several_is_wrong() {
            assertThat(Given.mistakes("SLACK_BOT_TOKEN", "xoxb-HIDDEN-123456, hush,,xoxb-HIDDEN-123456"))
                    .containsExactly(
                            "SLACK_BOT_TOKEN: token 2 of 4 must start with xoxb-" + BOT_EXAMPLE,
                            "SLACK_BOT_TOKEN: token 3 of 4 is empty; remove the comma next to it" + BOT_EXAMPLE,
                            "SLACK_BOT_TOKEN: token 4 of 4 is there twice; give each workspace's token once"
                                    + BOT_EXAMPLE);
        }
    }

    @Nested
    class From_files {
        @TempDir
        Path directory = Path.of("");

        @Test
        void they_are_read_and_trimmed() throws IOException {
            Settings settings = Settings.from(Map.of(
                    "SLACK_APP_TOKEN_FILE", file("app", "xapp-from-a-file-1\n"),
                    "SLACK_BOT_TOKEN_FILE", file("bot", "\uFEFFxoxb-from-a-file-1,\r\nxoxb-from-a-file-2\r\n"),
                    "SWITCHBOARD_DATABASE_PASSWORD_FILE", file("password", "pass word\n"),
                    "SWITCHBOARD_MEETING_URL", "https://meet.example.com"));

            assertThat(settings.appToken()).isEqualTo(new Secret("xapp-from-a-file-1"));
            assertThat(settings.botTokens())
                    .containsExactly(new Secret("xoxb-from-a-file-1"), new Secret("xoxb-from-a-file-2"));
            assertThat(settings.database().password()).contains(new Secret("pass word"));
        }

        @Test
        void a_wrong_token_names_its_file_variable() throws IOException {
            assertThat(Given.mistakes("SLACK_BOT_TOKEN", "", "SLACK_BOT_TOKEN_FILE", file("bot", "xoxp-HIDDEN")))
                    .containsExactly("SLACK_BOT_TOKEN: starts with xoxp- but must start with xoxb- (read from the file"
                            + " in SLACK_BOT_TOKEN_FILE)" + BOT_EXAMPLE);
        }

        @Test
        void both_forms_are_a_mistake() throws IOException {
            assertThat(Given.mistakes("SLACK_APP_TOKEN_FILE", file("app", "xapp-from-a-file-1")))
                    .containsExactly("SLACK_APP_TOKEN_FILE: is set as well as SLACK_APP_TOKEN; keep one of the two,"
                            + " for example /run/secrets/slack_app_token");
        }

        @Test
        void a_file_that_cannot_be_used_says_why() throws IOException {
            Path latin = Files.write(directory.resolve("latin"), new byte[] {'p', (byte) 0xe4});

            assertThat(problem(directory.resolve("none").toString())).endsWith("none\", which does not exist");
            assertThat(problem(directory.toString())).isEqualTo("names \"" + directory + "\", which is a directory");
            assertThat(problem(file("empty", " \n"))).endsWith("empty\", which is empty");
            assertThat(problem(latin.toString())).endsWith("latin\", which is not UTF-8 text");
            assertThat(problem(file("big", "x".repeat(1_100_000)))).endsWith("big\", which is larger than 1 MiB");
            assertThat(problem(latin + "/below")).endsWith("below\", which cannot be read");
            assertThat(problem("a\0b")).isEqualTo("is not a path of this system");
        }

        @Test
        void a_secret_given_in_place_of_a_file_is_not_shown() {
            assertThat(problem("hush"))
                    .isEqualTo("names a file (not shown here: it may be the secret itself), which does not exist");
            assertThat(problem("hu/sh+==")).doesNotContain("hu/");
            assertThat(problem("/xoxb-1-2-HIDDEN")).isEqualTo("names \"/***\", which does not exist");
        }

        private String problem(String path) {
            Mistake mistake = catchThrowableOfType(
                            SettingsException.class, () -> Given.settings("SWITCHBOARD_DATABASE_PASSWORD_FILE", path))
                    .mistakes()
                    .get(0);
            assertThat(mistake.variable()).isEqualTo("SWITCHBOARD_DATABASE_PASSWORD_FILE");
            assertThat(mistake.example()).isEqualTo("/run/secrets/switchboard_database_password");
            return mistake.problem();
        }

        private String file(String name, String content) throws IOException {
            return Files.writeString(directory.resolve(name), content, StandardCharsets.UTF_8)
                    .toString();
        }
    }
}
