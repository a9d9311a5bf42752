package io.openqpr.storage.postgres;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.val;

import io.openqpr.storage.store.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jooq.DSLContext;

/// Changes as texts on PostgreSQL's channel: the kind's name, then the keys, with spaces between,
/// which no key contains. The database hands them out when their transaction is committed.
final class Announcements {

  static final String CHANNEL = "openqpr_changes";

  /// PostgreSQL takes up to 7,999.
  private static final int MAX_BYTES = 7_000;

  private Announcements() {}

  static void send(DSLContext sql, Change.Kind kind, Collection<String> keys) {
    var text = new StringBuilder();
    for (String key : keys) {
      if (text.length() + key.length() >= MAX_BYTES) {
        send(sql, text);
      }
      text.append(text.isEmpty() ? kind.name() : "").append(' ').append(key);
    }
    if (!text.isEmpty()) {
      send(sql, text);
    }
  }

  private static void send(DSLContext sql, StringBuilder text) {
    sql.select(field("pg_notify({0}, {1})", val(CHANNEL), val(text.toString()))).execute();
    text.setLength(0);
  }

  /// What this version remembers nothing of, such as a newer server's kinds, is left out.
  static List<Change> read(String text) {
    String[] words = text.split(" ");
    var changes = new ArrayList<Change>();
    for (Change.Kind kind : Change.Kind.values()) {
      if (kind.name().equals(words[0])) {
        for (int i = 1; i < words.length; i++) {
          changes.add(new Change(kind, words[i]));
        }
      }
    }
    return changes;
  }
}
