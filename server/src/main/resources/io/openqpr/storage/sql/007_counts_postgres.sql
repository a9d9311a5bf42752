-- How many scans there are before a time: of each account in stretches of 2^26 ms, and of each code.
-- Newer ones are counted when somebody asks. Nothing is counted at first: the time is long ago.
create table counted_until (scanned_at bigint not null);

insert into counted_until values (-4611686018427387904);

create table counted_stretches (
  account integer not null,
  stretch bigint not null,
  scans bigint not null,
  primary key (account, stretch)
);

create table counted_codes (
  account integer not null,
  code integer not null,
  scans bigint not null,
  primary key (account, code)
);
