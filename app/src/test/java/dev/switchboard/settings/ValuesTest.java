package dev.switchboard.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "10s,PT10S", "2m,PT2M", "4h,PT4H", "8760h,PT8760H", "007s,PT7S"})
    void durations_have_a_number_and_a_unit(String written, Duration duration) {
        assertThat(Given.settings("SWITCHBOARD_EMPTY_GRACE", written).emptyGrace())
                .contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "s", "10 s", "10S", "-1s", "1.5h", "1d", "PT10S", "1h30m", "9999999999999999s"})
    void other_durations_are_refused(String written) {
        assertThat(Given.mistakes("SWITCHBOARD_IDLE_LIMIT", written))
                .containsExactly("SWITCHBOARD_IDLE_LIMIT: \"" + written + "\" must be a whole number and a unit without"
                        + " a space between: ms, s, m or h, for example 4h");
    }

    @Test
    void durations_are_more_than_nothing_and_at_most_a_year() {
        assertThat(Given.mistakes(
                        "SWITCHBOARD_EMPTY_GRACE", "0ms",
                        "SWITCHBOARD_IDLE_LIMIT", "8761h",
                        "SWITCHBOARD_POLL_INTERVAL", "99ms"))
                .containsExactly(
                        "SWITCHBOARD_POLL_INTERVAL: \"99ms\" must be at least 100ms, for example 10s",
                        "SWITCHBOARD_EMPTY_GRACE: \"0ms\" must be longer than nothing, for example 2m",
                        "SWITCHBOARD_IDLE_LIMIT: \"8761h\" must be at most a year, 8760h, for example 4h");
        assertThat(Given.mistakes("SWITCHBOARD_IDLE_LIMIT", "999999999999999h")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "100001", "fifty", "5.5", "99999999999999999999"})
    void the_tier_is_a_whole_number(String written) {
        assertThat(Given.mistakes("SLACK_TIER3_PER_MINUTE", written))
                .containsExactly("SLACK_TIER3_PER_MINUTE: \"" + written + "\" must be a whole number from 0 to 100000,"
                        + " for example 50");
    }

    @Test
    void the_tier_goes_up_to_a_hundred_thousand() {
        assertThat(Given.settings("SLACK_TIER3_PER_MINUTE", "100000").tier3PerMinute())
                .isEqualTo(100_000);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "365,365", "030,30", "36500,36500"})
    void ended_calls_are_kept_for_whole_days(String written, int days) {
        assertThat(Given.settings("SWITCHBOARD_KEEP_DAYS", written).keep()).contains(Duration.ofDays(days));
    }

    @Test
    void ended_calls_are_kept_for_a_year_or_for_ever() {
        assertThat(Given.settings().keep()).contains(Duration.ofDays(365));
        assertThat(Given.settings("SWITCHBOARD_KEEP_DAYS", "0").keep()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "36501", "a year", "1.5", "365d", "99999999999999999999"})
    void other_numbers_of_days_are_refused(String written) {
        assertThat(Given.mistakes("SWITCHBOARD_KEEP_DAYS", written))
                .containsExactly("SWITCHBOARD_KEEP_DAYS: \"" + written + "\" must be a whole number of days from 1 to"
                        + " 36500, or 0 for ever, for example 365");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "11", "two", "1.5", "99999999999999999999"})
    void the_connections_are_as_many_as_slack_allows(String written) {
        assertThat(Given.mistakes("SWITCHBOARD_CONNECTIONS", written))
                .containsExactly("SWITCHBOARD_CONNECTIONS: \"" + written + "\" must be a whole number from 1 to 10,"
                        + " for example 1");
        assertThat(Given.settings("SWITCHBOARD_CONNECTIONS", "10").connections())
                .isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"call", "/", "/Call", "/a b", "//call", "/x2345678901234567890123456789012"})
    void a_command_is_a_slash_and_a_word(String written) {
        assertThat(Given.mistakes("SWITCHBOARD_COMMAND", written))
                .containsExactly("SWITCHBOARD_COMMAND: \"" + written + "\" must be a slash and 1 to 31 of lower-case"
                        + " letters, digits, hyphens and underscores, for example /call");
    }

    @Test
    void a_command_has_up_to_31_characters_after_its_slash() {
        String longest = "/x234567890123456789012345678901";
        assertThat(Given.settings("SWITCHBOARD_COMMAND", longest).command()).isEqualTo(longest);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:8081,127.0.0.1,8081", "localhost:0,localhost,0", "[::1]:8081,::1,8081", "[::]:65535,::,65535"
    })
    void an_address_is_kept_unresolved(String written, String host, int port) {
        InetSocketAddress address = Given.settings("SWITCHBOARD_HTTP_ADDRESS", written)
                .httpAddress()
                .orElseThrow();

        assertThat(address.isUnresolved()).isTrue();
        assertThat(address.getHostString()).isEqualTo(host);
        assertThat(address.getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8081             | must be a host, a colon and a port; an IPv6 address goes in brackets",
                ":8081            | must be a host, a colon and a port; an IPv6 address goes in brackets",
                "localhost        | must be a host, a colon and a port; an IPv6 address goes in brackets",
                "::1:8081         | must be a host, a colon and a port; an IPv6 address goes in brackets",
                "http://host:8081 | must be a host, a colon and a port; an IPv6 address goes in brackets",
                "localhost:65536  | must have a port from 0 to 65535",
                "[1::2::3]:80     | has brackets around something that is not an IPv6 address",
            })
    void other_addresses_are_refused(String written, String problem) {
        assertThat(Given.mistakes("SWITCHBOARD_HTTP_ADDRESS", written))
                .containsExactly(
                        "SWITCHBOARD_HTTP_ADDRESS: \"" + written + "\" " + problem + ", for example 127.0.0.1:8081");
    }

    @Test
    void a_provider_is_one_of_three() {
        assertThat(Given.mistakes("SWITCHBOARD_PROVIDER", "zoom"))
                .containsExactly(
                        "SWITCHBOARD_PROVIDER: \"zoom\" must be link, jitsi or bigbluebutton, for example link");
    }
}
