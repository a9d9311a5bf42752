-- One row a scan. Small numbers stand for the account and the code: they keep columns small and
-- filters fast. Metadata is null for `{}`.
create table scans (
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
  metadata varchar
) partition by range (scanned_at);

-- Pages and counts of an account, of a code, and one scan by its id. A partition for each month is
-- made by the server before it writes into it.
create index scans_by_account on scans (account, scanned_at desc, id desc);
create index scans_by_code on scans (account, code, scanned_at desc, id desc);
create index scans_by_id on scans (account, id);

create unique index codes_by_id on codes (account, id);
create index codes_by_age on codes (account, created_at desc, id desc);
