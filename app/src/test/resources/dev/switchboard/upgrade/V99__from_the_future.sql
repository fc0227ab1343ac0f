-- What a later version may do while copies of this one are at work: add, with defaults.
alter table calls add column topic varchar(100);
alter table watches add column mood integer default 0 not null;
alter table announcements add column color varchar(10) default 'blue' not null;
alter table participants add column seat integer;
create table seats (id uuid primary key);
