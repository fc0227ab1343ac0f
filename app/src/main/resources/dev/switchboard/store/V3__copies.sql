-- Several copies of the program on one database.

-- Which copy has the lease. An older version doesn't write it; its leases run out by themselves.
alter table calls add column leased_by uuid;
alter table watches add column leased_by uuid;

-- The copies at work. seen_at is by the database's own clock, since theirs may differ.
create table copies (
  id                uuid primary key,
  seen_at           bigint not null
);

-- Requests that Slack grants in a window of time: one row each, free again at free_at.
create table slots (
  name              varchar(300) not null,
  number            integer not null,
  free_at           bigint not null,
  primary key (name, number)
);
