package dev.switchboard.sandbox;

import dev.switchboard.sandbox.slack.FakeSlack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A fake workspace with all that a bot needs to run in it; gone without a trace when it is closed. */
public final class Sandbox implements AutoCloseable {
    /** Where the rooms of the sandbox's Calls are; nothing is there, as with any server that is asked nothing. */
    static final String MEETING_URL = "https://meet.example.com";

    private final FakeSlack slack;
    private final Path folder;

    private Sandbox(FakeSlack slack, Path folder) {
        this.slack = slack;
        this.folder = folder;
    }

    /**
     * Starts the workspace.
     *
     * @param port where its Web API listens, on 127.0.0.1 only; 0 for any that is free
     * @throws IOException if the port is taken or there is no room for temporary files
     */
    public static Sandbox start(int port) throws IOException {
        Path folder = Files.createTempDirectory("switchboard-sandbox");
        FakeSlack slack = FakeSlack.start(FakeSlack.options().port(port).unfurlDomains("meet.example.com"));
        return new Sandbox(slack, folder);
    }

    /** The variables with which a bot runs in this workspace. */
    public Map<String, String> variables() {
        return Map.of(
                "SLACK_APP_TOKEN", slack.appToken(),
                "SLACK_BOT_TOKEN", slack.botToken(),
                "SLACK_API_URL", slack.apiUrl(),
                "SWITCHBOARD_MEETING_URL", MEETING_URL,
                "SWITCHBOARD_DATABASE_URL", "jdbc:h2:file:" + folder.resolve("switchboard"));
    }

    /** The workspace. */
    public FakeSlack slack() {
        return slack;
    }

    @Override
    public void close() {
        slack.close();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
