package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Slack on this machine: a server on 127.0.0.1 that speaks Slack's Web API, Socket Mode and response URLs for one app,
 * installed in one or more workspaces, and as strict as Slack. What it doesn't imitate is in the package's description.
 */
public final class FakeSlack implements AutoCloseable {
    static final String APP_ID = "A0SANDBOX1";

    private final FakeSlackOptions options;
    private final Timestamps timestamps;
    private final Journal journal;
    private final Changes changes = new Changes();
    private final LiveSockets liveSockets = new LiveSockets();
    private final Faults faults = new Faults();
    private final RateLimits rateLimits;
    private final Credential app =
            new Credential("xapp-1-" + APP_ID + "-0001-sandbox-app-token", Set.of("connections:write"));
    private final Timer timer = new Timer();
    private final Connections connections;
    private final Deliveries deliveries;
    private final ResponseUrls responseUrls;
    private final Triggers triggers;
    private final Deeds deeds;
    private final List<Workspace> workspaces = new ArrayList<>();
    private final WireServer server;

    private FakeSlack(FakeSlackOptions options) throws IOException {
        this.options = options;
        this.timestamps = new Timestamps(options.clock());
        this.journal = new Journal(options.clock(), changes);
        this.rateLimits = new RateLimits(options.clock(), options.rateLimitMinute());
        this.connections = new Connections(APP_ID, timer, changes, options);
        this.deliveries = new Deliveries(connections, journal, timer, changes, options);
        this.responseUrls = new ResponseUrls(options.clock());
        this.triggers = new Triggers(options.clock());
        this.server = new WireServer(options.port());
        this.deeds = new Deeds(this);
        for (String domain : options.workspaces()) {
            Workspace workspace = new Workspace(this, domain, workspaces.size() + 1, options.botScopes());
            DefaultWorkspace.furnish(workspace);
            workspaces.add(workspace);
        }
        server.start(
                new LinkFilter(connections, deliveries, faults, liveSockets),
                new WebApiHandler(new WebApi(this), faults, journal),
                new ResponseUrlHandler(responseUrls, faults, journal));
    }

    public static FakeSlackOptions options() {
        return new FakeSlackOptions();
    }

    /** Starts one; the port is open when this returns. */
    public static FakeSlack start(FakeSlackOptions options) throws IOException {
        return new FakeSlack(options);
    }

    /** Starts one on a free port. */
    public static FakeSlack start() throws IOException {
        return start(options());
    }

    /** {@code http://127.0.0.1:PORT/api/}: what stands in for {@code https://slack.com/api/}. */
    public String apiUrl() {
        return address() + "/api/";
    }

    /** {@code http://127.0.0.1:PORT}. */
    public String address() {
        return "http://127.0.0.1:" + server.port();
    }

    public int port() {
        return server.port();
    }

    /** The time here: that of messages, limits and whatever is mounted beside. */
    public Clock clock() {
        return options.clock();
    }

    /** The app-level token, {@code xapp-...}. */
    public String appToken() {
        return app.token();
    }

    /** The bot token of the first workspace, {@code xoxb-...}. */
    public String botToken() {
        return workspace().botToken();
    }

    /** The app-level token and its scopes. */
    public Credential app() {
        return app;
    }

    /** The first workspace. */
    public Workspace workspace() {
        return workspaces.get(0);
    }

    public List<Workspace> workspaces() {
        return List.copyOf(workspaces);
    }

    /**
     * The workspace of that name in its address.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Workspace workspace(String domain) {
        return workspaces.stream()
                .filter(workspace -> workspace.domain().equals(domain))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No workspace is called " + domain));
    }

    /** What went over the wire. */
    public Journal journal() {
        return journal;
    }

    /** What the app sent over the socket that a right app doesn't. */
    public List<String> violations() {
        return journal.violations();
    }

    public Faults faults() {
        return faults;
    }

    public Connections connections() {
        return connections;
    }

    /** Switches rate limits on with that length of a minute, or off with zero; counting starts anew. */
    public void rateLimits(Duration minute) {
        rateLimits.minute(minute, Integer.MAX_VALUE);
    }

    /** Limits meaner than Slack's: no method more than {@code most} times within that length of a minute. */
    public void rateLimits(Duration minute, int most) {
        rateLimits.minute(minute, most);
    }

    /** Calls it after each change of what is in the workspaces, of what went over the wire and of the connections. It runs
     * on the thread of the change, possibly under locks: it must return at once and look at nothing. */
    public void onChange(Runnable listener) {
        changes.listen(listener);
    }

    /** Answers HTTP requests under these paths, beside the Web API; other hosts and origins are refused before. */
    public void mount(Visit.Host host, String... paths) {
        server.mount(Visit.handler(host), paths);
    }

    /** Takes the WebSockets that pages open under {@code /live/NAME}; other hosts and origins are refused before. */
    public void mountLive(String name, LiveSocket.Visitor visitor) {
        liveSockets.mount("/live/" + name, visitor);
    }

    Changes changes() {
        return changes;
    }

    /**
     * Sends raw text over one connection, JSON or not.
     *
     * @throws IllegalStateException when none is open
     */
    public void send(String text) {
        connections
                .next()
                .orElseThrow(() -> new IllegalStateException("No connection is open"))
                .send(text);
    }

    /** Sends an envelope of any type with any payload; empty when no connection is open. Events aren't repeated. */
    public Optional<SentEnvelope> sendEnvelope(String type, JsonObject payload) {
        return deliveries.once(type, payload, true, Deeds.ignored());
    }

    /**
     * Sends text as an envelope, as it is: what it holds of an id, a type and {@code accepts_response_payload} is what
     * its acknowledgement is held against. An answer is shown to the first person of the first workspace. Empty, though
     * sent, when it holds no id.
     *
     * @throws IllegalStateException when no connection is open
     */
    public Optional<SentEnvelope> sendAsEnvelope(String text) {
        return deliveries.raw(text, deeds.told(workspace()));
    }

    Optional<Workspace> workspaceOfToken(String token) {
        return workspaces.stream()
                .filter(workspace -> workspace.botToken().equals(token))
                .findFirst();
    }

    FakeSlackOptions settings() {
        return options;
    }

    Timestamps timestamps() {
        return timestamps;
    }

    RateLimits rateLimits() {
        return rateLimits;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    ResponseUrls responseUrls() {
        return responseUrls;
    }

    Triggers triggers() {
        return triggers;
    }

    Deeds deeds() {
        return deeds;
    }

    @Override
    public void close() {
        timer.close();
        connections.drop();
        server.close();
    }
}
