-- The ledger. Times are milliseconds since the UTC epoch.

create table calls (
  id                uuid primary key,
  team_id           varchar(64) not null,
  channel_id        varchar(64) not null,
  creator_id        varchar(64) not null,
  title             varchar(200),
  room_key          varchar(1000) not null,
  join_url          varchar(4000) not null,
  desktop_url       varchar(4000),
  display_id        varchar(32) not null,
  previous_id       uuid,
  visibility        varchar(32) not null,
  started_at        bigint not null,
  ended_at          bigint,
  ended_by          varchar(64),
  duration_ms       bigint,
  -- The team while the Call is live, then null: what is looked up among live Calls finds only those in its index.
  live_team         varchar(64),
  -- The channel while the Call is live, if it was started as the only one there.
  alone_in          varchar(64),
  -- What Slack was told last.
  slack_id          varchar(64),
  slack_title       varchar(200),
  slack_ended       boolean not null,
  slack_refusal     varchar(100),
  -- What Slack is owed: out of step while mirrored_revision is behind; due_at is null when nothing is owed.
  revision          bigint not null,
  mirrored_revision bigint not null,
  changed_at        bigint not null,
  due_at            bigint,
  leased_until      bigint,
  lease_token       bigint not null
);
-- A room has one live Call. (Where live_team is null, rows are distinct.)
create unique index calls_live_room on calls (live_team, room_key);
create unique index calls_live_alone on calls (live_team, alone_in);
create index calls_live_channel on calls (live_team, channel_id);
create index calls_due on calls (due_at);
create index calls_slack on calls (slack_id);
-- Read backwards, the latest first.
create index calls_ended on calls (team_id desc, ended_at desc);
create index calls_room on calls (team_id desc, room_key desc, ended_at desc);

create table participants (
  call_id           uuid not null,
  person_key        varchar(300) not null,
  slack_id          varchar(64),
  external_id       varchar(255),
  display_name      varchar(255),
  avatar_url        varchar(4000),
  standing          varchar(32) not null,
  invited_by        varchar(64),
  since             bigint not null,
  -- Exactly what Slack was told of the person, to be said again on removal; told is false while they are not on the card.
  told              boolean not null,
  told_slack_id     varchar(64),
  told_external_id  varchar(255),
  told_display_name varchar(255),
  told_avatar_url   varchar(4000),
  primary key (call_id, person_key)
);
-- Foreign keys come after the index that serves them, or H2 would make another one.
alter table participants add foreign key (call_id) references calls (id);

create table announcements (
  id                uuid primary key,
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
  posted_ts         varchar(64)
);
create index announcements_call on announcements (call_id, state);
alter table announcements add foreign key (call_id) references calls (id);

-- Leave to answer a command; secret, so a row is wiped when it is used up or has expired.
create table response_urls (
  id                uuid primary key,
  call_id           uuid not null,
  user_id           varchar(64) not null,
  channel_id        varchar(64) not null,
  url               varchar(4000) not null,
  expires_at        bigint not null,
  uses_left         integer not null
);
create index response_urls_call on response_urls (call_id);
alter table response_urls add foreign key (call_id) references calls (id);
create index response_urls_expiry on response_urls (expires_at);

-- What Slack has delivered, so that a second delivery does nothing twice.
create table deliveries (
  delivery_key      varchar(300) primary key,
  seen_at           bigint not null
);
create index deliveries_seen on deliveries (seen_at);
