package dev.switchboard.store;

import dev.switchboard.call.Announcement;
import dev.switchboard.call.Call;
import dev.switchboard.call.CallId;
import dev.switchboard.call.MessageRef;
import dev.switchboard.call.Participant;
import dev.switchboard.call.Person;
import dev.switchboard.call.ResponseUrl;
import dev.switchboard.call.SlackCallId;
import dev.switchboard.call.Title;
import dev.switchboard.call.UserId;
import dev.switchboard.call.Watch;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Domain records to the columns of their rows. Of what the scripts say of them, which can't be changed any more, this is
 * outdated: {@code told} false with a {@code told_} person means that Slack was asked, and has not answered;
 * {@code alone_in} stays after the Call's end, and counts with {@code live_team} only.
 */
final class Columns {
    /** In place of the title that Slack shows, while Slack is asked to register the Call; no title is empty. */
    static final String ASKED = "";

    private Columns() {}

    static Map<String, @Nullable Object> of(Call call) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("id", call.id().value());
        columns.put("team_id", call.team().value());
        columns.put("channel_id", call.channel().value());
        columns.put("creator_id", call.creator().value());
        columns.put("title", orNull(call.title().map(Title::text)));
        columns.put("room_key", call.room().key());
        columns.put("join_url", call.room().joinUrl().toString());
        columns.put("desktop_url", orNull(call.room().desktopUrl().map(URI::toString)));
        columns.put("room_state", call.roomState().name());
        columns.put("display_id", call.displayId());
        columns.put("previous_id", orNull(call.previous().map(CallId::value)));
        columns.put("visibility", call.visibility().name());
        columns.put("started_at", millis(call.startedAt()));
        columns.put("ended_at", orNull(call.end().map(end -> millis(end.at()))));
        columns.put("ended_by", orNull(call.end().flatMap(Call.End::by).map(UserId::value)));
        columns.put("duration_ms", orNull(call.end().map(end -> end.duration().toMillis())));
        columns.put("live_team", call.live() ? call.team().value() : null);
        columns.put("slack_id", orNull(call.slack().id().map(SlackCallId::value)));
        columns.put(
                "slack_title",
                call.slack().asked() ? ASKED : orNull(call.slack().title().map(Title::text)));
        columns.put("slack_ended", call.slack().ended());
        columns.put("slack_refusal", orNull(call.slack().refusal()));
        columns.put("changed_at", millis(call.changedAt()));
        return columns;
    }

    static Map<String, @Nullable Object> of(Participant participant) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("call_id", participant.call().value());
        columns.put("person_key", participant.person().key());
        put(columns, "", Optional.of(participant.person()));
        columns.put("standing", participant.standing().name());
        columns.put("invited_by", orNull(participant.invitedBy().map(UserId::value)));
        columns.put("since", millis(participant.since()));
        columns.put("visit_key", orNull(participant.visit().key()));
        columns.put("missed_since", orNull(participant.visit().missedSince().map(Columns::millis)));
        columns.put("visited_ms", participant.visit().length().toMillis());
        // Not yet answered: the person is there, "told" is false. (V1's comment is older.)
        columns.put(
                "told", participant.told().filter(Participant.Told::answered).isPresent());
        put(columns, "told_", participant.told().map(Participant.Told::as));
        return columns;
    }

    private static void put(Map<String, @Nullable Object> columns, String prefix, Optional<Person> person) {
        columns.put(prefix + "slack_id", orNull(person.flatMap(Person::slackId).map(UserId::value)));
        columns.put(prefix + "external_id", orNull(person.flatMap(Person::externalId)));
        columns.put(prefix + "display_name", orNull(person.flatMap(Person::displayName)));
        columns.put(prefix + "avatar_url", orNull(person.flatMap(Person::avatar).map(URI::toString)));
    }

    static Map<String, @Nullable Object> of(Announcement announcement) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("id", announcement.id());
        columns.put("call_id", announcement.call().value());
        columns.put("kind", announcement.target().kind().name());
        columns.put("route", announcement.route().name());
        columns.put("state", announcement.state().name());
        columns.put("created_at", millis(announcement.createdAt()));
        columns.put("tried_at", orNull(announcement.triedAt().map(Columns::millis)));
        columns.put(
                "posted_channel_id",
                orNull(announcement.message().map(m -> m.channel().value())));
        columns.put("posted_ts", orNull(announcement.message().map(MessageRef::ts)));
        for (String column : Sql.TARGET_COLUMNS) {
            columns.put(column, null);
        }
        put(columns, announcement.target());
        return columns;
    }

    private static void put(Map<String, @Nullable Object> columns, Announcement.Target target) {
        if (target instanceof Announcement.IconAnswer icon) {
            columns.put("user_id", icon.user().value());
            columns.put("audio", icon.audio());
        } else if (target instanceof Announcement.Card card) {
            columns.put("channel_id", card.channel().value());
        } else if (target instanceof Announcement.Ring ring) {
            columns.put("user_id", ring.user().value());
            columns.put("other_user_id", ring.by().value());
        } else if (target instanceof Announcement.Unfurl unfurl) {
            columns.put("channel_id", unfurl.channel().value());
            columns.put("link_ts", unfurl.ts());
            columns.put("link", unfurl.url());
            columns.put("unfurl_id", orNull(unfurl.unfurlId()));
            columns.put("unfurl_source", orNull(unfurl.source()));
        } else if (target instanceof Announcement.Question question) {
            columns.put("channel_id", question.channel().value());
            columns.put("user_id", question.creator().value());
        } else if (target instanceof Announcement.Summary summary) {
            put(columns, summary.thread());
        } else if (target instanceof Announcement.Recording recording) {
            put(columns, recording.thread());
            columns.put("link", recording.url().toString());
            columns.put("length_ms", recording.length().toMillis());
        } else if (target instanceof Announcement.Notice notice) {
            columns.put("user_id", notice.user().value());
            columns.put("topic", notice.topic().name());
            columns.put("other_user_id", orNull(notice.about().map(UserId::value)));
            columns.put("code", orNull(notice.code()));
        }
    }

    private static void put(Map<String, @Nullable Object> columns, MessageRef thread) {
        columns.put("thread_channel_id", thread.channel().value());
        columns.put("thread_ts", thread.ts());
    }

    static Map<String, @Nullable Object> of(Watch watch, Optional<Instant> due) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("call_id", watch.call().value());
        columns.put("touched_at", millis(watch.touchedAt()));
        columns.put("asked_at", orNull(watch.askedAt().map(Columns::millis)));
        columns.put("looked_at", orNull(watch.lookedAt().map(Columns::millis)));
        columns.put("unclear_since", orNull(watch.unclearSince().map(Columns::millis)));
        columns.put("first_join_at", orNull(watch.firstJoin().map(Columns::millis)));
        columns.put("last_present_at", orNull(watch.lastPresent().map(Columns::millis)));
        columns.put("empty_since", orNull(watch.emptySince().map(Columns::millis)));
        columns.put("gone_since", orNull(watch.goneSince().map(Columns::millis)));
        columns.put("changed_at", millis(watch.changedAt()));
        columns.put("peak", watch.peak());
        columns.put("vacated", watch.vacated());
        columns.put("due_at", orNull(due.map(Columns::millis)));
        columns.put("leased_until", null);
        return columns;
    }

    static Map<String, @Nullable Object> of(ResponseUrl url) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("id", url.id());
        columns.put("user_id", url.user().value());
        columns.put("channel_id", url.channel().value());
        columns.put("url", url.url().toString());
        columns.put("expires_at", millis(url.expires()));
        columns.put("uses_left", url.usesLeft());
        return columns;
    }

    private static long millis(Instant time) {
        return time.toEpochMilli();
    }

    private static <T> @Nullable T orNull(Optional<T> value) {
        return value.orElse(null);
    }
}
