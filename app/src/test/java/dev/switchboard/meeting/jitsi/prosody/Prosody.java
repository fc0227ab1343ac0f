package dev.switchboard.meeting.jitsi.prosody;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The system's Prosody as a child process, with a Jitsi's rooms and our own stand-ins of its modules, on loopback. Tests
 * are skipped where it isn't installed, but fail where {@code CI} is {@code true}.
 */
final class Prosody implements AutoCloseable {
    static final String DOMAIN = "meet.test";
    static final String FOCUS_DOMAIN = "auth.meet.test";
    static final String FOCUS_PASSWORD = "of the focus";
    static final String ROOMS = "conference.meet.test";
    static final String APP_ID = "switchboard";
    static final String APP_SECRET = "known to the tests alone";

    private static final Path PROGRAM = Path.of("/usr/bin/prosody");
    /** A line of its log: who speaks, how bad it is, what it is. */
    private static final Pattern ERROR = Pattern.compile("(?m)^\\S+ +error\t");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final Path log;
    private final int xmppPort;
    private final int httpPort;

    private Prosody(Process process, Path log, int xmppPort, int httpPort) {
        this.process = process;
        this.log = log;
        this.xmppPort = xmppPort;
        this.httpPort = httpPort;
    }

    /** What differs between the servers of the tests; as little as can be asked, of the newest kind, unless changed. */
    static final class Options {
        private final Map<String, String> variables;

        private Options(Map<String, String> variables) {
            this.variables = variables;
        }

        /** With {@code muc_size} and {@code muc_census}, without tokens, found under its domain only. */
        static Options usual() {
            return new Options(Map.of("SIZE", "on", "CENSUS", "on", "GENERATION", "current"));
        }

        Options withoutSize() {
            return with("SIZE", "off");
        }

        Options withoutCensus() {
            return with("CENSUS", "off");
        }

        Options withTokens() {
            return with("TOKENS", "on");
        }

        /** @param generation of the modules: {@code december_2023}, {@code february_2026}, {@code current} */
        Options generation(String generation) {
            return with("GENERATION", generation);
        }

        /** Found under any name, as where an admin has set {@code http_default_host}. */
        Options underAnyHost() {
            return with("DEFAULT_HOST", DOMAIN);
        }

        private Options with(String variable, String value) {
            Map<String, String> changed = new HashMap<>(variables);
            changed.put(variable, value);
            return new Options(changed);
        }
    }

    /** Skips the tests that need one where there is none, and says so once. */
    static void require() {
        if (!Files.isExecutable(PROGRAM)) {
            skip("No Prosody on this machine: the tests of Jitsi's presence on a real server are skipped."
                    + " Debian: apt-get install prosody lua-cjson");
        }
    }

    /**
     * Starts a server, and returns once it answers.
     *
     * @param home an empty directory of its own
     */
    static Prosody start(Path home, Options options) throws IOException {
        Path accounts = Files.createDirectories(
                home.resolve("data").resolve(FOCUS_DOMAIN.replace(".", "%2e")).resolve("accounts"));
        Files.writeString(accounts.resolve("focus.dat"), "return { password = \"" + FOCUS_PASSWORD + "\" };\n");
        List<Integer> ports = freePorts();
        Path log = home.resolve("log");
        ProcessBuilder command = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-F",
                        "--config",
                        resource("prosody.cfg.lua").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        command.environment().putAll(options.variables);
        command.environment()
                .putAll(Map.of(
                        "HOME", home.toString(),
                        "MODULES", resource("modules").toString(),
                        "PORT_XMPP", ports.get(0).toString(),
                        "PORT_HTTP", ports.get(1).toString()));
        Prosody prosody = new Prosody(command.start(), log, ports.get(0), ports.get(1));
        try {
            prosody.awaitAnswers();
        } catch (ConditionTimeoutException e) {
            prosody.close();
            throw e;
        }
        return prosody;
    }

    int xmppPort() {
        return xmppPort;
    }

    /** Where its HTTP is. */
    URI api() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAnswers() throws IOException {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(api()).timeout(PATIENCE).build();
        Awaitility.await("Prosody answers")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> !process.isAlive()
                        || http.send(request, HttpResponse.BodyHandlers.discarding())
                                        .statusCode()
                                > 0);
        String said = Files.readString(log);
        if (said.contains("module 'cjson.safe' not found")) {
            close();
            skip("No lua-cjson for this machine's Prosody: the tests of Jitsi's presence on a real server are skipped."
                    + " Debian: apt-get install lua-cjson");
        }
        if (!process.isAlive() || ERROR.matcher(said).find()) {
            close();
            Assertions.fail("Prosody didn't start well:\n" + said);
        }
    }

    private static void skip(String words) {
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail(words);
        }
        System.err.println(words);
        Assumptions.abort(words);
    }

    /** Two that nobody has at the moment. */
    private static List<Integer> freePorts() throws IOException {
        List<Integer> ports = new ArrayList<>();
        try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ports.add(first.getLocalPort());
            ports.add(second.getLocalPort());
        }
        return ports;
    }

    private static Path resource(String name) {
        URL url = Objects.requireNonNull(Prosody.class.getResource(name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
