package dev.switchboard.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One reading of the variables: hands out values, and collects every mistake on the way. */
final class Reading {
    private final Map<String, String> variables;
    private final List<Mistake> mistakes = new ArrayList<>();

    Reading(Map<String, String> variables) {
        this.variables = variables;
    }

    /** Turns a variable's text, trimmed and not empty, into its value. */
    interface Parser<T> {
        T parse(String text) throws Refusal;
    }

    /**
     * A secret's text and where it came from.
     *
     * @param origin empty, or words that can end a mistake's problem
     */
    record Given(String text, String origin) {
        @Override
        public String toString() {
            return "***" + origin;
        }
    }

    /** The variable's text, trimmed; blank counts as unset. */
    Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The value; empty when the variable is unset, or refused and so among the mistakes. */
    <T> Optional<T> optional(String name, String example, Parser<T> parser) {
        return text(name).flatMap(text -> parse(name, text, example, parser));
    }

    /** The value, or that of the default; empty only after a mistake. */
    <T> Optional<T> withDefault(String name, String defaultText, Parser<T> parser) {
        return withDefault(name, defaultText, defaultText, parser);
    }

    /** The same with an example that isn't the default. */
    <T> Optional<T> withDefault(String name, String defaultText, String example, Parser<T> parser) {
        return parse(name, text(name).orElse(defaultText), example, parser);
    }

    /** The value; empty only after a mistake. */
    <T> Optional<T> required(String name, String whatToSet, String example, Parser<T> parser) {
        if (text(name).isEmpty()) {
            missing(name, whatToSet, example);
        }
        return optional(name, example, parser);
    }

    /** The text of a secret that has to be there, from the variable or its file; empty only after a mistake. */
    Optional<Given> requiredSecret(String name, String whatToSet, String example) {
        if (text(name).isEmpty() && text(fileOf(name)).isEmpty()) {
            missing(name, whatToSet, example);
        }
        return secret(name);
    }

    /** The text of a secret, from the variable or its file; empty when both are unset, or after a mistake. */
    Optional<Given> secret(String name) {
        Optional<String> direct = text(name);
        Optional<String> file = text(fileOf(name));
        if (direct.isPresent() && file.isPresent()) {
            mistake(fileOf(name), "is set as well as " + name + "; keep one of the two", exampleFile(name));
            return Optional.empty();
        }
        return file.isPresent() ? file.flatMap(path -> fromFile(name, path)) : direct.map(text -> new Given(text, ""));
    }

    void mistake(String variable, String problem, String example) {
        mistakes.add(new Mistake(variable, problem, example));
    }

    /** Whether there is a mistake so far. */
    boolean mistaken() {
        return !mistakes.isEmpty();
    }

    void throwIfMistaken(List<String> warnings) {
        if (!mistakes.isEmpty()) {
            throw new SettingsException(mistakes, warnings);
        }
    }

    static String fileOf(String name) {
        return name + "_FILE";
    }

    private void missing(String name, String whatToSet, String example) {
        mistake(name, "is missing; set it to " + whatToSet, example);
    }

    private <T> Optional<T> parse(String name, String text, String example, Parser<T> parser) {
        try {
            return Optional.of(parser.parse(text));
        } catch (Refusal refusal) {
            mistake(name, refusal.sentence(), example);
            return Optional.empty();
        }
    }

    private Optional<Given> fromFile(String name, String file) {
        String variable = fileOf(name);
        Path path;
        try {
            path = Path.of(file);
        } catch (InvalidPathException e) {
            mistake(variable, "is not a path of this system", exampleFile(name));
            return Optional.empty();
        }
        try {
            String text = TextFile.read(path).strip();
            if (text.isEmpty()) {
                throw new Refusal("is empty");
            }
            return Optional.of(new Given(text, " (read from the file in " + variable + ")"));
        } catch (Refusal refusal) {
            mistake(variable, "names " + shown(path) + ", which " + refusal.sentence(), exampleFile(name));
            return Optional.empty();
        }
    }

    /** The path, unless it may be the secret itself, given in place of a file. */
    static String shown(Path path) {
        Path parent = path.getParent();
        boolean aPlace = path.isAbsolute() || Files.exists(path) || (parent != null && Files.isDirectory(parent));
        return aPlace ? Quoted.value(path.toString()) : "a file (not shown here: it may be the secret itself)";
    }

    private static String exampleFile(String name) {
        return "/run/secrets/" + name.toLowerCase(Locale.ROOT);
    }
}
