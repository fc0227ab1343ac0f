-- Fewer indexes: each commit writes anew a page of every index that its rows are in.

-- One index serves to find what is live in a conversation and to have one Call alone there. (Nulls are distinct.)
drop index calls_live_alone;
drop index calls_live_channel;
create unique index calls_live_channel on calls (live_team, channel_id, alone_in);

-- Announcements and response URLs are found by their Call, so their keys begin with it. The state is in no index: it
-- changes with each step on the way to Slack. No foreign key: H2 wants an index for each, of its columns alone, and keeps
-- it as long as the key, hence new tables. Rows are added and deleted under the lock of their Call's row.
create table announcements_by_call (
  id                uuid not null,
  call_id           uuid not null,
  kind              varchar(32) not null,
  route             varchar(32) not null,
  state             varchar(32) not null,
  created_at        bigint not null,
  tried_at          bigint,
  user_id           varchar(64),
  other_user_id     varchar(64),
  channel_id        varchar(64),
  link_ts           varchar(100),
  link              varchar(4000),
  unfurl_id         varchar(200),
  unfurl_source     varchar(100),
  topic             varchar(32),
  code              varchar(100),
  audio             boolean,
  posted_channel_id varchar(64),
  posted_ts         varchar(64),
  thread_channel_id varchar(64),
  thread_ts         varchar(64),
  length_ms         bigint,
  primary key (call_id, id)
);
insert into announcements_by_call
  select id, call_id, kind, route, state, created_at, tried_at, user_id, other_user_id, channel_id, link_ts, link,
    unfurl_id, unfurl_source, topic, code, audio, posted_channel_id, posted_ts, thread_channel_id, thread_ts, length_ms
  from announcements;
drop table announcements;
alter table announcements_by_call rename to announcements;

create table response_urls_by_call (
  id                uuid not null,
  call_id           uuid not null,
  user_id           varchar(64) not null,
  channel_id        varchar(64) not null,
  url               varchar(4000) not null,
  expires_at        bigint not null,
  uses_left         integer not null,
  primary key (call_id, id)
);
insert into response_urls_by_call
  select id, call_id, user_id, channel_id, url, expires_at, uses_left from response_urls;
drop table response_urls;
alter table response_urls_by_call rename to response_urls;
create index response_urls_expiry on response_urls (expires_at);
