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
);

-- DuckDB looks only into indexes of one column. That an account has an id once is seen to by
-- whoever adds a code, who is alone in the file.
create index codes_by_id on codes (id);
