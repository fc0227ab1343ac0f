package dev.switchboard.store;

import dev.switchboard.call.Call;
import dev.switchboard.call.CallId;
import dev.switchboard.call.CallStore;
import dev.switchboard.call.Ledger;
import dev.switchboard.call.Snapshot;
import dev.switchboard.call.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The port {@link CallStore} on a relational database. */
public final class JdbcCallStore implements CallStore {
    /** Rows deleted in one transaction: few, so that no command waits behind a clean-up. */
    private static final int FORGOTTEN_AT_ONCE = 500;

    /** Far longer than any window of Slack's, or any wait that it asks for. */
    private static final Duration SLOTS_UNUSED = Duration.ofHours(2);

    /** Each with its people, announcements and watch: some fifty rows, some milliseconds. */
    private static final int CALLS_FORGOTTEN_AT_ONCE = 10;

    private final Transactions transactions;
    private final Commits commits;
    private final UUID copy;
    private final boolean shared;
    private final Duration trusted;

    /** @param database with the ledger's schema */
    public JdbcCallStore(LedgerDatabase database) {
        this.transactions = database.transactions();
        this.commits = database.commits();
        this.copy = database.copy();
        this.shared = database.shared();
        this.trusted = database.trusted();
    }

    @Override
    public Duration trusted() {
        return trusted;
    }

    @Override
    public <T> T change(Function<Ledger, T> work) {
        return commits.now(() -> transaction(session -> work.apply(new JdbcLedger(session, copy))));
    }

    @Override
    public Optional<Claim> claim(CallId call, Instant now, Instant until) {
        // Run again, it would find the Call claimed, by ourselves.
        return commits.inBackground(() -> transactions.oneThatIsSeenToLater(session -> {
            int claimed = session.sql(Sql.CLAIM)
                    .bind("id", call.value())
                    .bind("now", now.toEpochMilli())
                    .bind("until", until.toEpochMilli())
                    .bind("copy", copy)
                    .execute();
            return claimed == 0
                    ? Optional.empty()
                    : session.sql(Sql.CLAIMED)
                            .bind("id", call.value())
                            .first(Rows::claimed)
                            .map(claim -> new Claim(claim.lease(), snapshot(session, claim.call(), now)));
        }));
    }

    @Override
    public Optional<Snapshot> goOn(Claim known, UnaryOperator<Snapshot> change, Instant now, Instant until) {
        return commits.inBackground(() -> transactions.oneThatIsSeenToLater(session -> {
            Optional<Snapshot> written = writeBack(session, known, change, Optional.of(until), Optional.of(until));
            return (written.isPresent() ? written : writeMeanwhile(session, known, change, now, until))
                    .map(after -> after.at(now));
        }));
    }

    @Override
    public Optional<Snapshot> giveBack(
            Claim known, UnaryOperator<Snapshot> change, Instant now, Instant until, Optional<Instant> next) {
        Function<Session, Optional<Snapshot>> work = session ->
                writeBack(session, known, change, next, Optional.empty()).isPresent()
                        ? Optional.empty()
                        : writeMeanwhile(session, known, change, now, until);
        boolean nothingToLose = change.apply(known.snapshot()).equals(known.snapshot());
        return nothingToLose
                ? commits.lazily(() -> transaction(work))
                : commits.inBackground(() -> transactions.oneThatIsSeenToLater(work));
    }

    /**
     * For a Call that nobody has changed: what is known of it needn't be read.
     *
     * @return empty if it was changed, or the lease lost
     */
    private Optional<Snapshot> writeBack(
            Session session,
            Claim known,
            UnaryOperator<Snapshot> change,
            Optional<Instant> due,
            Optional<Instant> until) {
        Snapshot after = change.apply(known.snapshot());
        int written = session.sql(Sql.WRITE_BACK)
                .bindMap(Columns.of(after.call()))
                .bind("token", known.lease().token())
                .bind("revision", known.snapshot().call().revision())
                .bind("due", due.map(Instant::toEpochMilli).orElse(null))
                .bind("until", until.map(Instant::toEpochMilli).orElse(null))
                .execute();
        if (written == 0) {
            return Optional.empty();
        }
        new JdbcLedger(session, copy).write(known.snapshot(), after);
        return Optional.of(after);
    }

    /** For a Call that somebody has changed, or that we don't have any more: then nothing is written. */
    private Optional<Snapshot> writeMeanwhile(
            Session session, Claim known, UnaryOperator<Snapshot> change, Instant now, Instant until) {
        int held = session.sql(Sql.EXTEND)
                .bind("id", known.lease().call().value())
                .bind("token", known.lease().token())
                .bind("until", until.toEpochMilli())
                .execute();
        if (held == 0) {
            return Optional.empty();
        }
        JdbcLedger ledger = new JdbcLedger(session, copy);
        Snapshot before = snapshot(session, ledger.call(known.lease().call()).orElseThrow(), now);
        Snapshot after = change.apply(before);
        if (!after.call().equals(before.call())) {
            ledger.save(after.call());
        }
        ledger.write(before, after);
        return Optional.of(after);
    }

    /** What is read here, after the Call, is at least as new as its revision. */
    private Snapshot snapshot(Session session, Call call, Instant now) {
        JdbcLedger ledger = new JdbcLedger(session, copy);
        return new Snapshot(
                call,
                ledger.watchAsItIs(call.id()).orElseGet(() -> Watch.of(call.id(), call.startedAt())),
                ledger.participants(call.id()),
                ledger.openAnnouncements(call.id()),
                ledger.responseUrls(call.id()),
                now);
    }

    @Override
    public void letGo(List<CallId> calls, Instant now) {
        commits.lazily(() -> transaction(session -> session.sql(Sql.LET_GO)
                .bindList("calls", calls.stream().map(CallId::value).toList())
                .bind("now", now.toEpochMilli())
                .bind("copy", copy)
                .execute()));
    }

    @Override
    public void letGoOfLooks(Instant now) {
        commits.lazily(() -> transaction(session -> session.sql(Sql.LET_GO_OF_LOOKS)
                .bind("now", now.toEpochMilli())
                .bind("copy", copy)
                .execute()));
    }

    @Override
    public List<CallId> due(Instant now, int most) {
        return transaction(session -> session.sql(Sql.DUE)
                .bind("now", now.toEpochMilli())
                .bind("most", most)
                .list(row -> new CallId(row.getObject(1, UUID.class))));
    }

    @Override
    public List<Look> claimLooks(Instant now, Instant dueBy, Instant until, int most) {
        Instant seenBy = now.minus(Duration.between(now, dueBy));
        return commits.lazily(() -> transactions.oneThatIsSeenToLater(session -> {
            boolean any = session.sql(Sql.ANY_LOOK_DUE)
                    .bind("now", now.toEpochMilli())
                    .any();
            if (!any) {
                return List.of();
            }
            List<UUID> due = session.sql(Sql.DUE_LOOKS)
                    .bind("by", dueBy.toEpochMilli())
                    .bind("now", now.toEpochMilli())
                    .bind("seenBy", seenBy.toEpochMilli())
                    .bind("most", most)
                    .list(UUID.class);
            if (due.isEmpty()) {
                return List.of();
            }
            session.sql(Sql.CLAIM_LOOKS)
                    .bindList("calls", due)
                    .bind("until", until.toEpochMilli())
                    .bind("copy", copy)
                    .execute();
            return session.sql(Sql.LOOKS).bindList("calls", due).list(Rows::look);
        }));
    }

    @Override
    public void lookAtAll(Instant now) {
        commits.lazily(() -> transaction(session -> session.sql(Sql.LOOK_AT_ALL)
                .bind("now", now.toEpochMilli())
                .bind("copy", copy)
                .execute()));
    }

    @Override
    public void clockSetBack(Duration by) {
        if (!shared) {
            commits.inBackground(() -> transaction(session -> {
                session.sql(Sql.SET_BACK).bind("by", by.toMillis()).execute();
                return session.sql(Sql.SET_BACK_LOOKS).bind("by", by.toMillis()).execute();
            }));
        }
    }

    @Override
    public void forget(Instant deliveriesBefore, Instant now) {
        int forgotten;
        do {
            forgotten = commits.lazily(() -> transaction(session -> session.sql(Sql.FORGET_DELIVERIES)
                    .bind("before", deliveriesBefore.toEpochMilli())
                    .bind("most", FORGOTTEN_AT_ONCE)
                    .execute()));
        } while (forgotten == FORGOTTEN_AT_ONCE);
        commits.inBackground(() -> transaction(session -> session.sql(Sql.FORGET_RESPONSE_URLS)
                .bind("now", now.toEpochMilli())
                .execute()));
        commits.lazily(() -> transaction(session -> session.sql(SharedSql.FORGET_SLOTS)
                .bind("before", now.minus(SLOTS_UNUSED).toEpochMilli())
                .execute()));
    }

    @Override
    public int forgetCalls(Instant endedBefore) {
        return commits.lazily(() -> transaction(session -> {
            List<UUID> old = session.sql(Sql.OLD_CALLS)
                    .bind("before", endedBefore.toEpochMilli())
                    .bind("most", CALLS_FORGOTTEN_AT_ONCE)
                    .list(UUID.class);
            if (!old.isEmpty()) {
                for (String delete : Sql.FORGET_CALLS) {
                    session.sql(delete).bindList("calls", old).execute();
                }
            }
            return old.size();
        }));
    }

    private <T> T transaction(Function<Session, T> work) {
        return transactions.one(work);
    }
}
