-- Who is in the rooms.

-- What the meeting server has to be told of the room.
alter table calls add column room_state varchar(16) default 'OPEN' not null;

-- Who somebody is to the meeting server, when they were last seen while the latest look missed them, how long they were in.
alter table participants add column visit_key varchar(300);
alter table participants add column missed_since bigint;
alter table participants add column visited_ms bigint default 0 not null;

-- The message that one replies to, and what is said of a recording.
alter table announcements add column thread_channel_id varchar(64);
alter table announcements add column thread_ts varchar(64);
alter table announcements add column length_ms bigint;

-- One row a Call: what the looks at its room have shown, and when to look again (due_at is null for never).
create table watches (
  call_id           uuid primary key,
  touched_at        bigint not null,
  asked_at          bigint,
  looked_at         bigint,
  unclear_since     bigint,
  first_join_at     bigint,
  last_present_at   bigint,
  empty_since       bigint,
  gone_since        bigint,
  changed_at        bigint not null,
  peak              integer not null,
  vacated           boolean not null,
  due_at            bigint,
  leased_until      bigint,
  lease_token       bigint default 0 not null
);
alter table watches add foreign key (call_id) references calls (id);
create index watches_due on watches (due_at);

insert into watches (call_id, touched_at, changed_at, peak, vacated, due_at)
  select id, changed_at, changed_at, 0, false, changed_at from calls where ended_at is null;
insert into watches (call_id, touched_at, changed_at, peak, vacated)
  select id, changed_at, changed_at, 0, false from calls where ended_at is not null;
