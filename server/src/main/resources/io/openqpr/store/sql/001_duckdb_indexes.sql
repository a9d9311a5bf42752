-- DuckDB looks only into indexes of one column. That an account has an id once is seen to by
-- whoever adds a code, who is alone in the file.
create index codes_by_id on codes (id);
