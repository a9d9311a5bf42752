-- Ascending: new scans then come at the end of the index, or of their code's part of it, whose pages
-- fill up; before, each page was split in halves. Lists are read backwards.
drop index scans_by_account;
create index scans_by_account on scans (account, scanned_at, id);

-- With all that analytics read: a code's scans lie in every page of the table, but together here.
drop index scans_by_code;
create index scans_by_code on scans (account, code, scanned_at)
  include (country, device_key, conversation, messages);
