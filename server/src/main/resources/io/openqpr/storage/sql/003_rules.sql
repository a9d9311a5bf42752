-- What accounts told to ignore: an address range or a word in the agent, never both. Without a
-- code it is about all of the account's.
create table ignore_rules (
  id varchar collate "C" not null primary key,
  account integer not null,
  code integer,
  address_range varchar,
  agent_word varchar,
  name varchar,
  created_at bigint not null
);

create index ignore_rules_by_account on ignore_rules (account);
