-- What a scan knows of its visit; params is null for `{}`.
alter table scans add column os varchar;
alter table scans add column browser varchar;
alter table scans add column language varchar;
alter table scans add column referrer varchar;
alter table scans add column params varchar;

-- Requests for scan URLs that were no person scanning: each the row of the scan that it would be,
-- with the reason and the bot's name behind it.
create table ignored_hits (
  account integer not null,
  code integer not null,
  scanned_at bigint not null,
  id varchar collate "C" not null,
  country varchar,
  region varchar,
  city varchar,
  device smallint not null,
  device_key bigint not null,
  conversation smallint not null,
  messages integer not null,
  metadata varchar,
  os varchar,
  browser varchar,
  language varchar,
  referrer varchar,
  params varchar,
  reason varchar not null,
  bot varchar
);
