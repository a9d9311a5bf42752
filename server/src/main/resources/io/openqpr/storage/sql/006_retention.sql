-- How long an account's scans and ignored hits are kept; null for ever.
alter table accounts add column retention_days integer;
