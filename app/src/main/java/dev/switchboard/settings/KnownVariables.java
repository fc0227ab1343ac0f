package dev.switchboard.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The names of every variable, and what to tell an operator whose variable changes nothing. */
final class KnownVariables {
    /** The documented table, in its order. */
    static final Set<String> ALL = ordered(List.of(
            "SLACK_APP_TOKEN",
            "SLACK_BOT_TOKEN",
            "SLACK_API_URL",
            "SLACK_TIER3_PER_MINUTE",
            "SWITCHBOARD_CONNECTIONS",
            "SWITCHBOARD_MEETING_URL",
            "SWITCHBOARD_PROVIDER",
            "SWITCHBOARD_DESKTOP_URL",
            "SWITCHBOARD_DATABASE_URL",
            "SWITCHBOARD_DATABASE_USER",
            "SWITCHBOARD_DATABASE_PASSWORD",
            "SWITCHBOARD_KEEP_DAYS",
            "SWITCHBOARD_COMMAND",
            "SWITCHBOARD_HTTP_ADDRESS",
            "SWITCHBOARD_POLL_INTERVAL",
            "SWITCHBOARD_EMPTY_GRACE",
            "SWITCHBOARD_IDLE_LIMIT",
            "SWITCHBOARD_NO_SHOW_LIMIT",
            JitsiSettings.API_URL,
            JitsiSettings.XMPP_DOMAIN,
            JitsiSettings.MUC_DOMAIN,
            JitsiSettings.APP_ID,
            JitsiSettings.APP_SECRET,
            JitsiSettings.APP_KEY_FILE,
            JitsiSettings.KEY_ID,
            JitsiSettings.AUDIENCE,
            JitsiSettings.SYSTEM_KEY_FILE,
            JitsiSettings.SYSTEM_KEY_ID,
            BigBlueButtonSettings.SECRET,
            BigBlueButtonSettings.CHECKSUM,
            BigBlueButtonSettings.RECORD,
            BigBlueButtonSettings.GREENLIGHT_URL,
            "HTTPS_PROXY",
            "NO_PROXY"));

    /** Those that have a form with _FILE. */
    static final List<String> SECRETS = List.of(
            "SLACK_APP_TOKEN",
            "SLACK_BOT_TOKEN",
            "SWITCHBOARD_DATABASE_PASSWORD",
            JitsiSettings.APP_SECRET,
            BigBlueButtonSettings.SECRET);

    /** Those that the start script takes for itself. */
    private static final Set<String> OF_THE_SCRIPT = Set.of("SWITCHBOARD_HEAP", "SWITCHBOARD_CACHE");

    private static final Set<String> WITH_FILES = withFiles();
    private static final int FURTHEST_TYPO = 3;

    private KnownVariables() {}

    /**
     * A line for each variable of ours that is set, not blank, and has no effect; by name.
     *
     * @param provider empty if something is mistaken, so that there is more to say than what has no effect
     */
    static List<String> warnings(Map<String, String> variables, Optional<Provider> provider) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(variables).forEach((name, value) -> {
            if (!name.startsWith("SWITCHBOARD_") || value.isBlank()) {
                return;
            }
            if (OF_THE_SCRIPT.contains(name)) {
                lines.add(name + ": is for the start script, and has no effect without it");
            } else if (!WITH_FILES.contains(name)) {
                String hint =
                        nearest(name).map(n -> "; did you mean " + n + "?").orElse("");
                lines.add(Quoted.oneLine(name) + ": is not a variable of this program and was ignored" + hint);
            } else if (provider.isPresent() && !hasEffect(name, provider.get())) {
                lines.add(name + ": has no effect with the provider " + provider.get());
            }
        });
        return List.copyOf(lines);
    }

    private static boolean hasEffect(String name, Provider provider) {
        if (name.startsWith("SWITCHBOARD_JITSI_")) {
            return provider == Provider.JITSI;
        }
        if (name.startsWith("SWITCHBOARD_BBB_") || name.startsWith("SWITCHBOARD_GREENLIGHT_")) {
            return provider == Provider.BIGBLUEBUTTON;
        }
        return switch (name) {
            case "SWITCHBOARD_POLL_INTERVAL", "SWITCHBOARD_EMPTY_GRACE", "SWITCHBOARD_NO_SHOW_LIMIT" ->
                provider != Provider.LINK;
            case "SWITCHBOARD_DESKTOP_URL" -> provider != Provider.BIGBLUEBUTTON;
            default -> true;
        };
    }

    private static Optional<String> nearest(String name) {
        return WITH_FILES.stream()
                .filter(known -> distance(name, known) <= FURTHEST_TYPO)
                .min(Comparator.comparingInt(known -> distance(name, known)));
    }

    /** How many characters have to be added, removed or replaced to get from one to the other. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }

    private static Set<String> withFiles() {
        List<String> names = new ArrayList<>(ALL);
        SECRETS.forEach(secret -> names.add(Reading.fileOf(secret)));
        return ordered(names);
    }

    private static Set<String> ordered(List<String> names) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }
}
