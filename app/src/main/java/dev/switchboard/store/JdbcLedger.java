package dev.switchboard.store;

import dev.switchboard.call.Announcement;
import dev.switchboard.call.Call;
import dev.switchboard.call.CallId;
import dev.switchboard.call.CallStore;
import dev.switchboard.call.ChannelId;
import dev.switchboard.call.Ledger;
import dev.switchboard.call.MeetingProvider;
import dev.switchboard.call.MessageRef;
import dev.switchboard.call.Participant;
import dev.switchboard.call.ResponseUrl;
import dev.switchboard.call.SlackCallId;
import dev.switchboard.call.Snapshot;
import dev.switchboard.call.TeamId;
import dev.switchboard.call.Viewer;
import dev.switchboard.call.Watch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ledger inside one transaction of the database. */
final class JdbcLedger implements Ledger {
    /** Of the first lease of a Call. */
    private static final long FIRST_TOKEN = 1;

    private final Session session;
    private final UUID copy;

    /** @param copy of the program, which leases are given to */
    JdbcLedger(Session session, UUID copy) {
        this.session = session;
        this.copy = copy;
    }

    @Override
    public boolean firstSight(String key, Instant now) {
        return session.sql(Sql.ADD_DELIVERY)
                        .bind("key", key)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    @Override
    public Optional<Call> call(CallId id) {
        // Locked: what is read here is going to be changed.
        return session.sql(Sql.CALL_FOR_UPDATE).bind("id", id.value()).first(Rows::call);
    }

    @Override
    public Optional<Call> bySlackId(TeamId team, SlackCallId id) {
        return team(Sql.BY_SLACK_ID, team).bind("slackId", id.value()).first(Rows::call);
    }

    @Override
    public Optional<Call> liveInRoom(TeamId team, String roomKey) {
        return team(Sql.LIVE_IN_ROOM, team).bind("room", roomKey).first(Rows::call);
    }

    @Override
    public Optional<Call> lastInRoom(TeamId team, String roomKey) {
        return team(Sql.LAST_IN_ROOM, team).bind("room", roomKey).first(Rows::call);
    }

    @Override
    public List<Call> liveIn(TeamId team, ChannelId channel) {
        return team(Sql.LIVE_IN_CHANNEL, team).bind("channel", channel.value()).list(Rows::call);
    }

    @Override
    public List<Call> sharedIn(TeamId team, ChannelId channel) {
        return team(Sql.SHARED_IN_CHANNEL, team)
                .bind("channel", channel.value())
                .list(Rows::call);
    }

    @Override
    public List<Call> liveVisibleTo(Viewer viewer, int most) {
        return visible(Sql.LIVE_VISIBLE, viewer, most);
    }

    @Override
    public List<Call> endedVisibleTo(Viewer viewer, int most) {
        return visible(Sql.ENDED_VISIBLE, viewer, most);
    }

    @Override
    public boolean endedLongAgo(TeamId team) {
        return team(Sql.ENDED_LONG_AGO, team).bind("lookedAt", LOOKED_BACK).any();
    }

    private List<Call> visible(String sql, Viewer viewer, int most) {
        SqlStatement query = team(sql, viewer.team())
                .bind("user", viewer.user().value())
                .bind("channel", viewer.here().value())
                .bind("guest", viewer.guest() ? 1 : 0)
                .bind("most", most);
        if (sql.contains(":lookedAt")) {
            query.bind("lookedAt", LOOKED_BACK);
        }
        return query.list(Rows::call);
    }

    @Override
    public List<Participant> participants(CallId call) {
        return session.sql(Sql.PARTICIPANTS).bind("call", call.value()).list(Rows::participant);
    }

    List<Announcement> openAnnouncements(CallId call) {
        return session.sql(Sql.OPEN_ANNOUNCEMENTS).bind("call", call.value()).list(Rows::announcement);
    }

    List<ResponseUrl> responseUrls(CallId call) {
        return session.sql(Sql.RESPONSE_URLS).bind("call", call.value()).list(Rows::responseUrl);
    }

    @Override
    public boolean hasUnfurl(CallId call, Announcement.Unfurl unfurl) {
        return session.sql(Sql.UNFURL)
                .bind("call", call.value())
                .bind("channel", unfurl.channel().value())
                .bind("ts", unfurl.ts())
                .bind("link", unfurl.url())
                .any();
    }

    @Override
    public void open(Call call, boolean alone, Instant firstLook) {
        add(call, alone, Optional.empty());
        add(Watch.of(call.id(), call.startedAt()), firstLook);
    }

    @Override
    public CallStore.Claim open(Snapshot started, boolean alone, Instant firstLook, Instant until) {
        add(started.call(), alone, Optional.of(until));
        add(started.watch(), firstLook);
        started.participants().forEach(this::add);
        started.announcements().forEach(this::add);
        started.responseUrls().forEach(url -> keep(started.call().id(), url));
        return new CallStore.Claim(new CallStore.Lease(started.call().id(), FIRST_TOKEN), started);
    }

    private void add(Call call, boolean alone, Optional<Instant> leasedUntil) {
        Long until = leasedUntil.map(Instant::toEpochMilli).orElse(null);
        session.sql(Sql.ADD_CALL)
                .bindMap(Columns.of(call))
                .bind("alone_in", alone ? call.channel().value() : null)
                .bind("revision", call.revision())
                .bind("until", until)
                .bind("token", until == null ? 0 : FIRST_TOKEN)
                .bind("copy", until == null ? null : copy)
                .execute();
    }

    private void add(Watch watch, Instant firstLook) {
        session.sql(Sql.SAVE_WATCH.insert())
                .bindMap(Columns.of(watch, Optional.of(firstLook)))
                .execute();
    }

    private void add(Participant participant) {
        session.sql(Sql.PARTICIPANT.insert()).bindMap(Columns.of(participant)).execute();
    }

    /** Writes how a Call's people, announcements and response URLs differ; the Call itself is written by itself. */
    void write(Snapshot before, Snapshot after) {
        after.participants().stream()
                .filter(participant -> !before.participants().contains(participant))
                .forEach(this::save);
        for (Announcement announcement : after.announcements()) {
            if (before.announcements().stream().noneMatch(known -> known.id().equals(announcement.id()))) {
                add(announcement);
            } else if (!before.announcements().contains(announcement)) {
                save(announcement);
            }
        }
        before.responseUrls().stream()
                .filter(url -> !after.responseUrls().contains(url))
                .forEach(this::use);
    }

    @Override
    public void save(Call call) {
        session.sql(Sql.SAVE_CALL).bindMap(Columns.of(call)).execute();
    }

    @Override
    public void save(Participant participant) {
        write(Sql.PARTICIPANT, Columns.of(participant));
    }

    @Override
    public void add(Announcement announcement) {
        session.sql(Sql.ANNOUNCEMENT.insert()).bindMap(Columns.of(announcement)).execute();
    }

    private void save(Announcement announcement) {
        session.sql(Sql.ANNOUNCEMENT.update()).bindMap(Columns.of(announcement)).execute();
    }

    @Override
    public void keep(CallId call, ResponseUrl url) {
        session.sql(Sql.ADD_RESPONSE_URL)
                .bindMap(Columns.of(url))
                .bind("call_id", call.value())
                .execute();
    }

    private void use(ResponseUrl url) {
        if (url.usesLeft() <= 1) {
            session.sql(Sql.WIPE_RESPONSE_URL).bind("id", url.id()).execute();
        } else {
            session.sql(Sql.USE_RESPONSE_URL).bind("id", url.id()).execute();
        }
    }

    @Override
    public void outOfStep(CallId call, Instant now) {
        session.sql(Sql.OUT_OF_STEP)
                .bind("id", call.value())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    @Override
    public Optional<Watch> watch(CallId call) {
        return watch(Sql.WATCH_FOR_UPDATE, call);
    }

    /** The same where nothing is going to be changed. */
    Optional<Watch> watchAsItIs(CallId call) {
        return watch(Sql.WATCH, call);
    }

    private Optional<Watch> watch(String sql, CallId call) {
        return session.sql(sql).bind("call", call.value()).first(Rows::watch);
    }

    @Override
    public void save(Watch watch, Optional<Instant> due) {
        write(Sql.SAVE_WATCH, Columns.of(watch, due));
    }

    @Override
    public void touch(CallId call, Instant now, Instant lookBy) {
        session.sql(Sql.TOUCH)
                .bind("call", call.value())
                .bind("now", now.toEpochMilli())
                .bind("by", lookBy.toEpochMilli())
                .execute();
    }

    @Override
    public boolean holds(CallStore.Look look) {
        return session.sql(Sql.HOLDS)
                .bind("call", look.call().id().value())
                .bind("token", look.token())
                .any();
    }

    @Override
    public Optional<MessageRef> cardOf(CallId call) {
        return session.sql(Sql.CARD)
                .bind("call", call.value())
                .first(Rows::announcement)
                .flatMap(Announcement::message);
    }

    @Override
    public boolean hasRecording(CallId call, MeetingProvider.Recording recording) {
        return session.sql(Sql.RECORDING)
                .bind("call", call.value())
                .bind("link", recording.url().toString())
                .bind("recording", recording.id())
                .any();
    }

    @Override
    public boolean owesQuestion(CallId call) {
        return session.sql(Sql.OWED_QUESTION).bind("call", call.value()).any();
    }

    @Override
    public void handOver(CallId from, CallId to) {
        session.sql(Sql.HAND_OVER)
                .bind("from", from.value())
                .bind("to", to.value())
                .execute();
    }

    private void write(Sql.Row row, Map<String, @Nullable Object> columns) {
        if (session.sql(row.update()).bindMap(columns).execute() == 0) {
            session.sql(row.insert()).bindMap(columns).execute();
        }
    }

    private SqlStatement team(String sql, TeamId team) {
        return session.sql(sql).bind("team", team.value());
    }
}
