-- Fewer indexes: each commit writes anew a page of every index that its rows are in. Each statement can be run again,
-- should the disk be full in the middle.

-- One index serves to find what is live in a conversation and to have one Call alone there. (Nulls are distinct.)
drop index if exists calls_live_alone;
drop index if exists calls_live_channel;
create unique index if not exists calls_live_channel on calls (live_team, channel_id, alone_in);

-- Announcements are found by the index of their foreign key, which H2 makes of its columns alone. Their state, which
-- changes with each step on the way to Slack, is in no index.
drop index if exists announcements_call;
