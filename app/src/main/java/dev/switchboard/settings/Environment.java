package dev.switchboard.settings;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The variables this process was started with, and how they go together with those of a file. */
public final class Environment {
    private Environment() {}

    /** The process's environment; the only place where the program reads it. */
    public static Map<String, String> variables() {
        return System.getenv();
    }

    /**
     * Both together. What is set (not blank) in the environment wins, in whichever form: a secret given there hides the
     * file's {@code NAME} and {@code NAME_FILE}, a proxy hides the file's in either case.
     */
    public static Map<String, String> over(Map<String, String> environment, Map<String, String> file) {
        Map<String, String> both = new LinkedHashMap<>(file);
        KnownVariables.SECRETS.forEach(name -> hide(both, environment, name, Reading.fileOf(name)));
        hide(both, environment, Proxies.HTTPS_PROXY, Proxies.HTTPS_PROXY.toLowerCase(Locale.ROOT));
        hide(both, environment, Proxies.NO_PROXY, Proxies.NO_PROXY.toLowerCase(Locale.ROOT));
        environment.forEach((name, value) -> {
            if (!value.isBlank()) {
                both.put(name, value);
            }
        });
        return Map.copyOf(both);
    }

    private static void hide(Map<String, String> both, Map<String, String> environment, String name, String otherName) {
        if (isSet(environment, name) || isSet(environment, otherName)) {
            both.remove(name);
            both.remove(otherName);
        }
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }
}
