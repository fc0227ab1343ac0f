package dev.switchboard.sandbox.meeting;

import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.Json;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What Prosody answers over HTTP: resources/prosody-plugins/mod_muc_size.lua, mod_muc_census.lua and
 * mod_muc_end_meeting.lua of jitsi-meet. Answers have no content type; only Prosody's own page for what isn't there has
 * one.
 */
final class JitsiDesk {
    private final JitsiRooms rooms;
    private final JitsiSettings settings;
    private final Clock clock;
    private final Consumer<String> ended;

    /** @param ended told the node of a room that was ended for all */
    JitsiDesk(JitsiRooms rooms, JitsiSettings settings, Clock clock, Consumer<String> ended) {
        this.rooms = rooms;
        this.settings = settings;
        this.clock = clock;
        this.ended = ended;
    }

    Answer receive(Ask ask) {
        boolean foreign = settings.host.filter(host -> !host.equals(ask.host())).isPresent();
        return foreign ? notFound() : answer(ask);
    }

    private Answer answer(Ask ask) {
        return switch (ask.path()) {
            case "/room" -> size(ask, guests -> settings.dialect.rows(jid(guests.node()), guests.guests()));
            case "/room-size" ->
                size(
                        ask,
                        room -> "{\"participants\":" + Math.max(1, room.guests().size()) + '}');
            case "/sessions" -> settings.size ? ok(String.valueOf(sessions())) : notFound();
            case "/room-census" -> settings.census ? ok(census()) : notFound();
            case "/end-meeting" ->
                settings.systemTokens.map(tokens -> endMeeting(ask, tokens)).orElseGet(JitsiDesk::notFound);
            default -> notFound();
        };
    }

    private static Answer notFound() {
        return Answer.page(404, "Not Found");
    }

    private static Answer ok(String body) {
        return fromModule(200, body);
    }

    /** A status and nothing else. */
    private static Answer bare(int status) {
        return fromModule(status, "");
    }

    /** Prosody marks what its modules answer as readable by pages of others, whatever the status. */
    private static Answer fromModule(int status, String body) {
        return new Answer(status, "", Map.of("Access-Control-Allow-Origin", "*"), body);
    }

    /** A module that fails: Prosody writes its page out under a status and no header at all. */
    private static Answer broken() {
        Answer page = Answer.page(500, "Internal Server Error");
        return Answer.of(page.status(), "", page.body());
    }

    private static String jid(String node) {
        return node + '@' + JitsiSettings.MUC;
    }

    /** What muc_size says of one room. */
    private Answer size(Ask ask, Function<JitsiRooms.State, String> written) {
        if (!settings.size) {
            return notFound();
        }
        if (ask.query().isEmpty()) {
            return bare(400);
        }
        Optional<String> domain = ask.parameter("domain");
        if (domain.isEmpty()) {
            return broken();
        }
        Optional<String> node = ask.parameter("room")
                .filter(room -> domain.get().toLowerCase(Locale.ROOT).equals(JitsiSettings.DOMAIN))
                .map(settings.dialect::stored)
                .map(room -> tenant(ask) + room);
        Optional<JitsiRooms.State> room = node.flatMap(rooms::find);
        Optional<Answer> refusal =
                settings.tokens.flatMap(tokens -> refusal(ask, tokens, node.orElse(""), room.isPresent()));
        return refusal.orElseGet(() -> room.map(written).map(JitsiDesk::ok).orElseGet(() -> bare(404)));
    }

    private static String tenant(Ask ask) {
        return ask.parameter("subdomain")
                .filter(name -> !name.isEmpty())
                .map(name -> '[' + name + ']')
                .orElse("");
    }

    private Optional<Answer> refusal(Ask ask, JitsiTokens tokens, String node, boolean present) {
        Optional<Jwt> token = ask.parameter("token").flatMap(text -> tokens.genuine(text, clock.instant()));
        if (token.isEmpty() || (!present && !settings.dialect.tellsAbsentFromForbidden())) {
            return Optional.of(bare(403));
        }
        return switch (JitsiTokens.verdict(token.get(), node, JitsiSettings.DOMAIN)) {
            case GOOD -> Optional.empty();
            case ELSEWHERE -> Optional.of(bare(403));
            case BREAKS -> Optional.of(broken());
        };
    }

    /** All connections to the server: the guests' and the focus's. */
    private int sessions() {
        return 1 + rooms.all().stream().mapToInt(room -> room.guests().size()).sum();
    }

    private String census() {
        List<JsonObject> rows = rooms.all().stream()
                .map(room -> {
                    JsonObject row = Json.object(
                            "room_name", jid(room.node()),
                            "participants", room.guests().size(),
                            "leaked", false);
                    if (settings.duration) {
                        row.addProperty("created_time", room.created().toEpochMilli());
                    }
                    return row;
                })
                .toList();
        return settings.dialect.census(rows);
    }

    private Answer endMeeting(Ask ask, JitsiTokens tokens) {
        if (!ask.method().equals("POST")) {
            return Answer.page(405, "Method Not Allowed");
        }
        if (ask.bearer()
                .flatMap(token -> tokens.genuine(token, clock.instant()))
                .isEmpty()) {
            return bare(401);
        }
        Optional<String> conference = ask.parameter("conference").filter(jid -> !jid.isEmpty());
        if (conference.isEmpty()) {
            return bare(400);
        }
        Optional<String> node = node(conference.get());
        if (node.filter(rooms::destroy).isEmpty()) {
            return bare(404);
        }
        ended.accept(node.get());
        return ok("");
    }

    /** Of {@code room@conference.domain}, {@code [tenant]room@conference.domain}, {@code room@conference.tenant.domain}. */
    private static Optional<String> node(String jid) {
        int at = jid.indexOf('@');
        String where = jid.substring(at + 1);
        if (at > 0 && where.equals(JitsiSettings.MUC)) {
            return Optional.of(jid.substring(0, at));
        }
        String prefix = "conference.";
        String suffix = '.' + JitsiSettings.DOMAIN;
        boolean tenant = at > 0
                && where.startsWith(prefix)
                && where.endsWith(suffix)
                && where.length() > prefix.length() + suffix.length();
        return tenant
                ? Optional.of('['
                        + where.substring(prefix.length(), where.length() - suffix.length())
                        + ']'
                        + jid.substring(0, at))
                : Optional.empty();
    }
}
