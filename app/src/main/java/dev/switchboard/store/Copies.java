package dev.switchboard.store;

import dev.switchboard.call.Daemons;
import dev.switchboard.call.RequestTimes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copies of the program that share a PostgreSQL database, as this one sees them. Each says every second that it is
 * there, by the database's clock; whoever notices that another has fallen silent frees what it had under way. That is
 * safe even if it isn't dead but only stopped or cut off: the tokens of its leases are void, and it writes nothing more.
 *
 * <p>It has a connection of its own, so that a copy with all hands full isn't taken for dead; and since it asks the
 * database every second, it also knows first when the database is gone, and when it is back.
 */
final class Copies implements Availability, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Copies.class);
    /** As far as a machine's clock may be from the database's without a word. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(2);

    private static final Duration LAST_BEAT = Duration.ofSeconds(1);

    private final PostgresServer server;
    private final UUID own;
    private final ServerTime time;
    private final Runnable renew;
    private final ScheduledThreadPoolExecutor timer;

    /** Touched by the timer's thread alone, after the start. */
    private Optional<Connection> connection = Optional.empty();

    private boolean clocksDiffer;
    private long lastBeatNanos;
    /** Since when it has been asked without a gap: who was silent before that may just not have been heard. */
    private long listeningSinceNanos;

    /** Silent copies of which it was told that their work can't be had yet. */
    private final Set<UUID> heldUp = new HashSet<>();

    /** What was told of the present outage: its reasons may change, and each is said once. */
    private final Set<String> told = new HashSet<>();

    private volatile long outSinceNanos;
    private volatile boolean out;
    private volatile boolean joined;

    /** @param renew makes the other connections anew after an outage, for they may lead to a server that is none any more */
    Copies(PostgresServer server, UUID own, ServerTime time, Runnable renew) {
        this.server = server;
        this.own = own;
        this.time = time;
        this.renew = renew;
        this.timer = Daemons.timer("copies");
    }

    @Override
    public boolean lasts() {
        return out;
    }

    /** A server's connections break one by one. */
    @Override
    public long generation() {
        return 0;
    }

    @Override
    public boolean explains(Throwable failure, long begun) {
        return out && Trouble.of(failure) != Trouble.COLLISION;
    }

    /**
     * Says that this copy is there, from now on.
     *
     * @param machine the clock of this machine
     */
    void join(Clock machine) {
        joined = true;
        beat(machine);
        timer.scheduleWithFixedDelay(
                () -> beat(machine), RequestTimes.BEAT.toMillis(), RequestTimes.BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Leaves what is still under way to the others, at once. */
    @Override
    public void close() {
        if (timer.isShutdown()) {
            return;
        }
        if (joined) {
            timer.execute(this::leave);
        }
        timer.shutdown();
        try {
            if (!timer.awaitTermination(LAST_BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("this copy's work is not handed over, but taken over in some seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.ifPresent(Copies::drop);
    }

    private void beat(Clock machine) {
        try {
            Session session = session();
            long asked = System.nanoTime();
            Instant seenAt = seen(session);
            time.hear(seenAt, asked);
            heard();
            compare(machine);
            if (System.nanoTime() - listeningSinceNanos > RequestTimes.SILENT.toNanos()) {
                buryTheSilent(session, seenAt.minus(RequestTimes.SILENT));
            }
        } catch (SQLException | RuntimeException | Error e) {
            // Whatever it is: else it would be the last beat, and this copy taken for dead.
            connection.ifPresent(Copies::drop);
            connection = Optional.empty();
            lost(e);
        }
    }

    private Session session() throws SQLException {
        if (connection.isEmpty()) {
            connection = Optional.of(server.connectWithinLimits());
        }
        return new Session(connection.get());
    }

    private Instant seen(Session session) {
        Optional<Long> seenAt = beat(session);
        if (seenAt.isEmpty()) {
            session.sql(SharedSql.JOIN).bind("copy", own).execute();
            seenAt = beat(session);
        }
        return Instant.ofEpochMilli(seenAt.orElseThrow());
    }

    private Optional<Long> beat(Session session) {
        return session.sql(SharedSql.BEAT).bind("copy", own).first(Long.class);
    }

    private void heard() {
        long now = System.nanoTime();
        if (listeningSinceNanos == 0 || now - lastBeatNanos > RequestTimes.SILENT.toNanos() / 2) {
            listeningSinceNanos = now;
        }
        lastBeatNanos = now;
        if (out) {
            out = false;
            told.clear();
            renew.run();
            LOG.info(
                    "the ledger can be used again, after {} s",
                    Duration.ofNanos(now - outSinceNanos).toSeconds());
        }
    }

    private void lost(Throwable failure) {
        String reason = PostgresServer.reason(failure);
        boolean news = told.add(reason);
        if (!out) {
            outSinceNanos = System.nanoTime();
            out = true;
            LOG.error("SWITCHBOARD_DATABASE_URL: {}; commands are refused until the ledger can be used again", reason);
        } else if (news) {
            LOG.warn("SWITCHBOARD_DATABASE_URL: by now it {}", reason);
        }
    }

    private void compare(Clock machine) {
        Duration apart = time.apart(machine);
        boolean differ = apart.compareTo(CLOCKS_DIFFER) > 0;
        if (differ && !clocksDiffer) {
            LOG.warn(
                    "this machine's clock and the database's are {} s apart; copies go by the database's, but set both by"
                            + " NTP: the times in this log are this machine's",
                    apart.toSeconds());
        }
        clocksDiffer = differ;
    }

    private void buryTheSilent(Session session, Instant since) {
        List<UUID> silent = session.sql(SharedSql.SILENT)
                .bind("since", since.toEpochMilli())
                .list(UUID.class);
        for (UUID copy : silent) {
            buryOne(session, copy, since);
        }
    }

    /** What goes wrong here says nothing of the database: the next beat tells. */
    private void buryOne(Session session, UUID copy, Instant since) {
        try {
            boolean buried = session.inTransaction(inside -> {
                // Whoever has the row frees the leases; the others find nothing to do.
                boolean mine = inside.sql(SharedSql.TO_BURY)
                        .bind("copy", copy)
                        .bind("since", since.toEpochMilli())
                        .first(UUID.class)
                        .isPresent();
                boolean free = mine && release(inside, copy);
                if (mine && !free && heldUp.add(copy)) {
                    LOG.warn(
                            "a silent copy's work is not all free for the others yet: something holds its rows locked");
                }
                return free;
            });
            if (buried) {
                heldUp.remove(copy);
                LOG.warn(
                        "another copy is silent for {} s: its work is free for the others",
                        RequestTimes.SILENT.toSeconds());
            }
        } catch (Session.Failed e) {
            if (heldUp.add(copy)) {
                LOG.warn("a silent copy's work is not free for the others yet: {}", Trouble.words(e));
            }
        }
    }

    private void leave() {
        try {
            session().inTransaction(inside -> release(inside, own));
        } catch (SQLException | Session.Failed e) {
            LOG.warn("this copy's work is not handed over, but taken over in some seconds: {}", Trouble.words(e));
        }
    }

    /** @return false if there is more to release, at the next beat: somebody else holds it locked */
    private static boolean release(Session session, UUID copy) {
        session.sql(SharedSql.RELEASE_OF).bind("copy", copy).execute();
        session.sql(SharedSql.RELEASE_LOOKS_OF).bind("copy", copy).execute();
        return session.sql(SharedSql.LEAVE).bind("copy", copy).execute() == 1;
    }

    private static void drop(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("closed by the server: {}", e.getSQLState());
        }
    }
}
