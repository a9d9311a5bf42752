package io.openqpr.storage.sql;

import static io.openqpr.storage.sql.Schema.column;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/// Names of the tables and columns of webhooks, as the migrations make them.
final class WebhookSchema {

  private WebhookSchema() {}

  static final class Webhooks {
    static final Table<Record> TABLE = table(name("webhooks"));
    static final Field<String> ID = column("id", SQLDataType.VARCHAR);
    static final Field<Integer> ACCOUNT = column("account", SQLDataType.INTEGER);
    static final Field<String> URL = column("url", SQLDataType.VARCHAR);
    static final Field<String> DESCRIPTION = column("description", SQLDataType.VARCHAR);
    static final Field<String> EVENTS = column("events", SQLDataType.VARCHAR);
    static final Field<Integer> CODE = column("code", SQLDataType.INTEGER);
    static final Field<String> VISITS = column("visits", SQLDataType.VARCHAR);
    static final Field<String> HEADERS = column("headers", SQLDataType.VARCHAR);
    static final Field<Boolean> STRICT = column("strict", SQLDataType.BOOLEAN);
    static final Field<Integer> BATCH = column("batch", SQLDataType.INTEGER);
    static final Field<Integer> CONCURRENCY = column("concurrency", SQLDataType.INTEGER);
    static final Field<Integer> RATE = column("rate", SQLDataType.INTEGER);
    static final Field<Integer> TIMEOUT_MS = column("timeout_ms", SQLDataType.INTEGER);
    static final Field<String> SECRET = column("secret", SQLDataType.VARCHAR);
    static final Field<String> PREVIOUS_SECRET = column("previous_secret", SQLDataType.VARCHAR);
    static final Field<Long> PREVIOUS_UNTIL = column("previous_until", SQLDataType.BIGINT);
    static final Field<Long> OFF_AT = column("off_at", SQLDataType.BIGINT);
    static final Field<String> OFF_REASON = column("off_reason", SQLDataType.VARCHAR);
    static final Field<Long> CREATED_AT = column("created_at", SQLDataType.BIGINT);

    private Webhooks() {}
  }

  static final class Progresses {
    static final Table<Record> TABLE = table(name("webhook_progress"));
    static final Field<String> WEBHOOK = column("webhook", SQLDataType.VARCHAR);
    static final Field<String> PLACE = column("place", SQLDataType.VARCHAR);
    static final Field<Long> SEQUENCE = column("sequence", SQLDataType.BIGINT);
    static final Field<Integer> FAILURES = column("failures", SQLDataType.INTEGER);
    static final Field<Long> FAILING_SINCE = column("failing_since", SQLDataType.BIGINT);
    static final Field<Long> CLAIMS = column("claims", SQLDataType.BIGINT);
    static final Field<Long> TAKEN_UNTIL = column("taken_until", SQLDataType.BIGINT);

    private Progresses() {}
  }

  static final class Waitings {
    static final Table<Record> TABLE = table(name("webhook_waiting"));
    static final Field<String> WEBHOOK = column("webhook", SQLDataType.VARCHAR);
    static final Field<String> ID = column("id", SQLDataType.VARCHAR);
    static final Field<String> TYPES = column("types", SQLDataType.VARCHAR);
    static final Field<String> EVENTS = column("events", SQLDataType.VARCHAR);
    static final Field<Long> SEQUENCE = column("sequence", SQLDataType.BIGINT);
    static final Field<String> BODY = column("body", SQLDataType.VARCHAR);
    static final Field<Integer> ATTEMPTS = column("attempts", SQLDataType.INTEGER);
    static final Field<Long> NEXT_AT = column("next_at", SQLDataType.BIGINT);
    static final Field<Long> CREATED_AT = column("created_at", SQLDataType.BIGINT);
    static final Field<String> RESEND = column("resend", SQLDataType.VARCHAR);

    private Waitings() {}
  }

  static final class Attempts {
    static final Table<Record> TABLE = table(name("webhook_attempts"));
    static final Field<String> WEBHOOK = column("webhook", SQLDataType.VARCHAR);
    static final Field<String> ID = column("id", SQLDataType.VARCHAR);
    static final Field<String> DELIVERY = column("delivery", SQLDataType.VARCHAR);
    static final Field<String> TYPES = column("types", SQLDataType.VARCHAR);
    static final Field<String> EVENTS = column("events", SQLDataType.VARCHAR);
    static final Field<Long> SEQUENCE = column("sequence", SQLDataType.BIGINT);
    static final Field<String> BODY = column("body", SQLDataType.VARCHAR);
    static final Field<Integer> NUMBER = column("number", SQLDataType.INTEGER);
    static final Field<Integer> STATE = column("state", SQLDataType.INTEGER);
    static final Field<Long> STARTED_AT = column("started_at", SQLDataType.BIGINT);
    static final Field<Integer> STATUS = column("status", SQLDataType.INTEGER);
    static final Field<String> ERROR = column("error", SQLDataType.VARCHAR);
    static final Field<String> DETAIL = column("detail", SQLDataType.VARCHAR);
    static final Field<String> PHASES = column("phases", SQLDataType.VARCHAR);
    static final Field<String> ANSWER = column("answer", SQLDataType.VARCHAR);
    static final Field<Long> NEXT_AT = column("next_at", SQLDataType.BIGINT);

    private Attempts() {}
  }

  static final class Resends {
    static final Table<Record> TABLE = table(name("webhook_resends"));
    static final Field<String> WEBHOOK = column("webhook", SQLDataType.VARCHAR);
    static final Field<String> ID = column("id", SQLDataType.VARCHAR);
    static final Field<Long> CREATED_AT = column("created_at", SQLDataType.BIGINT);
    static final Field<Long> SINCE = column("since", SQLDataType.BIGINT);
    static final Field<Long> UNTIL = column("until", SQLDataType.BIGINT);
    static final Field<Long> TOTAL = column("total", SQLDataType.BIGINT);

    private Resends() {}
  }
}
