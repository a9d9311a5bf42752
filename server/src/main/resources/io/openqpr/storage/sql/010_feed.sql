-- Where a scan lies in the feed: the line is the number of the journal that brought it, the position
-- that behind it in the journal. Null for what was imported, or written before there was a feed.
alter table scans add column feed_line integer;
alter table scans add column feed_position bigint;

-- One row: a number that no other feed has, and how far line 0 is, which has the changes of codes and
-- the scans that came into the store past a journal.
create table feed (identity integer not null, position bigint not null);

-- How far the feed tells of a journal, where that is not all that was committed: over several
-- machines a commit is seen on one before it is on another.
alter table journals add column told bigint;

-- What happened that is no new scan. Of a conversation: the scan, how many messages there were, and
-- the event of the scan just before, if that lies in the feed. Of a code: what may change, as it was
-- then, and how many scans it had.
create table feed_events (
  line integer not null,
  position bigint not null,
  type smallint not null,
  account integer not null,
  code integer not null,
  created_at bigint not null,
  scan varchar collate "C",
  scanned_at bigint,
  messages integer,
  after_line integer,
  after_position bigint,
  name varchar,
  template varchar,
  status varchar,
  metadata varchar,
  scans bigint
);
