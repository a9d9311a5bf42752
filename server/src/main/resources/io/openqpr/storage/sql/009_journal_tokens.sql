-- Which start of which server took the journal last; null until one of this version did.
alter table journals add column token varchar;
