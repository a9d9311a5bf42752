package io.openqpr.storage.sql;

import io.openqpr.model.CodeRef;
import io.openqpr.storage.sql.Schema.Codes;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jooq.DSLContext;

/// Codes by number, for rows that hold only the number. A code's reference never changes, so the
/// most recently used [#LIMIT] of them are kept; the others are asked for. Safe for any thread.
public final class CodeRefs {

  /// Some 200 bytes each.
  static final int LIMIT = 10_000;

  private final Map<Integer, CodeRef> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, CodeRef> eldest) {
          return size() > LIMIT;
        }
      };

  /// @return knows all of them
  /// @throws StoreException when one does not exist: damaged data
  Function<Integer, CodeRef> of(DSLContext sql, Collection<Integer> numbers) {
    var found = new HashMap<Integer, CodeRef>();
    synchronized (recent) {
      for (Integer number : numbers) {
        CodeRef ref = recent.get(number);
        if (ref != null) {
          found.put(number, ref);
        }
      }
    }
    var missing = new HashSet<Integer>(numbers);
    missing.removeAll(found.keySet());
    if (!missing.isEmpty()) {
      var asked = ask(sql, missing);
      found.putAll(asked);
      synchronized (recent) {
        recent.putAll(asked);
      }
    }
    return number -> {
      CodeRef ref = found.get(number);
      if (ref == null) {
        throw new StoreException(
            Kind.BROKEN, "scans of code %d, which does not exist".formatted(number));
      }
      return ref;
    };
  }

  private static Map<Integer, CodeRef> ask(DSLContext sql, Collection<Integer> numbers) {
    return sql.select(Codes.NUMBER, Codes.ACCOUNT, Codes.ID, Codes.SHORT_ID)
        .from(Codes.TABLE)
        .where(Codes.NUMBER.in(numbers))
        .fetchMap(row -> row.get(Codes.NUMBER), CodeRows::ref);
  }
}
