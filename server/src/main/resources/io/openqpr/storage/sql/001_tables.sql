-- Times are milliseconds since 1970 UTC, so that both engines and all zones agree.
-- Ids compare by byte (collation "C"), as they do in Java.

create table accounts (
  number integer not null primary key,
  id varchar not null unique,
  name varchar not null,
  created_at bigint not null
);

-- Scopes are separated by spaces; null allows everything.
create table api_keys (
  id varchar not null primary key,
  account integer not null,
  name varchar not null,
  hash varchar not null unique,
  scopes varchar,
  created_at bigint not null,
  last_used_at bigint,
  revoked_at bigint
);

create table codes (
  number integer not null primary key,
  account integer not null,
  id varchar collate "C" not null,
  short_id varchar not null unique,
  name varchar not null,
  prompt varchar not null,
  welcome_message varchar,
  template varchar,
  status varchar not null,
  conversation_url varchar,
  metadata varchar not null,
  created_at bigint not null,
  updated_at bigint not null,
  scans_since bigint not null
);

create table journals (
  name varchar not null primary key,
  position bigint not null
);

-- What was answered to requests with an idempotency key. No unique key: it would stand in the way
-- of replacing a row in one transaction.
create table kept_answers (
  account integer not null,
  request_key varchar not null,
  request_hash varchar not null,
  answer varchar not null,
  created_at bigint not null
);

-- An account's logo, for the middle of its QR codes.
create table logos (
  account integer not null primary key,
  png bytea not null
);

-- What all servers of one store share.
create table secrets (
  name varchar not null primary key,
  hex varchar not null
);
