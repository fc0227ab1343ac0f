package dev.switchboard.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {
    @Nested
    class Of_the_meeting_server {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "https://meet.example.com              | https://meet.example.com/{room}",
                    "https://meet.example.com/             | https://meet.example.com/{room}",
                    "https://meet.example.com/a/b//        | https://meet.example.com/a/b/{room}",
                    "http://10.0.0.1:8000                  | http://10.0.0.1:8000/{room}",
                    "http://[::1]:8000/                    | http://[::1]:8000/{room}",
                    "HTTPS://meet.example.com              | HTTPS://meet.example.com/{room}",
                    "https://meet.example.com/{room}       | https://meet.example.com/{room}",
                    "https://meet.example.com/r-{room}/go  | https://meet.example.com/r-{room}/go",
                    "https://meet.example.com/?room={room} | https://meet.example.com/?room={room}",
                    "https://meet.example.com/#{room}      | https://meet.example.com/#{room}",
                })
        void always_has_a_place_for_the_room(String written, String template) {
            assertThat(Given.settings("SWITCHBOARD_MEETING_URL", written).meetingUrl())
                    .isEqualTo(template);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "https://meet/{name}        | is a template without {room}; write {room}, in small letters, where"
                            + " the room's name goes",
                    "https://meet/{ROOM}        | is a template without {room}; write {room}, in small letters, where"
                            + " the room's name goes",
                    "https://meet/room}         | is a template without {room}; write {room}, in small letters, where"
                            + " the room's name goes",
                    "https://meet/{room}/{room} | has {room} more than once",
                    "https://meet/{a}/{room}    | has braces other than those of {room}",
                    "https://meet/{{room}}      | has braces other than those of {room}",
                    "https://meet/%7Broom%7D    | has an encoded brace; write {room} with the braces themselves",
                    "https://meet?a=b           | has a query or a fragment, so where a room goes is unclear; write"
                            + " {room} where the room's name goes",
                    "https://meet/#             | has a query or a fragment, so where a room goes is unclear; write"
                            + " {room} where the room's name goes",
                    "https://{room}.example.com | has {room} in its host; it can be in the path, the query or the"
                            + " fragment",
                    "https://meet:{room}/       | has {room} in its host; it can be in the path, the query or the"
                            + " fragment",
                    "meet.example.com           | must start with https:// or http://",
                    "ftp://meet.example.com     | must start with https:// or http://",
                    "https:///room              | names no host",
                    "https:room                 | names no host",
                    "https://                   | is not a URL",
                    "https://meet/a b           | is not a URL",
                    "https://my_meet/           | has a host or port that is not valid; hosts are letters, digits,"
                            + " dots and hyphens, other letters in their xn-- form",
                    "https://bücher.example     | has a host or port that is not valid; hosts are letters, digits,"
                            + " dots and hyphens, other letters in their xn-- form",
                    "https://meet:65536         | has a host or port that is not valid; hosts are letters, digits,"
                            + " dots and hyphens, other letters in their xn-- form",
                })
        void says_what_is_wrong(String written, String problem) {
            assertThat(Given.mistakes("SWITCHBOARD_MEETING_URL", written))
                    .containsExactly("SWITCHBOARD_MEETING_URL: \"" + written + "\" " + problem
                            + ", for example https://meet.example.com/{room}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://me:hush@meet", "https://hush@meet/{room}", "https://me:hu@sh?x@meet/"})
        void must_not_hold_a_user(String written) {
            assertThat(Given.mistakes("SWITCHBOARD_MEETING_URL", written))
                    .singleElement()
                    .asString()
                    .startsWith("SWITCHBOARD_MEETING_URL: \"https://***\" must not hold a user or a password")
                    .doesNotContain("hu", "sh");
        }
    }

    @Nested
    class For_the_desktop {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "jitsi-meet://meet.example.com/{room}",
                    "callapp:{room}",
                    "callapp://{room}",
                    "sip:{room}@example.com",
                    "https://meet.example.com/app?room={room}"
                })
        void may_have_any_scheme(String written) {
            assertThat(Given.settings("SWITCHBOARD_DESKTOP_URL", written).desktopUrl())
                    .contains(written);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "javascript:go({room})   | javascript: is not a scheme people can be sent to",
                    "DATA:,{room}            | DATA: is not a scheme people can be sent to",
                    "file:///{room}          | file: is not a scheme people can be sent to",
                    "{room}                  | \"{room}\" must start with a scheme, such as jitsi-meet://",
                    "callapp:lobby           | \"callapp:lobby\" is without {room}; write {room} where the room's name"
                            + " goes",
                    "callapp:{room}/{room}   | \"callapp:{room}/{room}\" has {room} more than once",
                    "callapp:{room} now      | \"callapp:{room} now\" is not a URL",
                    "app://me:hush@x/{room}  | \"app://***\" must not hold a password, for everybody in a Call gets to"
                            + " see it",
                })
        void says_what_is_wrong(String written, String problem) {
            assertThat(Given.mistakes("SWITCHBOARD_DESKTOP_URL", written))
                    .containsExactly("SWITCHBOARD_DESKTOP_URL: " + problem
                            + ", for example jitsi-meet://meet.example.com/{room}");
        }
    }

    @Nested
    class Of_slack {
        @ParameterizedTest
        @CsvSource({
            "https://slack.com/api,https://slack.com/api/",
            "https://slack.com/api//,https://slack.com/api/",
            "http://localhost:8080,http://localhost:8080/",
        })
        void ends_with_one_slash(String written, String base) {
            assertThat(Given.settings("SLACK_API_URL", written).slackApiUrl()).hasToString(base);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "https://slack.com/api?a | must not have a query or a fragment",
                    "https://slack.com/api#a | must not have a query or a fragment",
                    "slack.com/api           | must start with https:// or http://",
                    "https:///api            | names no host",
                    "https://slack.com/{a}   | is not a URL",
                })
        void says_what_is_wrong(String written, String problem) {
            assertThat(Given.mistakes("SLACK_API_URL", written))
                    .containsExactly(
                            "SLACK_API_URL: \"" + written + "\" " + problem + ", for example https://slack.com/api/");
        }
    }

    @Test
    void a_quoted_value_stays_on_one_line_and_is_cut() {
        assertThat(Given.mistakes("SLACK_API_URL", "a\r\n\u001b[2J\u2028\u202e" + "b".repeat(500)))
                .singleElement()
                .asString()
                .startsWith("SLACK_API_URL: \"a???[2J??" + "b".repeat(191) + "...\" must start");
    }
}
