-- Pages and counts of ignored hits.
create index ignored_hits_by_account on ignored_hits (account, scanned_at desc, id desc);
create index ignored_hits_by_code on ignored_hits (account, code, scanned_at desc, id desc);
