package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.openqpr.model.ScanField;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/// Names of tables and columns, as the migrations make them.
public final class Schema {

  private Schema() {}

  public static final class Accounts {
    public static final Table<Record> TABLE = table(name("accounts"));
    public static final Field<Integer> NUMBER = column("number", SQLDataType.INTEGER);
    public static final Field<String> ID = column("id", SQLDataType.VARCHAR);
    public static final Field<String> NAME = column("name", SQLDataType.VARCHAR);
    public static final Field<Long> CREATED_AT = column("created_at", SQLDataType.BIGINT);
    public static final Field<Integer> RETENTION_DAYS =
        column("retention_days", SQLDataType.INTEGER);

    private Accounts() {}
  }

  public static final class ApiKeys {
    public static final Table<Record> TABLE = table(name("api_keys"));
    public static final Field<String> ID = column("id", SQLDataType.VARCHAR);
    public static final Field<Integer> ACCOUNT = column("account", SQLDataType.INTEGER);
    public static final Field<String> NAME = column("name", SQLDataType.VARCHAR);
    public static final Field<String> HASH = column("hash", SQLDataType.VARCHAR);
    public static final Field<String> SCOPES = column("scopes", SQLDataType.VARCHAR);
    public static final Field<Long> CREATED_AT = column("created_at", SQLDataType.BIGINT);
    public static final Field<Long> LAST_USED_AT = column("last_used_at", SQLDataType.BIGINT);
    public static final Field<Long> REVOKED_AT = column("revoked_at", SQLDataType.BIGINT);

    private ApiKeys() {}
  }

  public static final class Codes {
    public static final Table<Record> TABLE = table(name("codes"));
    public static final Field<Integer> NUMBER = column("number", SQLDataType.INTEGER);
    public static final Field<Integer> ACCOUNT = column("account", SQLDataType.INTEGER);
    public static final Field<String> ID = column("id", SQLDataType.VARCHAR);
    public static final Field<String> SHORT_ID = column("short_id", SQLDataType.VARCHAR);
    public static final Field<String> NAME = column("name", SQLDataType.VARCHAR);
    public static final Field<String> PROMPT = column("prompt", SQLDataType.VARCHAR);
    public static final Field<String> WELCOME_MESSAGE =
        column("welcome_message", SQLDataType.VARCHAR);
    public static final Field<String> TEMPLATE = column("template", SQLDataType.VARCHAR);
    public static final Field<String> STATUS = column("status", SQLDataType.VARCHAR);
    public static final Field<String> CONVERSATION_URL =
        column("conversation_url", SQLDataType.VARCHAR);
    public static final Field<String> METADATA = column("metadata", SQLDataType.VARCHAR);
    public static final Field<Long> CREATED_AT = column("created_at", SQLDataType.BIGINT);
    public static final Field<Long> UPDATED_AT = column("updated_at", SQLDataType.BIGINT);
    public static final Field<Long> SCANS_SINCE = column("scans_since", SQLDataType.BIGINT);

    private Codes() {}
  }

  public static final class Scans {
    public static final Table<Record> TABLE = table(name("scans"));
    public static final Field<Integer> ACCOUNT = column("account", SQLDataType.INTEGER);
    public static final Field<Integer> CODE = column("code", SQLDataType.INTEGER);
    public static final Field<Long> SCANNED_AT = column("scanned_at", SQLDataType.BIGINT);
    public static final Field<String> ID = column("id", SQLDataType.VARCHAR);
    public static final Field<String> COUNTRY = column("country", SQLDataType.VARCHAR);
    public static final Field<String> REGION = column("region", SQLDataType.VARCHAR);
    public static final Field<String> CITY = column("city", SQLDataType.VARCHAR);
    public static final Field<Integer> DEVICE = column("device", SQLDataType.INTEGER);
    public static final Field<Long> DEVICE_KEY = column("device_key", SQLDataType.BIGINT);
    public static final Field<Integer> CONVERSATION = column("conversation", SQLDataType.INTEGER);
    public static final Field<Integer> MESSAGES = column("messages", SQLDataType.INTEGER);
    public static final Field<String> METADATA = column("metadata", SQLDataType.VARCHAR);
    public static final Field<Integer> FEED_LINE = column("feed_line", SQLDataType.INTEGER);
    public static final Field<Long> FEED_POSITION = column("feed_position", SQLDataType.BIGINT);
    private static final Map<ScanField, Field<String>> DETAILS = details();

    /// The column of a detail.
    public static Field<String> of(ScanField detail) {
      return Objects.requireNonNull(DETAILS.get(detail));
    }

    private static Map<ScanField, Field<String>> details() {
      var columns = new EnumMap<ScanField, Field<String>>(ScanField.class);
      for (ScanField detail : ScanField.details()) {
        columns.put(detail, column(detail.text(), SQLDataType.VARCHAR));
      }
      return columns;
    }

    private Scans() {}
  }

  /// Has the columns of [Scans] before these.
  public static final class IgnoredHits {
    public static final Table<Record> TABLE = table(name("ignored_hits"));
    public static final Field<String> REASON = column("reason", SQLDataType.VARCHAR);
    public static final Field<String> BOT = column("bot", SQLDataType.VARCHAR);

    private IgnoredHits() {}
  }

  public static final class IgnoreRules {
    public static final Table<Record> TABLE = table(name("ignore_rules"));
    public static final Field<String> ID = column("id", SQLDataType.VARCHAR);
    public static final Field<Integer> ACCOUNT = column("account", SQLDataType.INTEGER);
    public static final Field<Integer> CODE = column("code", SQLDataType.INTEGER);
    public static final Field<String> ADDRESS_RANGE = column("address_range", SQLDataType.VARCHAR);
    public static final Field<String> AGENT_WORD = column("agent_word", SQLDataType.VARCHAR);
    public static final Field<String> NAME = column("name", SQLDataType.VARCHAR);
    public static final Field<Long> CREATED_AT = column("created_at", SQLDataType.BIGINT);

    private IgnoreRules() {}
  }

  public static final class Journals {
    public static final Table<Record> TABLE = table(name("journals"));
    public static final Field<String> NAME = column("name", SQLDataType.VARCHAR);
    public static final Field<Long> POSITION = column("position", SQLDataType.BIGINT);
    public static final Field<String> TOKEN = column("token", SQLDataType.VARCHAR);
    public static final Field<Integer> LINE = column("line", SQLDataType.INTEGER);
    public static final Field<Long> TOLD = column("told", SQLDataType.BIGINT);

    private Journals() {}
  }

  public static final class Feed {
    public static final Table<Record> TABLE = table(name("feed"));
    public static final Field<Integer> IDENTITY = column("identity", SQLDataType.INTEGER);
    public static final Field<Long> POSITION = column("position", SQLDataType.BIGINT);

    private Feed() {}
  }

  public static final class FeedEvents {
    public static final Table<Record> TABLE = table(name("feed_events"));
    public static final Field<Integer> LINE = column("line", SQLDataType.INTEGER);
    public static final Field<Long> POSITION = column("position", SQLDataType.BIGINT);
    public static final Field<Short> TYPE = column("type", SQLDataType.SMALLINT);
    public static final Field<Integer> ACCOUNT = column("account", SQLDataType.INTEGER);
    public static final Field<Integer> CODE = column("code", SQLDataType.INTEGER);
    public static final Field<Long> CREATED_AT = column("created_at", SQLDataType.BIGINT);
    public static final Field<String> SCAN = column("scan", SQLDataType.VARCHAR);
    public static final Field<Long> SCANNED_AT = column("scanned_at", SQLDataType.BIGINT);
    public static final Field<Integer> MESSAGES = column("messages", SQLDataType.INTEGER);
    public static final Field<Integer> AFTER_LINE = column("after_line", SQLDataType.INTEGER);
    public static final Field<Long> AFTER_POSITION = column("after_position", SQLDataType.BIGINT);
    public static final Field<String> NAME = column("name", SQLDataType.VARCHAR);
    public static final Field<String> TEMPLATE = column("template", SQLDataType.VARCHAR);
    public static final Field<String> STATUS = column("status", SQLDataType.VARCHAR);
    public static final Field<String> METADATA = column("metadata", SQLDataType.VARCHAR);
    public static final Field<Long> SCANS = column("scans", SQLDataType.BIGINT);

    private FeedEvents() {}
  }

  public static final class KeptAnswers {
    public static final Table<Record> TABLE = table(name("kept_answers"));
    public static final Field<Integer> ACCOUNT = column("account", SQLDataType.INTEGER);
    public static final Field<String> KEY = column("request_key", SQLDataType.VARCHAR);
    public static final Field<String> REQUEST_HASH = column("request_hash", SQLDataType.VARCHAR);
    public static final Field<String> ANSWER = column("answer", SQLDataType.VARCHAR);
    public static final Field<Long> CREATED_AT = column("created_at", SQLDataType.BIGINT);

    private KeptAnswers() {}
  }

  public static final class Logos {
    public static final Table<Record> TABLE = table(name("logos"));
    public static final Field<Integer> ACCOUNT = column("account", SQLDataType.INTEGER);
    public static final Field<byte[]> PNG = column("png", SQLDataType.BLOB);

    private Logos() {}
  }

  public static final class Secrets {
    public static final Table<Record> TABLE = table(name("secrets"));
    public static final Field<String> NAME = column("name", SQLDataType.VARCHAR);
    public static final Field<String> HEX = column("hex", SQLDataType.VARCHAR);

    private Secrets() {}
  }

  public static final class Jobs {
    public static final Table<Record> TABLE = table(name("jobs"));
    public static final Field<String> NAME = column("name", SQLDataType.VARCHAR);
    public static final Field<Long> DUE_AT = column("due_at", SQLDataType.BIGINT);
    public static final Field<Long> TAKEN_UNTIL = column("taken_until", SQLDataType.BIGINT);
    public static final Field<Long> CLAIMS = column("claims", SQLDataType.BIGINT);

    private Jobs() {}
  }

  static <T> Field<T> column(String column, DataType<T> type) {
    return field(name(column), type);
  }
}
