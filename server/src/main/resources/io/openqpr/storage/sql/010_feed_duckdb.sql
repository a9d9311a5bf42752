insert into feed values (cast(floor(random() * 2147483647) as integer), 0);

alter table journals add column line integer;

update journals set line = rowid + 1;
