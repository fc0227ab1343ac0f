package dev.switchboard.settings;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Variables for tests: the least a bot starts with, and changes to it. */
final class Given {
    static final String APP_TOKEN = "xapp-1-A0HIDDENAPP-42-hush";
    static final String BOT_TOKEN = "xoxb-1-2-HIDDENBOT-hush";
    static final Map<String, String> LEAST = Map.of(
            "SLACK_APP_TOKEN",
            APP_TOKEN,
            "SLACK_BOT_TOKEN",
            BOT_TOKEN,
            "SWITCHBOARD_MEETING_URL",
            "https://meet.example.com");

    private Given() {}

    /** The least, with these names and values in turn over it. */
    static Map<String, String> least(String... namesAndValues) {
        Map<String, String> variables = new HashMap<>(LEAST);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            variables.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return variables;
    }

    static Settings settings(String... namesAndValues) {
        return Settings.from(least(namesAndValues));
    }

    /** The lines of all mistakes. */
    static List<String> mistakes(String... namesAndValues) {
        return mistakes(least(namesAndValues));
    }

    static List<String> mistakes(Map<String, String> variables) {
        return catchThrowableOfType(SettingsException.class, () -> Settings.from(variables)).mistakes().stream()
                .map(Mistake::line)
                .toList();
    }
}
