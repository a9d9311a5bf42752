package io.openqpr.store.sql;

import io.openqpr.model.CodeRef;
import io.openqpr.store.StoreException;
import io.openqpr.store.sql.Schema.Codes;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
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

  /// @return all of them
  /// @throws StoreException when one does not exist: damaged data
  Map<Integer, CodeRef> of(DSLContext sql, Collection<Integer> numbers) {
    var found = new HashMap<Integer, CodeRef>();
    var missing = new HashSet<Integer>();
    synchronized (recent) {
      for (Integer number : numbers) {
        CodeRef ref = recent.get(number);
        if (ref == null) {
          missing.add(number);
        } else {
          found.put(number, ref);
        }
      }
    }
    if (!missing.isEmpty()) {
      sql.select(Codes.NUMBER, Codes.ACCOUNT, Codes.ID, Codes.SHORT_ID)
          .from(Codes.TABLE)
          .where(Codes.NUMBER.in(missing))
          .forEach(row -> found.put(row.get(Codes.NUMBER), CodeRows.ref(row)));
      if (!found.keySet().containsAll(missing)) {
        throw new StoreException(StoreException.Kind.BROKEN, "scans of codes that do not exist");
      }
      synchronized (recent) {
        missing.forEach(number -> recent.put(number, found.get(number)));
      }
    }
    return found;
  }
}
