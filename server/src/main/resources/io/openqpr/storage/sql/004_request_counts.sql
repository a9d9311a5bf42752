-- How many requests each sender sent in its minute; senders are keyed hashes. Unlogged: a crash of
-- the database begins all minutes anew, and counting costs no write to its log. Half of each page is
-- left free, so that a count is changed where it is.
create unlogged table request_counts (
  sender bigint not null primary key,
  since bigint not null,
  used integer not null
) with (fillfactor = 50);
