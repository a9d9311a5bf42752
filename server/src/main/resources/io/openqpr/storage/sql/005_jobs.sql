-- Work that is due again and again, done by whichever server takes it: free when both times are past.
-- The number of claims tells a server whether a job is still its own.
create table jobs (
  name varchar not null primary key,
  due_at bigint not null,
  taken_until bigint not null,
  claims bigint not null
);
