package dev.switchboard.sandbox.page;

import dev.switchboard.sandbox.slack.Visit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;

/** The page's files, from the jar. */
final class StaticFiles {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*\\.(html|css|js|svg)");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private StaticFiles() {}

    /** Answers with the file of that name, or 404. */
    static void send(Visit visit, String name) {
        if (!visit.isGet()) {
            visit.reply(405, "text/plain", "Only GET");
            return;
        }
        try (InputStream file = NAME.matcher(name).matches() ? StaticFiles.class.getResourceAsStream(name) : null) {
            if (file == null) {
                visit.reply(404, "text/plain", "Nothing is here");
                return;
            }
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
            visit.reply(200, type, file.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
