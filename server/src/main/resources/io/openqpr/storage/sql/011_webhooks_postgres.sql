create unique index webhooks_by_id on webhooks (id);

create index webhooks_by_account on webhooks (account);

create unique index webhook_progress_by_webhook on webhook_progress (webhook);

create unique index webhook_waiting_by_id on webhook_waiting (webhook, id);

create index webhook_waiting_by_time on webhook_waiting (next_at) where next_at is not null;

create index webhook_attempts_by_time on webhook_attempts (webhook, started_at, id);

create unique index webhook_resends_by_id on webhook_resends (webhook, id);
