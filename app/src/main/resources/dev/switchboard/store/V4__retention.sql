-- Which Calls are old enough to be forgotten.
create index calls_old on calls (ended_at);
