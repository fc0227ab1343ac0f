package dev.switchboard.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of variables, for {@code --env-file}: lines {@code NAME=value} or {@code export NAME=value}, blank lines, and
 * lines that start with {@code #}. A value may stand in single quotes (taken as it is) or double quotes (with
 * {@code \n}, {@code \"} and {@code \\}); nothing is expanded, and no value goes over the end of its line.
 */
public final class EnvFile {
    private static final String OPTION = "--env-file";
    private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");
    private static final Pattern QUOTED =
            Pattern.compile("(?:'([^']*)'|\"((?:[^\"\\\\]|\\\\[n\"\\\\])*+)\")\\s*(?:#.*)?");
    private static final Pattern COMMENT_AFTER_VALUE = Pattern.compile("(?:^|\\s)#");

    private EnvFile() {}

    /**
     * The file's variables in their order; of several with one name the last one counts.
     *
     * @throws SettingsException naming the file, and the number of each line that can't be read, never its content
     */
    public static Map<String, String> read(Path file) {
        String shown = Quoted.value(file.toString());
        String text;
        try {
            text = TextFile.read(file);
        } catch (Refusal refusal) {
            throw new SettingsException(List.of(
                    new Mistake(OPTION, "names " + shown + ", which " + refusal.sentence(), "switchboard.env")));
        }
        Map<String, String> variables = new LinkedHashMap<>();
        List<Mistake> mistakes = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            try {
                readLine(line.strip(), variables);
            } catch (Refusal refusal) {
                String problem = "line " + number + " of " + shown + " " + refusal.sentence();
                mistakes.add(new Mistake(OPTION, problem, "SWITCHBOARD_COMMAND=/call"));
            }
        }
        if (!mistakes.isEmpty()) {
            throw new SettingsException(mistakes);
        }
        return Collections.unmodifiableMap(variables);
    }

    private static void readLine(String line, Map<String, String> variables) throws Refusal {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        Matcher form = LINE.matcher(line);
        if (!form.matches()) {
            throw new Refusal("is not NAME=value");
        }
        variables.put(form.group(1), value(form.group(2)));
    }

    private static String value(String text) throws Refusal {
        if (text.startsWith("'") || text.startsWith("\"")) {
            Matcher quoted = QUOTED.matcher(text);
            if (!quoted.matches()) {
                throw new Refusal("has quotation marks that do not close at its end, or a backslash before something "
                        + "other than n, \\ and \"");
            }
            String literal = quoted.group(1);
            return literal != null ? literal : unescaped(quoted.group(2));
        }
        // A shell would cut the value here, Docker would not: neither is guessed.
        if (COMMENT_AFTER_VALUE.matcher(text).find()) {
            throw new Refusal(
                    "has a # after a space; put the value in quotation marks, or the comment on a line of its own");
        }
        return text;
    }

    private static String unescaped(String text) {
        StringBuilder value = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                value.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }
}
