package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;

import io.openqpr.storage.sql.Schema.Feed;
import io.openqpr.storage.sql.Schema.Journals;
import io.openqpr.storage.store.Change;
import java.util.List;
import java.util.TreeMap;
import org.jooq.DSLContext;

/// How far the lines of the feed are.
public final class FeedLines {

  /// The line of what comes past a journal.
  public static final int CHANGES = 0;

  private FeedLines() {}

  static int identity(DSLContext sql) {
    return sql.select(Feed.IDENTITY).from(Feed.TABLE).fetchSingle().value1();
  }

  /// The last position of each line, all of one moment.
  static TreeMap<Integer, Long> heads(DSLContext sql) {
    var heads = new TreeMap<Integer, Long>();
    sql.select(Journals.LINE, coalesce(Journals.TOLD, Journals.POSITION))
        .from(Journals.TABLE)
        .unionAll(sql.select(inline(CHANGES), Feed.POSITION).from(Feed.TABLE))
        .forEach(head -> heads.put(head.value1(), head.value2()));
    return heads;
  }

  /// Takes the next positions in the line of changes. Whoever does so goes first: others wait until
  /// its transaction has ended, so that the order of positions is that of commits.
  ///
  /// @return the first of them
  public static long next(Database database, DSLContext sql, int count) {
    sql.update(Feed.TABLE).set(Feed.POSITION, Feed.POSITION.plus(count)).execute();
    database.announce(sql, Change.Kind.FEED, List.of(String.valueOf(CHANGES)));
    return sql.select(Feed.POSITION).from(Feed.TABLE).fetchSingle().value1() - count + 1;
  }
}
