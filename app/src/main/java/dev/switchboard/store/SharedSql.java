package dev.switchboard.store;

/** The statements by which copies share a database; PostgreSQL only. */
final class SharedSql {
    /** What a copy that is gone had under way, but for what somebody holds locked at the moment. */
    static final String RELEASE_OF = "update calls" + Sql.RELEASED + " where id in (select id from calls where "
            + Sql.LEASED + " and leased_by = :copy for update skip locked)";

    static final String RELEASE_LOOKS_OF = "update watches" + Sql.RELEASED
            + " where call_id in (select call_id from watches where " + Sql.LEASED
            + " and leased_by = :copy for update skip locked)";

    /** Whether it has nothing under way any more. */
    private static final String RELEASED_OF = "not exists (select 1 from calls where " + Sql.LEASED
            + " and leased_by = :copy) and not exists (select 1 from watches where " + Sql.LEASED
            + " and leased_by = :copy)";

    /** The database's clock in milliseconds. */
    private static final String DATABASE_NOW = "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";

    static final String NOW = "select " + DATABASE_NOW;

    static final String BEAT = "update copies set seen_at = " + DATABASE_NOW + " where id = :copy returning seen_at";

    static final String JOIN = "insert into copies (id, seen_at) values (:copy, " + DATABASE_NOW + ")";

    static final String LEAVE = "delete from copies where id = :copy and " + RELEASED_OF;

    static final String SILENT = "select id from copies where seen_at < :since";

    /** Empty where another copy is at it, or it has spoken since. */
    static final String TO_BURY = "select id from copies where id = :copy and seen_at < :since for update skip locked";

    /** The number of the row that says until when a name is blocked. */
    static final int BLOCK = -1;

    /** A count that is lost in a crash of the server does no harm. */
    static final String NO_HURRY = "set local synchronous_commit = off";

    static final String BLOCKED = "select max(free_at) from slots where name in (<names>) and number = " + BLOCK;

    static final String TAKE_SLOT = """
            update slots set free_at = :until where (name, number) = (
              select name, number from slots where name = :name and number between 0 and :most - 1 and free_at <= :now
              order by free_at limit 1 for update skip locked)
            returning number""";

    static final String NEXT_SLOT =
            "select min(free_at) from slots where name = :name and number between 0 and :most - 1";

    static final String ADD_SLOTS = """
            insert into slots (name, number, free_at)
            select :name, n, 0 from generate_series(0, :most - 1) n on conflict do nothing""";

    static final String COUNT_SLOTS = "select count(*) from slots where name = :name and number >= 0";

    /** Only as it was taken: a copy that was stopped for long doesn't give back what another has. */
    static final String GIVE_BACK =
            "update slots set free_at = :free where name = :name and number = :number and free_at = :until";

    static final String BLOCK_SLOTS = """
            insert into slots (name, number, free_at) values (:name, -1, :until)
            on conflict (name, number) do update set free_at = greatest(slots.free_at, excluded.free_at)""";

    static final String FORGET_SLOTS = "delete from slots where free_at < :before";

    private SharedSql() {}
}
