package dev.switchboard.meeting.bigbluebutton;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.settings.BigBlueButtonSettings;
import dev.switchboard.settings.BigBlueButtonSettings.Checksum;
import dev.switchboard.settings.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignedUrlsTest {
    private static final String SUM = "da9185f7f333cfdfcd6eeac32dca3777510c4c436020d8b887ba5515bd1d189e";

    private final SignedUrls urls = urls(Checksum.SHA256);

    private static SignedUrls urls(Checksum checksum) {
        return new SignedUrls(new BigBlueButtonSettings(
                URI.create("https://bbb.example.com/bigbluebutton/api"),
                new Secret("639259d4-9dd8-4b25-bf01-95f9567eaf4b"),
                checksum,
                true,
                Optional.empty()));
    }

    private static Map<String, String> example() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("name", "Test Meeting");
        parameters.put("meetingID", "abc123");
        parameters.put("attendeePW", "111222");
        parameters.put("moderatorPW", "333444");
        return parameters;
    }

    @Test
    void the_example_of_the_documentation_comes_out() {
        assertThat(urls.of("create", example()))
                .hasToString("https://bbb.example.com/bigbluebutton/api/create?name=Test+Meeting&meetingID=abc123"
                        + "&attendeePW=111222&moderatorPW=333444&checksum=" + SUM);
    }

    @Test
    void what_is_hashed_is_what_is_sent() {
        String url = urls.of("join", Map.of("fullName", "Zoë & <Bo> 'x' 🙂,+%")).toString();
        String query = url.substring(url.indexOf('?') + 1, url.indexOf("&checksum="));
        assertThat(query).isEqualTo("fullName=Zo%C3%AB+%26+%3CBo%3E+%27x%27+%F0%9F%99%82%2C%2B%25");
        assertThat(url).endsWith("&checksum=" + urls.checksum("join", query));
    }

    @Test
    void a_call_without_parameters_has_its_checksum_alone() {
        assertThat(urls.of("getMeetings", Map.of()).getRawQuery())
                .isEqualTo("checksum=" + urls.checksum("getMeetings", ""));
    }

    @Test
    void the_server_tells_the_hash_by_its_length() {
        assertThat(urls(Checksum.SHA384).checksum("create", "")).hasSize(96);
        assertThat(urls(Checksum.SHA512).checksum("create", "")).hasSize(128);
    }

    @Test
    void only_what_was_signed_with_our_secret_is_ours() {
        String query = urls.of("create", example()).getRawQuery();
        assertThat(urls.isSigned("create", query)).isTrue();
        assertThat(urls.isSigned("join", query)).isFalse();
        assertThat(urls.isSigned("create", query.replace("abc123", "abc124"))).isFalse();
        assertThat(urls.isSigned("create", "meetingID=abc123")).isFalse();
    }
}
