package io.openqpr.storage.postgres;

import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.storage.sql.JournalPositions;
import java.util.List;
import org.jooq.DSLContext;

/// Says in the database that another store is being copied into it: the row of that store's
/// journal, with [#UNFINISHED] for its token. At the end the row gets the journal's position and
/// token, so that the journal goes on here where it stood there.
///
/// A copy that was broken off is so told from data that are somebody else's; and a server, which
/// always leaves a row for its own journal, from a database that is still as the copy left it.
final class CopyMark {

  private static final String UNFINISHED = "copying";

  private CopyMark() {}

  /// @throws CannotStartException when there is anything but what a copy of this store has left
  static void begin(Postgres database, PostgresUrl url, String journal) {
    database.write(sql -> {
      List<String> journals = JournalPositions.names(sql);
      boolean copiedBefore = journals.equals(List.of(journal));
      boolean empty = journals.isEmpty() && isEmpty(sql);
      if (!copiedBefore && !empty) {
        throw new CannotStartException(
            "the database %s has data already; copy into an empty one".formatted(url));
      }
      JournalPositions.moveTo(sql, journal, 0);
      return mark(sql, journal, UNFINISHED);
    });
  }

  /// The journal stands there now.
  static void finish(Postgres database, String journal, long position, String token) {
    database.write(sql -> {
      JournalPositions.moveTo(sql, journal, position);
      return mark(sql, journal, token);
    });
  }

  private static int mark(DSLContext sql, String journal, String token) {
    return sql.execute("update journals set token = ? where name = ?", token, journal);
  }

  private static boolean isEmpty(DSLContext sql) {
    return Boolean.TRUE.equals(sql.fetchValue("select not exists (select 1 from accounts)"));
  }

  /// @throws CannotStartException when a copy was broken off: no server may begin with half of it
  static void refuseUnfinished(Postgres database, PostgresUrl url) {
    boolean unfinished =
        database.read(sql ->
            Boolean.TRUE.equals(
                sql.fetchValue(
                    "select exists (select 1 from journals where token = ?)", UNFINISHED)));
    if (unfinished) {
      throw new CannotStartException(
          "a copy into the database %s was broken off; run it again to the end".formatted(url));
    }
  }
}
