package dev.switchboard.store;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Years of ended Calls, and a few live ones, in a ledger of either database: those of one workspace that has ever so
 * many, and of another that has a few, which are the oldest.
 */
final class LongPast {
    static final int CALLS = 50_000;
    static final int LIVE = 5;
    static final int OF_OTHER_TEAM = 40;

    /** A Call in the middle of the past; a moment is the Call's number. */
    static final int SOME = CALLS / 2;

    static final UUID SOME_ID = UUID.fromString("00000000-0000-0000-0000-%012d".formatted(SOME));

    private LongPast() {}

    /** Writes it, and has the database look at what it holds now, as it does by itself in time. */
    static void write(Handle handle, boolean postgres) {
        String numbers = (postgres ? "generate_series" : "system_range") + "(1, " + CALLS + ") as n(x)";
        int firstLive = CALLS - LIVE + 1;
        String live = "x >= " + firstLive;
        List.of(
                        "insert into calls (id, team_id, channel_id, creator_id, room_key, join_url, display_id, visibility,"
                                + " started_at, ended_at, live_team, slack_id, slack_ended, revision, mirrored_revision,"
                                + " changed_at, lease_token) select " + id("0") + ", case when x <= " + OF_OTHER_TEAM
                                + " then 'T2' else 'T1' end, 'C' || mod(x, 50), 'U1', 'room' || x, 'https://m/' || x, '1',"
                                + " case when mod(x, 10) = 0 then 'PRIVATE' else 'PUBLIC' end, x, case when " + live
                                + " then null else x end, case when " + live
                                + " then 'T1' end, 'R' || x, true, 1, 1, x, 1"
                                + " from " + numbers,
                        "insert into watches (call_id, touched_at, changed_at, peak, vacated, due_at) select " + id("0")
                                + ", 1, 1, 0, false, case when " + live + " then x end from " + numbers,
                        "insert into participants (call_id, person_key, slack_id, standing, since, told) select "
                                + id("0") + ", 'slack:U2', 'U2', 'INVITED', 1, true from " + numbers,
                        "insert into announcements (id, call_id, kind, route, state, created_at, channel_id) select "
                                + id("a") + ", " + id("0")
                                + ", 'CARD', 'MESSAGE', 'DELIVERED', 1, 'C' || mod(x, 50) from " + numbers,
                        "insert into deliveries (delivery_key, seen_at) select 'command ' || x, x from " + numbers,
                        "analyze")
                .forEach(handle::execute);
    }

    /** As both databases make it of a number. */
    private static String id(String firstDigit) {
        return "cast('" + firstDigit + "' || lpad(cast(x as varchar(31)), 31, '0') as uuid)";
    }
}
