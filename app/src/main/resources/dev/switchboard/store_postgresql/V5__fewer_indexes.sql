-- Fewer indexes, as on H2; here the tables stay, and older copies go on beside it, if slower.

drop index calls_live_alone;
drop index calls_live_channel;
create unique index calls_live_channel on calls (live_team, channel_id, alone_in);

alter table announcements drop constraint announcements_pkey;
alter table announcements add primary key (call_id, id);
drop index announcements_call;

alter table response_urls drop constraint response_urls_pkey;
alter table response_urls add primary key (call_id, id);
drop index response_urls_call;
