package dev.switchboard.sandbox;

import dev.switchboard.sandbox.meeting.JitsiServer;
import dev.switchboard.sandbox.page.SandboxPage;
import dev.switchboard.sandbox.slack.FakeSlack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A fake workspace, its page and its meeting server, with all that a bot needs to run in it; gone without a trace when it is closed. */
public final class Sandbox implements AutoCloseable {
    private final FakeSlack slack;
    private final JitsiServer meetings;
    private final SandboxPage page;
    private final Path folder;

    private Sandbox(FakeSlack slack, Path folder) {
        this.slack = slack;
        this.meetings = JitsiServer.mount(slack);
        this.page = SandboxPage.mount(slack, meetings);
        this.folder = folder;
    }

    /**
     * Starts the workspace.
     *
     * @param port where its page and its Web API listen, on 127.0.0.1 only; 0 for any that is free
     * @throws IOException if the port is taken or there is no room for temporary files
     */
    public static Sandbox start(int port) throws IOException {
        Path folder = Files.createTempDirectory("switchboard-sandbox");
        FakeSlack slack = FakeSlack.start(FakeSlack.options().port(port).unfurlDomains("127.0.0.1"));
        return new Sandbox(slack, folder);
    }

    /** The variables with which a bot runs in this workspace. */
    public Map<String, String> variables() {
        return Map.of(
                "SLACK_APP_TOKEN", slack.appToken(),
                "SLACK_BOT_TOKEN", slack.botToken(),
                "SLACK_API_URL", slack.apiUrl(),
                "SWITCHBOARD_MEETING_URL", meetings.address(),
                "SWITCHBOARD_DATABASE_URL", "jdbc:h2:file:" + folder.resolve("switchboard"));
    }

    /** Where a browser sees it: {@code http://127.0.0.1:PORT}. */
    public String address() {
        return slack.address();
    }

    /** The workspace. */
    public FakeSlack slack() {
        return slack;
    }

    @Override
    public void close() {
        page.close();
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
