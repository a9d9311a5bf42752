-- Where accounts want to be told of events. Headers and secrets are sealed; the filter of visits is
-- text as in a query. What changes with each delivery stands apart.
create table webhooks (
  id varchar collate "C" not null,
  account integer not null,
  url varchar not null,
  description varchar,
  events varchar not null,
  code integer,
  visits varchar not null,
  headers varchar not null,
  strict boolean not null,
  batch integer not null,
  concurrency integer not null,
  rate integer not null,
  timeout_ms integer not null,
  secret varchar not null,
  previous_secret varchar,
  previous_until bigint,
  off_at bigint,
  off_reason varchar,
  created_at bigint not null
);

-- How far each webhook is in the feed, and which server has it. The number of claims tells a server
-- whether a webhook is still its own; it also moves when somebody moves the place.
create table webhook_progress (
  webhook varchar not null,
  place varchar not null,
  sequence bigint not null,
  failures integer not null,
  failing_since bigint,
  claims bigint not null,
  taken_until bigint not null
);

-- Deliveries beside the stream: to be tried again, or given up (no next_at).
create table webhook_waiting (
  webhook varchar not null,
  id varchar not null,
  types varchar not null,
  events varchar not null,
  sequence bigint not null,
  body varchar,
  attempts integer not null,
  next_at bigint,
  created_at bigint not null,
  resend varchar
);

-- Requests that were sent; only appended to.
create table webhook_attempts (
  webhook varchar not null,
  id varchar collate "C" not null,
  delivery varchar not null,
  types varchar not null,
  events varchar not null,
  sequence bigint not null,
  body varchar,
  number integer not null,
  state integer not null,
  started_at bigint not null,
  status integer,
  error varchar,
  detail varchar,
  phases varchar not null,
  answer varchar,
  next_at bigint
);

-- What failed and was made due again at once.
create table webhook_resends (
  webhook varchar not null,
  id varchar not null,
  created_at bigint not null,
  since bigint,
  until bigint,
  total bigint not null
);
