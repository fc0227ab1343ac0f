package dev.switchboard.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WarningsTest {
    @ParameterizedTest
    @CsvSource({
        "SWITCHBOARD_COMAND,SWITCHBOARD_COMMAND",
        "SWITCHBOARD_MEETINGURL,SWITCHBOARD_MEETING_URL",
        "SWITCHBOARD_POLL_INTERVALL,SWITCHBOARD_POLL_INTERVAL",
        "SWITCHBOARD_DATABASE_PASWORD_FILE,SWITCHBOARD_DATABASE_PASSWORD_FILE",
        "SWITCHBOARD_BBB_SECRETS,SWITCHBOARD_BBB_SECRET",
    })
    void a_mistyped_name_is_told_with_the_nearest_known_one(String typed, String meant) {
        assertThat(Given.settings(typed, "hush").warnings())
                .containsExactly(
                        typed + ": is not a variable of this program and was ignored; did you mean " + meant + "?");
    }

    @Test
    void what_the_start_script_takes_for_itself_has_no_effect_without_it() {
        assertThat(Given.settings("SWITCHBOARD_CACHE", "off").warnings())
                .containsExactly("SWITCHBOARD_CACHE: is for the start script, and has no effect without it");
    }

    @Test
    void a_name_like_no_other_is_told_without_a_guess() {
        assertThat(Given.settings("SWITCHBOARD_COLOUR_OF_THE_SKY\n", "hush").warnings())
                .containsExactly("SWITCHBOARD_COLOUR_OF_THE_SKY?: is not a variable of this program and was ignored");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SWITCHBOARD_JITSI_API_URL",
                "SWITCHBOARD_JITSI_APP_KEY_FILE",
                "SWITCHBOARD_JITSI_APP_SECRET_FILE",
                "SWITCHBOARD_BBB_SECRET",
                "SWITCHBOARD_GREENLIGHT_URL",
                "SWITCHBOARD_POLL_INTERVAL",
                "SWITCHBOARD_EMPTY_GRACE",
                "SWITCHBOARD_NO_SHOW_LIMIT",
            })
    void a_known_name_without_effect_is_told(String name) {
        assertThat(Given.settings(name, "10s").warnings())
                .containsExactly(name + ": has no effect with the provider link");
    }

    @Test
    void with_its_own_provider_each_has_an_effect() {
        assertThat(Given.settings(
                                "SWITCHBOARD_PROVIDER",
                                "jitsi",
                                "SWITCHBOARD_JITSI_API_URL",
                                "https://meet.example.com",
                                "SWITCHBOARD_POLL_INTERVAL",
                                "10s",
                                "SWITCHBOARD_EMPTY_GRACE",
                                "2m",
                                "SWITCHBOARD_NO_SHOW_LIMIT",
                                "30m")
                        .warnings())
                .isEmpty();
        assertThat(Given.settings(
                                "SWITCHBOARD_PROVIDER",
                                "bigbluebutton",
                                "SWITCHBOARD_MEETING_URL",
                                "https://meet.example.com/bigbluebutton",
                                "SWITCHBOARD_BBB_SECRET",
                                "hush",
                                "SWITCHBOARD_GREENLIGHT_URL",
                                "https://meet.example.com",
                                "SWITCHBOARD_POLL_INTERVAL",
                                "10s",
                                "SWITCHBOARD_EMPTY_GRACE",
                                "2m")
                        .warnings())
                .isEmpty();
    }

    @Test
    void others_are_none_of_our_business() {
        assertThat(Given.settings("SLACK_WEBHOOK", "x", "PATH", "/bin", "SWITCHBOARD_BLANK", " ")
                        .warnings())
                .isEmpty();
    }

    @Test
    void mistakes_carry_them_too_for_a_typo_is_often_why_a_variable_is_missing() {
        assertThat(catchThrowableOfType(
                                SettingsException.class,
                                () -> Settings.from(Map.of("SWITCHBOARD_MEETNG_URL", "https://meet")))
                        .warnings())
                .containsExactly("SWITCHBOARD_MEETNG_URL: is not a variable of this program and was ignored; did you"
                        + " mean SWITCHBOARD_MEETING_URL?");
    }
}
