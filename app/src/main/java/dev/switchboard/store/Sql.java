package dev.switchboard.store;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every statement on the ledger. Those on the way of a command find their rows by an index; a test reads the plans. */
final class Sql {
    /** The columns in which the targets of announcements differ. */
    static final List<String> TARGET_COLUMNS = List.of(
            "user_id",
            "other_user_id",
            "channel_id",
            "link_ts",
            "link",
            "unfurl_id",
            "unfurl_source",
            "topic",
            "code",
            "audio",
            "thread_channel_id",
            "thread_ts",
            "length_ms");

    /** What may be leased; {@code due_at} first, so that the index on it leads to no more than that. */
    static final String LEASED = "due_at >= 0 and leased_until is not null";

    /** The lease is void, whoever has it. */
    static final String RELEASED = " set leased_until = null, due_at = 0, lease_token = lease_token + 1";

    static final String ADD_DELIVERY = """
            insert into deliveries (delivery_key, seen_at) select :key, cast(:now as bigint)
            where not exists (select 1 from deliveries where delivery_key = :key)""";

    static final String CALL_FOR_UPDATE = "select * from calls where id = :id for update";

    static final String BY_SLACK_ID = "select * from calls where slack_id = :slackId and team_id = :team";

    static final String LIVE_IN_ROOM = "select * from calls where live_team = :team and room_key = :room";

    static final String LAST_IN_ROOM = """
            select * from calls where team_id = :team and room_key = :room and ended_at is not null
            order by team_id desc, room_key desc, ended_at desc fetch first 1 rows only""";

    static final String LIVE_IN_CHANNEL =
            "select * from calls where live_team = :team and channel_id = :channel order by started_at, id";

    static final String SHARED_IN_CHANNEL = """
            select c.* from calls c where c.live_team = :team and c.channel_id <> :channel
            and exists (select 1 from announcements a
              where a.call_id = c.id and a.kind = 'UNFURL' and a.channel_id = :channel)
            order by c.started_at, c.id""";

    /** Counted for each Call: of an EXISTS PostgreSQL may make one read through the people of all Calls there ever were. */
    private static final String VISIBLE = """
            ((:guest = 0 and c.visibility in ('PUBLIC', 'PUBLIC_BY_NAME')) or c.creator_id = :user or c.channel_id = :channel
              or (select count(*) from participants p where p.call_id = c.id and p.slack_id = :user) > 0)""";

    static final String LIVE_VISIBLE = "select c.* from calls c where c.live_team = :team and " + VISIBLE
            + " order by case when c.creator_id = :user or c.channel_id = :channel then 0 else 1 end,"
            + " c.started_at desc, c.id fetch first :most rows only";

    static final String ENDED_VISIBLE =
            """
            select c.* from (select * from calls where team_id = :team and ended_at is not null
              order by team_id desc, ended_at desc fetch first :lookedAt rows only) c""" + " where " + VISIBLE + " order by c.ended_at desc fetch first :most rows only";

    /** Whether there are more than {@link #ENDED_VISIBLE} looks at. */
    static final String ENDED_LONG_AGO = """
            select 1 from calls where team_id = :team and ended_at is not null
            order by team_id desc, ended_at desc offset :lookedAt rows fetch first 1 rows only""";

    static final String PARTICIPANTS = "select * from participants where call_id = :call order by since, person_key";

    static final String OPEN_ANNOUNCEMENTS = """
            select * from announcements where call_id = :call and state in ('OWED', 'TRYING', 'DELIVERED')
            and (state <> 'DELIVERED' or (kind in ('CARD', 'RING', 'QUESTION') and posted_ts is not null))
            order by created_at, id""";

    static final String RESPONSE_URLS = "select * from response_urls where call_id = :call";

    static final String UNFURL = """
            select 1 from announcements where call_id = :call and kind = 'UNFURL'
            and channel_id = :channel and link_ts = :ts and link = :link fetch first 1 rows only""";

    static final String CARD = """
            select * from announcements where call_id = :call and state in ('DELIVERED', 'RETIRED') and kind = 'CARD'
            and posted_ts is not null order by created_at fetch first 1 rows only""";

    /** Another format of the same recording has another link, with the recording's id in it as well. */
    static final String RECORDING = """
            select 1 from announcements where call_id = :call
            and state in ('OWED', 'TRYING', 'DELIVERED', 'RETIRED', 'GIVEN_UP') and kind = 'RECORDING'
            and (link = :link or position(:recording in link) > 0)
            fetch first 1 rows only""";

    static final String OWED_QUESTION = """
            select 1 from announcements where call_id = :call and state in ('OWED', 'TRYING') and kind = 'QUESTION'
            fetch first 1 rows only""";

    static final String HAND_OVER = "update response_urls set call_id = :to where call_id = :from";

    static final String WATCH = "select * from watches where call_id = :call";

    static final String WATCH_FOR_UPDATE = WATCH + " for update";

    /** What the looks have shown, and when to look again; writing it gives the lease back. */
    static final Row SAVE_WATCH = new Row(
            "watches",
            List.of("call_id"),
            List.of(
                    "touched_at",
                    "asked_at",
                    "looked_at",
                    "unclear_since",
                    "first_join_at",
                    "last_present_at",
                    "empty_since",
                    "gone_since",
                    "changed_at",
                    "peak",
                    "vacated",
                    "due_at",
                    "leased_until"));

    /** While somebody is looking, when to look next is theirs to say. */
    static final String TOUCH = """
            update watches set touched_at = :now, asked_at = null,
              due_at = case when leased_until > :now then due_at
                when due_at is null or due_at > :by then :by else due_at end
            where call_id = :call""";

    /**
     * Whether any look is due by itself; those due soon only come along. The lower bound is for H2: without one it reads
     * the index from its beginning, where the rows are that have null, which is all the past.
     */
    static final String ANY_LOOK_DUE = """
            select 1 from watches where due_at >= 0 and due_at <= :now and (leased_until is null or leased_until <= :now)
            fetch first 1 rows only""";

    /**
     * What was seen a moment ago, or what the server wants to be left alone with, doesn't come along: two looks in a
     * row mean something only if there is time between them.
     */
    static final String DUE_LOOKS = """
            select call_id from watches where due_at >= 0 and due_at <= :by
            and (due_at <= :now or (unclear_since is null and (looked_at is null or looked_at <= :seenBy)))
            and (leased_until is null or leased_until <= :now)
            order by due_at fetch first :most rows only for update skip locked""";

    static final String CLAIM_LOOKS = """
            update watches set lease_token = lease_token + 1, leased_until = :until, leased_by = :copy, due_at = :until
            where call_id in (<calls>)""";

    static final String LOOKS = """
            select c.*, w.lease_token as look_token from watches w join calls c on c.id = w.call_id
            where w.call_id in (<calls>)""";

    static final String HOLDS =
            "select 1 from watches where call_id = :call and lease_token = :token and leased_until is not null";

    /** Where other copies are at work, the rooms are being looked at. */
    static final String LOOK_AT_ALL = """
            update watches set due_at = :now where due_at > :now
            and not exists (select 1 from copies where id <> :copy)
            and exists (select 1 from calls c where c.id = call_id and c.live_team is not null)""";

    static final String RELEASE_LOOKS = "update watches" + RELEASED + " where " + LEASED;

    static final String ADD_CALL = """
            insert into calls (id, team_id, channel_id, creator_id, title, room_key, join_url, desktop_url, room_state,
              display_id, previous_id, visibility, started_at, ended_at, ended_by, duration_ms, live_team, alone_in,
              slack_id, slack_title, slack_ended, slack_refusal,
              revision, mirrored_revision, changed_at, due_at, leased_until, leased_by, lease_token)
            values (:id, :team_id, :channel_id, :creator_id, :title, :room_key, :join_url, :desktop_url, :room_state,
              :display_id, :previous_id, :visibility, :started_at, :ended_at, :ended_by, :duration_ms, :live_team, :alone_in,
              :slack_id, :slack_title, :slack_ended, :slack_refusal,
              :revision, 0, :changed_at, :until, :until, cast(:copy as uuid), :token)""";

    /** What can change of a Call; the columns of the mirror are left to their own statements. */
    private static final String CHANGED_CALL = """
            update calls set title = :title, join_url = :join_url, room_state = :room_state, visibility = :visibility, ended_at = :ended_at, ended_by = :ended_by,
              duration_ms = :duration_ms, live_team = :live_team, slack_id = :slack_id, slack_title = :slack_title,
              slack_ended = :slack_ended, slack_refusal = :slack_refusal""";

    static final String SAVE_CALL = CHANGED_CALL + " where id = :id";

    /** A participant's row; who it is of never changes. */
    static final Row PARTICIPANT = new Row(
            "participants",
            List.of("call_id", "person_key"),
            List.of(
                    "slack_id",
                    "external_id",
                    "display_name",
                    "avatar_url",
                    "standing",
                    "invited_by",
                    "since",
                    "visit_key",
                    "missed_since",
                    "visited_ms",
                    "told",
                    "told_slack_id",
                    "told_external_id",
                    "told_display_name",
                    "told_avatar_url"));

    /** An announcement's row. */
    static final Row ANNOUNCEMENT = new Row(
            "announcements",
            List.of("id"),
            Stream.concat(
                            Stream.of(
                                    "call_id",
                                    "kind",
                                    "route",
                                    "state",
                                    "created_at",
                                    "tried_at",
                                    "posted_channel_id",
                                    "posted_ts"),
                            TARGET_COLUMNS.stream())
                    .toList());

    static final String ADD_RESPONSE_URL = """
            insert into response_urls (id, call_id, user_id, channel_id, url, expires_at, uses_left)
            values (:id, :call_id, :user_id, :channel_id, :url, :expires_at, :uses_left)""";

    static final String USE_RESPONSE_URL = "update response_urls set uses_left = uses_left - 1 where id = :id";

    static final String WIPE_RESPONSE_URL = "delete from response_urls where id = :id";

    /** A worker that has the Call sees the new revision when it confirms; otherwise the Call is due at once. */
    static final String OUT_OF_STEP = """
            update calls set revision = revision + 1, changed_at = :now,
              due_at = case when leased_until > :now then due_at else :now end
            where id = :id""";

    static final String CLAIM = """
            update calls set lease_token = lease_token + 1, leased_until = :until, leased_by = :copy, due_at = :until
            where id = :id and due_at <= :now""";

    static final String CLAIMED = "select * from calls where id = :id";

    static final String EXTEND = """
            update calls set leased_until = :until, due_at = :until
            where id = :id and lease_token = :token and leased_until is not null""";

    /** What a worker has to say of a Call that it knows all of, since nobody has changed it. */
    static final String WRITE_BACK = CHANGED_CALL + """
            , due_at = :due, leased_until = :until,
              mirrored_revision = case when cast(:due as bigint) is null then revision else mirrored_revision end
            where id = :id and lease_token = :token and revision = :revision and leased_until is not null""";

    /** The lower bound keeps H2 from reading past all to which nothing is owed. */
    static final String DUE = "select id from calls where due_at >= 0 and due_at <= :now order by due_at"
            + " fetch first :most rows only";

    /** Leases of a process that is gone; due_at narrows it to the Calls that are owed something. */
    static final String RELEASE = "update calls" + RELEASED + " where " + LEASED;

    /** Leases of a copy that goes on, but could not write them back. */
    static final String LET_GO = "update calls set leased_until = null, due_at = :now, lease_token = lease_token + 1"
            + " where id in (<calls>) and leased_by = :copy and leased_until is not null";

    static final String LET_GO_OF_LOOKS =
            "update watches set leased_until = null, due_at = :now, lease_token = lease_token + 1"
                    + " where due_at >= 0 and leased_by = :copy and leased_until is not null";

    /** Where the clock was set back. */
    static final String SET_BACK = "update calls set due_at = greatest(due_at - cast(:by as bigint), 0),"
            + " leased_until = leased_until - cast(:by as bigint) where due_at >= 0";

    static final String SET_BACK_LOOKS = "update watches set due_at = greatest(due_at - cast(:by as bigint), 0),"
            + " leased_until = leased_until - cast(:by as bigint) where due_at >= 0";

    /** What was put off by a clock that was ahead. */
    static final String TOO_LATE = "update calls set due_at = 0 where due_at > :until";

    static final String FORGET_DELIVERIES = """
            delete from deliveries where delivery_key in
              (select delivery_key from deliveries where seen_at < :before order by seen_at fetch first :most rows only)""";

    static final String FORGET_RESPONSE_URLS = "delete from response_urls where expires_at <= :now";

    /**
     * Locked, and whoever works on one meanwhile keeps it. Nothing is owed to nearly all Calls: were that asked plainly,
     * H2 would go by the index of due_at, through all of them; and were the oldest locked as they are found, it would
     * read and sort all that are old.
     */
    static final String OLD_CALLS = """
            select c.id from calls c where c.id in (
              select o.id from calls o where o.ended_at >= 0 and o.ended_at < :before
              and coalesce(o.due_at, -1) = -1 and coalesce(o.leased_until, -1) = -1
              and not exists (select 1 from watches w where w.call_id = o.id and w.due_at is not null)
              order by o.ended_at fetch first :most rows only)
            and coalesce(c.due_at, -1) = -1 and coalesce(c.leased_until, -1) = -1
            for update skip locked""";

    /** What belongs to Calls, and the Calls. */
    static final List<String> FORGET_CALLS = List.of(
            "delete from response_urls where call_id in (<calls>)",
            "delete from announcements where call_id in (<calls>)",
            "delete from participants where call_id in (<calls>)",
            "delete from watches where call_id in (<calls>)",
            "delete from calls where id in (<calls>)");

    /**
     * What was under way when the database broke is due at once: that it was given back may be lost with what was in
     * memory. Whoever is still at it keeps its token, and so can write down what it did, until another takes over.
     */
    static final List<String> EXPIRE = List.of(
            "update calls set due_at = 0 where due_at >= 0 and leased_until is not null",
            "update watches set due_at = 0 where due_at >= 0 and leased_until is not null");

    /** Whether there is room: more than a command or two will need, or it would be full again at once. */
    static final List<String> TRIAL = List.of(
            "delete from deliveries where delivery_key between 'trial' and 'trial 9999'",
            """
            insert into deliveries (delivery_key, seen_at)
              select 'trial ' || (1000 + x), 0 from system_range(1, 1000)""",
            "checkpoint",
            "delete from deliveries where delivery_key between 'trial' and 'trial 9999'",
            "checkpoint");

    /**
     * A backup doesn't know what was sent after it was taken: what it holds as owed may long be there, and is looked
     * for before it is sent. Leave to answer a command has run out, or belongs to answers given since.
     */
    static final List<String> AFTER_RESTORING = List.of(
            "update announcements set state = 'TRYING', tried_at = created_at where state = 'OWED'",
            "delete from response_urls");

    private Sql() {}

    /** The statements that write one row, whether or not it is there; the Call's row is locked meanwhile. */
    record Row(String update, String insert) {
        Row(String table, List<String> key, List<String> others) {
            this(
                    "update " + table + " set " + assignments(others, ", ") + " where " + assignments(key, " and "),
                    "insert into " + table + " ("
                            + String.join(", ", key) + ", " + String.join(", ", others) + ") values (:"
                            + String.join(", :", key) + ", :" + String.join(", :", others) + ")");
        }

        private static String assignments(List<String> columns, String separator) {
            return columns.stream().map(column -> column + " = :" + column).collect(Collectors.joining(separator));
        }
    }
}
