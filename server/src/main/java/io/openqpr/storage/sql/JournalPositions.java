package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.max;

import io.openqpr.storage.sql.Schema.Journals;
import io.openqpr.storage.store.JournalTakenException;
import io.openqpr.storage.store.ScanStore.JournalEntry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// How far each server's journal has been applied.
public final class JournalPositions {

  private JournalPositions() {}

  /// 0 for a journal that is not known.
  public static long of(DSLContext sql, String journal) {
    return sql.select(Journals.POSITION)
        .from(Journals.TABLE)
        .where(Journals.NAME.eq(journal))
        .fetchOptional(Journals.POSITION)
        .orElse(0L);
  }

  static Optional<JournalEntry> entry(DSLContext sql, String journal) {
    return sql.select(Journals.POSITION, Journals.TOKEN)
        .from(Journals.TABLE)
        .where(Journals.NAME.eq(journal))
        .fetchOptional(row -> new JournalEntry(row.value1(), row.value2()));
  }

  public static List<String> names(DSLContext sql) {
    return sql.select(Journals.NAME)
        .from(Journals.TABLE)
        .orderBy(Journals.NAME)
        .fetch(Journals.NAME);
  }

  static void take(DSLContext sql, String journal, @Nullable String before, String token) {
    Optional<JournalEntry> entry = entry(sql, journal);
    if (entry.isEmpty()) {
      moveTo(sql, journal, 0);
    } else if (!Objects.equals(entry.get().token(), before)) {
      throw new JournalTakenException(journal);
    }
    sql.update(Journals.TABLE)
        .set(Journals.TOKEN, token)
        .where(Journals.NAME.eq(journal))
        .execute();
  }

  public static void moveTo(DSLContext sql, String journal, long position) {
    int moved =
        sql.update(Journals.TABLE)
            .set(Journals.POSITION, position)
            .where(Journals.NAME.eq(journal))
            .execute();
    if (moved == 0) {
      Integer last = sql.select(max(Journals.LINE)).from(Journals.TABLE).fetchSingle().value1();
      sql.insertInto(Journals.TABLE)
          .set(Journals.NAME, journal)
          .set(Journals.POSITION, position)
          .set(Journals.LINE, last == null ? 1 : last + 1)
          .execute();
    }
  }

  /// Its line in the feed; it has a row.
  public static int line(DSLContext sql, String journal) {
    return sql.select(Journals.LINE)
        .from(Journals.TABLE)
        .where(Journals.NAME.eq(journal))
        .fetchSingle()
        .value1();
  }
}
