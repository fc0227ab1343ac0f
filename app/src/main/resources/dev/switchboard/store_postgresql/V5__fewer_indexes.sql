-- Fewer indexes, as on H2, but that PostgreSQL makes none for a foreign key.

drop index calls_live_alone;
drop index calls_live_channel;
create unique index calls_live_channel on calls (live_team, channel_id, alone_in);

drop index announcements_call;
create index announcements_call on announcements (call_id);
