package dev.switchboard.store;

import dev.switchboard.call.Announcement;
import dev.switchboard.call.Call;
import dev.switchboard.call.CallId;
import dev.switchboard.call.CallStore;
import dev.switchboard.call.ChannelId;
import dev.switchboard.call.MessageRef;
import dev.switchboard.call.Participant;
import dev.switchboard.call.Person;
import dev.switchboard.call.ResponseUrl;
import dev.switchboard.call.Room;
import dev.switchboard.call.SlackCallId;
import dev.switchboard.call.TeamId;
import dev.switchboard.call.Title;
import dev.switchboard.call.UserId;
import dev.switchboard.call.Watch;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Rows to domain records. */
final class Rows {
    private Rows() {}

    static Call call(ResultSet row) throws SQLException {
        return new Call(
                new CallId(uuid(row, "id")),
                new TeamId(row.getString("team_id")),
                new ChannelId(row.getString("channel_id")),
                new UserId(row.getString("creator_id")),
                text(row, "title").map(Title::new),
                new Room(
                        row.getString("room_key"),
                        URI.create(row.getString("join_url")),
                        text(row, "desktop_url").map(URI::create)),
                Call.RoomState.valueOf(row.getString("room_state")),
                row.getString("display_id"),
                Optional.ofNullable(row.getObject("previous_id", UUID.class)).map(CallId::new),
                Call.Visibility.valueOf(row.getString("visibility")),
                time(row.getLong("started_at")),
                end(row),
                new Call.SlackSide(
                        text(row, "slack_id").map(SlackCallId::new),
                        text(row, "slack_title")
                                .filter(title -> !title.equals(Columns.ASKED))
                                .map(Title::new),
                        Columns.ASKED.equals(row.getString("slack_title")),
                        row.getBoolean("slack_ended"),
                        text(row, "slack_refusal")),
                row.getLong("revision"),
                time(row.getLong("changed_at")));
    }

    /** A Call that was just claimed. */
    static Claimed claimed(ResultSet row) throws SQLException {
        Call call = call(row);
        return new Claimed(call, new CallStore.Lease(call.id(), row.getLong("lease_token")));
    }

    record Claimed(Call call, CallStore.Lease lease) {}

    private static Optional<Call.End> end(ResultSet row) throws SQLException {
        Optional<UserId> by = text(row, "ended_by").map(UserId::new);
        Duration duration = Duration.ofMillis(row.getLong("duration_ms"));
        return moment(row, "ended_at").map(at -> new Call.End(at, by, duration));
    }

    static Participant participant(ResultSet row) throws SQLException {
        return new Participant(
                new CallId(uuid(row, "call_id")),
                person(row, ""),
                Participant.Standing.valueOf(row.getString("standing")),
                told(row),
                text(row, "invited_by").map(UserId::new),
                time(row.getLong("since")),
                new Participant.Visit(
                        text(row, "visit_key"),
                        moment(row, "missed_since"),
                        Duration.ofMillis(row.getLong("visited_ms"))));
    }

    private static Optional<Participant.Told> told(ResultSet row) throws SQLException {
        boolean named = text(row, "told_slack_id").isPresent()
                || text(row, "told_external_id").isPresent();
        return named
                ? Optional.of(new Participant.Told(person(row, "told_"), row.getBoolean("told")))
                : Optional.empty();
    }

    static Watch watch(ResultSet row) throws SQLException {
        return new Watch(
                new CallId(uuid(row, "call_id")),
                time(row.getLong("touched_at")),
                moment(row, "asked_at"),
                moment(row, "looked_at"),
                moment(row, "unclear_since"),
                moment(row, "first_join_at"),
                moment(row, "last_present_at"),
                moment(row, "empty_since"),
                moment(row, "gone_since"),
                time(row.getLong("changed_at")),
                row.getInt("peak"),
                row.getBoolean("vacated"));
    }

    static CallStore.Look look(ResultSet row) throws SQLException {
        return new CallStore.Look(call(row), row.getLong("look_token"));
    }

    private static Person person(ResultSet row, String prefix) throws SQLException {
        return new Person(
                text(row, prefix + "slack_id").map(UserId::new),
                text(row, prefix + "external_id"),
                text(row, prefix + "display_name"),
                text(row, prefix + "avatar_url").map(URI::create));
    }

    static Announcement announcement(ResultSet row) throws SQLException {
        Optional<String> ts = text(row, "posted_ts");
        return new Announcement(
                uuid(row, "id"),
                new CallId(uuid(row, "call_id")),
                target(row),
                Announcement.Route.valueOf(row.getString("route")),
                Announcement.State.valueOf(row.getString("state")),
                time(row.getLong("created_at")),
                moment(row, "tried_at"),
                ts.isPresent()
                        ? Optional.of(new MessageRef(new ChannelId(row.getString("posted_channel_id")), ts.get()))
                        : Optional.empty());
    }

    private static Announcement.Target target(ResultSet row) throws SQLException {
        return switch (Announcement.Kind.valueOf(row.getString("kind"))) {
            case ICON_ANSWER -> new Announcement.IconAnswer(user(row, "user_id"), row.getBoolean("audio"));
            case CARD -> new Announcement.Card(new ChannelId(row.getString("channel_id")));
            case RING -> new Announcement.Ring(user(row, "user_id"), user(row, "other_user_id"));
            case UNFURL ->
                new Announcement.Unfurl(
                        new ChannelId(row.getString("channel_id")),
                        row.getString("link_ts"),
                        row.getString("link"),
                        text(row, "unfurl_id"),
                        text(row, "unfurl_source"));
            case QUESTION ->
                new Announcement.Question(new ChannelId(row.getString("channel_id")), user(row, "user_id"));
            case SUMMARY -> new Announcement.Summary(thread(row));
            case RECORDING ->
                new Announcement.Recording(
                        thread(row), URI.create(row.getString("link")), Duration.ofMillis(row.getLong("length_ms")));
            case NOTICE ->
                new Announcement.Notice(
                        user(row, "user_id"),
                        Announcement.Topic.valueOf(row.getString("topic")),
                        text(row, "other_user_id").map(UserId::new),
                        text(row, "code"));
        };
    }

    private static MessageRef thread(ResultSet row) throws SQLException {
        return new MessageRef(new ChannelId(row.getString("thread_channel_id")), row.getString("thread_ts"));
    }

    static ResponseUrl responseUrl(ResultSet row) throws SQLException {
        return new ResponseUrl(
                uuid(row, "id"),
                user(row, "user_id"),
                new ChannelId(row.getString("channel_id")),
                URI.create(row.getString("url")),
                time(row.getLong("expires_at")),
                row.getInt("uses_left"));
    }

    private static UserId user(ResultSet row, String column) throws SQLException {
        return new UserId(row.getString(column));
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(time(millis));
    }

    private static Instant time(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
