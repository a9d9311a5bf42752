insert into feed values (floor(random() * 2147483647)::integer, 0);

-- Numbers the journals that are there, and each that comes.
create sequence journal_lines as integer;

alter table journals add column line integer not null default nextval('journal_lines');

-- From a place on, in order; on each of the tables of scans. Scans without a place need none.
create index scans_by_feed on scans (feed_line, feed_position) where feed_position is not null;

create unique index feed_events_by_place on feed_events (line, position);

-- For what comes after in the same conversation, and for what is erased.
create index feed_events_by_scan on feed_events (account, scan);
