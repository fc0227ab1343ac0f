package dev.switchboard.sandbox;

import dev.switchboard.sandbox.meeting.BigBlueButtonServer;
import dev.switchboard.sandbox.meeting.JitsiServer;
import dev.switchboard.sandbox.meeting.MeetingServer;
import dev.switchboard.sandbox.page.SandboxPage;
import dev.switchboard.sandbox.slack.FakeSlack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A fake workspace, its page and its meeting server, with all that a bot needs to run in it; gone without a trace when it is closed. */
public final class Sandbox implements AutoCloseable {
    private final FakeSlack slack;
    private final Meetings provider;
    private final JitsiServer jitsi;
    private final BigBlueButtonServer bigBlueButton;
    private final SandboxPage page;
    private final Path folder;

    private Sandbox(FakeSlack slack, Meetings provider, Path folder) {
        this.slack = slack;
        this.provider = provider;
        this.jitsi = JitsiServer.mount(slack);
        this.bigBlueButton = BigBlueButtonServer.mount(slack);
        this.page = SandboxPage.mount(slack, meetings());
        this.folder = folder;
    }

    /** What the bot takes the meeting server for. */
    public enum Meetings {
        /** Rooms with a link each; the bot asks nothing of them. */
        LINK,
        /** A Jitsi that says who is in its rooms. */
        JITSI,
        /** A BigBlueButton. */
        BIGBLUEBUTTON
    }

    /**
     * Starts the workspace, with rooms that have a link each.
     *
     * @param port where its page and its Web API listen, on 127.0.0.1 only; 0 for any that is free
     * @throws IOException if the port is taken or there is no room for temporary files
     */
    public static Sandbox start(int port) throws IOException {
        return start(port, Meetings.LINK);
    }

    /** The same with another meeting server. */
    public static Sandbox start(int port, Meetings provider) throws IOException {
        Path folder = Files.createTempDirectory("switchboard-sandbox");
        FakeSlack slack = FakeSlack.start(FakeSlack.options().port(port).unfurlDomains("127.0.0.1"));
        return new Sandbox(slack, provider, folder);
    }

    /** The variables with which a bot runs in this workspace; it looks into rooms oftener than elsewhere, for people wait. */
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("SLACK_APP_TOKEN", slack.appToken());
        variables.put("SLACK_BOT_TOKEN", slack.botToken());
        variables.put("SLACK_API_URL", slack.apiUrl());
        variables.put("SWITCHBOARD_DATABASE_URL", "jdbc:h2:file:" + folder.resolve("switchboard"));
        variables.put("SWITCHBOARD_PROVIDER", provider.name().toLowerCase(Locale.ROOT));
        variables.put("SWITCHBOARD_MEETING_URL", meetings().address());
        if (provider != Meetings.LINK) {
            variables.put("SWITCHBOARD_POLL_INTERVAL", "2s");
            variables.put("SWITCHBOARD_EMPTY_GRACE", "20s");
        }
        switch (provider) {
            case LINK -> {}
            case JITSI -> {
                variables.put("SWITCHBOARD_JITSI_API_URL", jitsi.apiUrl());
                variables.put("SWITCHBOARD_JITSI_XMPP_DOMAIN", jitsi.xmppDomain());
            }
            case BIGBLUEBUTTON -> {
                variables.put("SWITCHBOARD_BBB_SECRET", bigBlueButton.secret());
                variables.put("SWITCHBOARD_GREENLIGHT_URL", bigBlueButton.greenlightUrl());
            }
        }
        return Map.copyOf(variables);
    }

    /** What the bot takes it for. */
    public Meetings provider() {
        return provider;
    }

    /** The meeting server the bot uses. */
    public MeetingServer meetings() {
        return provider == Meetings.BIGBLUEBUTTON ? bigBlueButton : jitsi;
    }

    /** The rooms of the providers link and jitsi. */
    public JitsiServer jitsi() {
        return jitsi;
    }

    /** The meetings of the provider bigbluebutton. */
    public BigBlueButtonServer bigBlueButton() {
        return bigBlueButton;
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
