package io.openqpr.storage.duckdb;

import io.openqpr.model.Event;
import io.openqpr.model.Scan;
import io.openqpr.storage.sql.ConversationUpdates;
import io.openqpr.storage.sql.EventBatch;
import io.openqpr.storage.sql.FirstScans;
import io.openqpr.storage.sql.JournalPositions;
import io.openqpr.storage.sql.NewestFirst;
import io.openqpr.storage.sql.ScanConditions;
import io.openqpr.storage.sql.SqlScans;
import io.openqpr.storage.store.PageRequest;
import io.openqpr.storage.store.ScanFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/// Scans in DuckDB.
final class DuckDbScans extends SqlScans {

  private final DuckDb database;

  DuckDbScans(DuckDb database) {
    super(database);
    this.database = database;
  }

  @Override
  public boolean apply(String journal, long position, List<Event> events) {
    EventBatch batch = EventBatch.of(events);
    database.change(session -> {
      ScanAppender.append(session, batch.scans());
      HitAppender.append(session, batch.hits());
      ConversationUpdates.write(session.sql(), batch.reports());
      JournalPositions.moveTo(session.sql(), journal, position);
      return position;
    });
    return true;
  }

  @Override
  public void load(List<Scan> scans) {
    database.change(session -> add(session, scans));
  }

  @Override
  public int loadNew(int account, List<Scan> scans) {
    return database.change(session -> {
      Set<String> known = KnownIds.among(session, account, scans);
      return add(
          session, scans.stream().filter(scan -> !known.contains(scan.id().text())).toList());
    });
  }

  /// Inside the change that `session` is in.
  static int add(Session session, List<Scan> scans) {
    // Sorted, a code's scans lie together, and most blocks of the table need not be read for it.
    var sorted = new ArrayList<>(scans);
    sorted.sort(
        Comparator.comparingInt((Scan scan) -> scan.code().number())
            .thenComparing(Scan::scannedAt));
    ScanAppender.append(session, sorted);
    FirstScans.moveBack(session.sql(), scans);
    return sorted.size();
  }

  @Override
  protected List<? extends Record> rows(
      DSLContext sql, ScanFilter filter, Condition matches, PageRequest page) {
    return switch (page) {
      case PageRequest.AtOffset at ->
          isFewRows(filter, page) && at.offset() <= TimeWindow.SORTED_EASILY
              ? NewestFirst.scans(sql, matches, at.limit(), at.offset())
              : inWindow(sql, matches, TimeWindow.atOffset(sql, matches, at.offset()), at.limit());
      case PageRequest.Behind b ->
          isFewRows(filter, page)
              ? NewestFirst.scans(sql, matches.and(ScanConditions.behind(b)), b.limit(), 0)
              : inWindow(
                  sql,
                  matches.and(ScanConditions.behind(b)),
                  TimeWindow.upTo(sql, matches, b.time()),
                  b.limit());
    };
  }

  /// A code's rows are soon found and sorted; the detour over time pays for many of them only.
  private static boolean isFewRows(ScanFilter filter, PageRequest page) {
    return filter.code() != null && page.limit() <= TimeWindow.SORTED_EASILY;
  }

  /// Looks into a short stretch of time first, and into longer ones while that holds too little.
  private static List<? extends Record> inWindow(
      DSLContext sql, Condition matches, TimeWindow start, int limit) {
    TimeWindow window = start.wideEnoughFor(limit);
    while (true) {
      var rows = NewestFirst.scans(sql, matches.and(window.condition()), limit, window.skip());
      if (rows.size() == limit || window.holdsAll()) {
        return rows;
      }
      window = window.wider();
    }
  }
}
