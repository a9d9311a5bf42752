package io.openqpr.storage.duckdb;

import io.openqpr.model.Scan;
import io.openqpr.storage.sql.ConversationEvents;
import io.openqpr.storage.sql.EventBatch;
import io.openqpr.storage.sql.FeedLines;
import io.openqpr.storage.sql.FirstScans;
import io.openqpr.storage.sql.JournalPositions;
import io.openqpr.storage.sql.NewestFirst;
import io.openqpr.storage.sql.ScanConditions;
import io.openqpr.storage.sql.ScanPlaces;
import io.openqpr.storage.sql.SomeRows;
import io.openqpr.storage.sql.SqlScans;
import io.openqpr.storage.store.Change;
import io.openqpr.storage.store.PageRequest;
import io.openqpr.storage.store.PlacedEvent;
import io.openqpr.storage.store.ScanFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// Scans in DuckDB.
final class DuckDbScans extends SqlScans {

  private final DuckDb database;

  /// By journal; never changed.
  private final Map<String, Integer> lines = new ConcurrentHashMap<>();

  DuckDbScans(DuckDb database) {
    super(database);
    this.database = database;
  }

  @Override
  public boolean apply(String journal, long position, List<PlacedEvent> events) {
    EventBatch batch = EventBatch.of(events);
    database.change(session -> {
      DSLContext sql = session.sql();
      JournalPositions.moveTo(sql, journal, position);
      int line = lines.computeIfAbsent(journal, name -> JournalPositions.line(sql, name));
      ScanAppender.append(session, batch.scans(), batch.places(line));
      HitAppender.append(session, batch.hits());
      FeedAppender.append(session, ConversationEvents.write(sql, line, batch.reports()));
      database.announce(sql, Change.Kind.FEED, List.of(String.valueOf(line)));
      return line;
    });
    return true;
  }

  /// The file belongs to one server.
  @Override
  public List<String> ownJournals() {
    return database.read(JournalPositions::names);
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

  /// Inside the change that `session` is in: a scan that comes now, past the journal.
  static int addOne(DuckDb database, Session session, Scan scan) {
    long position = FeedLines.next(database, session.sql(), 1);
    ScanAppender.append(
        session, List.of(scan), new ScanPlaces(FeedLines.CHANGES, List.of(position)));
    FirstScans.moveBack(session.sql(), List.of(scan));
    return 1;
  }

  /// Inside the change that `session` is in: scans of the past.
  static int add(Session session, List<Scan> scans) {
    // Sorted, a code's scans lie together, and most blocks of the table need not be read for it.
    var sorted = new ArrayList<>(scans);
    sorted.sort(
        Comparator.comparingInt((Scan scan) -> scan.code().number())
            .thenComparing(Scan::scannedAt));
    ScanAppender.append(session, sorted, ScanPlaces.NOWHERE);
    FirstScans.moveBack(session.sql(), scans);
    return sorted.size();
  }

  @Override
  protected SomeRows rows(
      DSLContext sql, ScanFilter filter, Condition matches, PageRequest page, long bytes) {
    return switch (page) {
      case PageRequest.AtOffset at ->
          isFewRows(filter, page) && at.offset() <= TimeWindow.SORTED_EASILY
              ? super.rows(sql, filter, matches, page, bytes)
              : inWindow(
                  sql, matches, TimeWindow.atOffset(sql, matches, at.offset()), at.limit(), bytes);
      case PageRequest.Behind b ->
          isFewRows(filter, page)
              ? super.rows(sql, filter, matches, page, bytes)
              : inWindow(
                  sql,
                  matches.and(ScanConditions.behind(b)),
                  TimeWindow.upTo(sql, matches, b.time()),
                  b.limit(),
                  bytes);
    };
  }

  /// A code's rows are soon found and sorted; the detour over time pays for many of them only.
  private static boolean isFewRows(ScanFilter filter, PageRequest page) {
    return filter.code() != null && page.limit() <= TimeWindow.SORTED_EASILY;
  }

  /// Looks into a short stretch of time first, and into longer ones while that holds too little.
  private static SomeRows inWindow(
      DSLContext sql, Condition matches, TimeWindow start, int limit, long bytes) {
    TimeWindow window = start.wideEnoughFor(limit);
    while (true) {
      Condition inside = matches.and(window.condition());
      SomeRows some =
          window.skip() == 0
              ? NewestFirst.scansWithin(sql, inside, limit, bytes)
              : new SomeRows(NewestFirst.scans(sql, inside, limit, window.skip()), false);
      if (some.rows().size() == limit || some.cut() || window.holdsAll()) {
        return some;
      }
      window = window.wider();
    }
  }
}
