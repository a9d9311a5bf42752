package io.openqpr.storage.sql;

import io.openqpr.storage.sql.Schema.Journals;
import org.jooq.DSLContext;

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

  public static void moveTo(DSLContext sql, String journal, long position) {
    int moved =
        sql.update(Journals.TABLE)
            .set(Journals.POSITION, position)
            .where(Journals.NAME.eq(journal))
            .execute();
    if (moved == 0) {
      sql.insertInto(Journals.TABLE)
          .set(Journals.NAME, journal)
          .set(Journals.POSITION, position)
          .execute();
    }
  }
}
