package dev.switchboard.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The settings can't be used; carries every mistake in them. Its message holds no secret, and it has no cause that might. */
public final class SettingsException extends RuntimeException {
    private final List<Mistake> mistakes;
    private final List<String> warnings;

    /** With the mistakes in the order they are to be told, at least one. */
    public SettingsException(List<Mistake> mistakes) {
        this(mistakes, List.of());
    }

    SettingsException(List<Mistake> mistakes, List<String> warnings) {
        super(mistakes.stream().map(Mistake::line).collect(Collectors.joining("\n")));
        this.mistakes = List.copyOf(mistakes);
        this.warnings = List.copyOf(warnings);
    }

    /** Every mistake, in the order of the documented table; never empty. */
    public List<Mistake> mistakes() {
        return mistakes;
    }

    /** One line per variable that was ignored, as {@link Settings#warnings()}: a name mistyped shows here; may be empty. */
    public List<String> warnings() {
        return warnings;
    }
}
