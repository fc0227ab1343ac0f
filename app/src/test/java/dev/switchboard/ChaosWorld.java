package dev.switchboard;

import static org.awaitility.Awaitility.await;

import dev.switchboard.LedgerFile.Row;
import dev.switchboard.sandbox.meeting.JitsiServer;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.SentEnvelope;
import dev.switchboard.sandbox.slack.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Two workspaces, a Jitsi, a clock for all, and a bot that dies and comes back on its ledger. */
final class ChaosWorld implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration A_MOMENT = Duration.ofSeconds(20);
    /** Slack's retries, without Slack's minutes between them. */
    private static final Duration[] RETRIES =
            Collections.nCopies(300, Duration.ofSeconds(1)).toArray(new Duration[0]);

    private final MovableClock clock = new MovableClock();
    private final Path folder;
    private final FakeSlack slack;
    private final JitsiServer jitsi;
    private final Map<String, String> variables = new HashMap<>();
    private Duration ahead = Duration.ZERO;
    private ChaosProcess bot;
    private boolean full;
    private boolean wasFull;
    private long roomSinceNanos = System.nanoTime() - A_MOMENT.toNanos();

    ChaosWorld(Path folder) throws IOException {
        this.folder = folder;
        this.slack = FakeSlack.start(FakeSlack.options()
                .clock(clock)
                .workspaces("acme", "globex")
                .unfurlDomains("127.0.0.1")
                .refreshGrace(Duration.ofMillis(200))
                .redeliverAfter(RETRIES));
        this.jitsi = JitsiServer.mount(slack);
        variables.put("SLACK_APP_TOKEN", slack.appToken());
        variables.put(
                "SLACK_BOT_TOKEN",
                String.join(
                        ",",
                        slack.workspaces().stream().map(Workspace::botToken).toList()));
        variables.put("SLACK_API_URL", slack.apiUrl());
        variables.put("SLACK_TIER3_PER_MINUTE", "0");
        variables.put("SWITCHBOARD_MEETING_URL", jitsi.address());
        variables.put("SWITCHBOARD_PROVIDER", "jitsi");
        variables.put("SWITCHBOARD_JITSI_API_URL", jitsi.apiUrl());
        variables.put("SWITCHBOARD_JITSI_XMPP_DOMAIN", jitsi.xmppDomain());
        variables.put("SWITCHBOARD_POLL_INTERVAL", "300ms");
        variables.put(
                "SWITCHBOARD_DATABASE_URL", "jdbc:h2:file:" + FailingDisk.SCHEME + ":" + folder.resolve("ledger"));
        this.bot = launch();
    }

    FakeSlack slack() {
        return slack;
    }

    JitsiServer jitsi() {
        return jitsi;
    }

    private String ledgerUrl() {
        return "jdbc:h2:file:" + folder.resolve("ledger");
    }

    Path log() {
        return folder.resolve("log");
    }

    private ChaosProcess launch() {
        return ChaosProcess.start(variables, ahead, log());
    }

    void killAndStart() {
        bot.kill();
        full = false;
        bot = launch();
    }

    /** Whether the bot's disk is full; a new process has room. */
    void disk(boolean nowFull) {
        if (full && !nowFull) {
            roomSinceNanos = System.nanoTime();
        }
        full = nowFull;
        wasFull |= nowFull;
        bot.disk(nowFull);
    }

    /** Whether it ever was. */
    boolean diskWasFull() {
        return wasFull;
    }

    boolean diskFull() {
        return full;
    }

    /** Whether it is so, or was until a moment ago: the bot tries every ten seconds at least. */
    boolean shortOfRoom() {
        return full || System.nanoTime() - roomSinceNanos < A_MOMENT.toNanos();
    }

    /** No request takes minutes: those that Slack was sent come to their end before. */
    void advance(Duration by) {
        await().atMost(PATIENCE)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .until(() -> slack.faults().underWay() == 0);
        ahead = ahead.plus(by);
        clock.advance(by);
        bot.clock(ahead);
    }

    /** Waits for a connection, for what is said without one never leaves Slack. */
    void awaitConnection() {
        await().alias("a connection; is the bot alive: " + bot.isAlive())
                .atMost(PATIENCE)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .until(() -> slack.connections().open() > 0);
    }

    /**
     * With all that was wrong made right: lets the bot do all it still has to, and stops it, so that what is so now is
     * so for good.
     */
    void settle() {
        slack.faults().clear();
        jitsi.faults().clear();
        disk(false);
        awaitConnection();
        await().alias("a ledger that owes nothing").atMost(PATIENCE).until(() -> {
            awaitRest();
            bot.stop();
            if (rows("select id from calls where due_at is not null").isEmpty()) {
                return true;
            }
            bot = launch();
            awaitConnection();
            return false;
        });
    }

    private void awaitRest() {
        await().alias("nothing owed and every envelope settled")
                .atMost(PATIENCE)
                .pollInterval(50, TimeUnit.MILLISECONDS)
                .until(() -> {
                    long owed = bot.ask("select count(*) from calls where due_at is not null");
                    if (owed > 0
                            && bot.ask("select count(*) from calls where due_at <= " + clock.millis()
                                            + " or leased_until is not null")
                                    == 0) {
                        advance(Duration.ofSeconds(61));
                    }
                    return owed == 0;
                });
    }

    /** The events that Slack would still deliver again. */
    boolean eventsSettled() {
        return slack.journal().envelopes("events_api").stream().allMatch(SentEnvelope::acknowledged);
    }

    List<Row> rows(String sql) {
        try {
            return LedgerFile.rows(ledgerUrl() + ";IFEXISTS=TRUE", sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        bot.kill();
        slack.close();
    }
}
