package io.openqpr.storage.postgres;

import io.openqpr.model.Scan;
import io.openqpr.storage.sql.Chunks;
import io.openqpr.storage.sql.ConversationEvents;
import io.openqpr.storage.sql.EventBatch;
import io.openqpr.storage.sql.FeedLines;
import io.openqpr.storage.sql.FeedRow;
import io.openqpr.storage.sql.FirstScans;
import io.openqpr.storage.sql.NewestFirst;
import io.openqpr.storage.sql.OffsetSlice;
import io.openqpr.storage.sql.ScanPlaces;
import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.sql.SomeRows;
import io.openqpr.storage.sql.SqlScans;
import io.openqpr.storage.store.PageRequest;
import io.openqpr.storage.store.PlacedEvent;
import io.openqpr.storage.store.ScanFilter;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Scans in PostgreSQL.
final class PostgresScans extends SqlScans {

  private final Postgres database;
  private final Partitions partitions;
  private final Journals journals = new Journals();
  private final boolean onCitus;

  PostgresScans(Postgres database) {
    super(database);
    this.database = database;
    this.partitions = new Partitions(database);
    this.onCitus = database.isOnCitus();
  }

  @Override
  public long appliedPosition(String journal) {
    Journals.Standing told =
        database.append(Work.JOURNAL, session -> journals.settled(session, journal));
    journals.stands(journal, told);
    tell(journal);
    return told.position();
  }

  @Override
  public void take(String journal, @Nullable String before, String token) {
    database.append(session -> {
      journals.take(session, journal, before, token);
      return token;
    });
    journals.isHeldBy(journal, token);
  }

  /// The commit does not wait for the disk: readers see the rows just as soon, the journal keeps
  /// the events until they are there, and two disks, or one twice, need not be waited for.
  @Override
  public boolean apply(String journal, long position, List<PlacedEvent> events) {
    if (!journals.isKnown(journal)) {
      appliedPosition(journal);
    }
    EventBatch batch = EventBatch.of(events);
    partitions.prepare(Work.JOURNAL, batch.scans());
    int line = journals.line(journal);
    database.append(
        Work.JOURNAL,
        session -> {
          long countedUntil = journals.move(session, journal, position, onCitus);
          CountedScans.add(session, countedUntil, batch.scans(), batch.places(line));
          ScanCopy.hits(session, batch.hits());
          converse(session, line, batch);
          return line;
        });
    journals.standsAt(journal, position);
    tell(journal);
    return onCitus;
  }

  private void tell(String journal) {
    if (onCitus) {
      database.append(
          Work.JOURNAL,
          session -> {
            journals.tell(session, journal);
            return journal;
          });
    }
  }

  /// One server at a time: which report begins a conversation depends on the others'.
  private static void converse(Postgres.Session session, int line, EventBatch batch) {
    if (!batch.reports().isEmpty()) {
      session.sql().execute("select pg_advisory_xact_lock(5, 0)");
      FeedRow.insert(session.sql(), ConversationEvents.write(session.sql(), line, batch.reports()));
    }
  }

  @Override
  public void load(List<Scan> scans) {
    partitions.prepare(Work.REQUESTS, scans);
    database.append(session -> add(session, scans));
  }

  /// Adds a scan that comes now, past the journal, in the transaction in which something else goes,
  /// if that was there.
  void addInstead(Scan scan, Predicate<DSLContext> removal) {
    List<Scan> one = List.of(scan);
    partitions.prepare(Work.REQUESTS, one);
    database.append(session -> {
      if (!removal.test(session.sql())) {
        return 0;
      }
      long position = FeedLines.next(database, session.sql(), 1);
      CountedScans.add(session, one, new ScanPlaces(FeedLines.CHANGES, List.of(position)));
      FirstScans.moveBack(session.sql(), one);
      return 1;
    });
  }

  @Override
  public int loadNew(int account, List<Scan> scans) {
    partitions.prepare(Work.REQUESTS, scans);
    return database.append(session -> {
      // One import of an account at a time, whichever server it runs on.
      session.sql().execute("select pg_advisory_xact_lock(1, " + account + ")");
      Set<String> known = known(session.sql(), account, scans);
      return add(
          session, scans.stream().filter(scan -> !known.contains(scan.id().text())).toList());
    });
  }

  private static int add(Postgres.Session session, List<Scan> scans) {
    CountedScans.add(session, scans, ScanPlaces.NOWHERE);
    FirstScans.moveBack(session.sql(), scans);
    return scans.size();
  }

  @Override
  protected long total(DSLContext sql, ScanFilter filter, Condition matches) {
    return filter.visit().isAny()
        ? Totals.of(sql, filter)
        : super.total(sql, filter, matches); // counts know nothing of visits
  }

  @Override
  protected Map<Integer, Long> totals(DSLContext sql, int account, Collection<Integer> codes) {
    return Totals.ofCodes(sql, account, codes);
  }

  @Override
  protected SomeRows rows(
      DSLContext sql, ScanFilter filter, Condition matches, PageRequest page, long bytes) {
    if (page instanceof PageRequest.AtOffset at && at.offset() > DeepOffset.SKIPPED_EASILY) {
      OffsetSlice slice = DeepOffset.of(sql, filter, matches, at.offset());
      Condition older = matches.and(Scans.SCANNED_AT.lt(slice.until()));
      return new SomeRows(NewestFirst.scans(sql, older, at.limit(), slice.skip()), false);
    }
    return super.rows(sql, filter, matches, page, bytes);
  }

  /// Rows kept for several counts would be kept on the coordinator.
  @Override
  protected boolean keepsRowsOfACode() {
    return !onCitus;
  }

  private static Set<String> known(DSLContext sql, int account, List<Scan> scans) {
    var known = new HashSet<String>();
    for (List<Scan> some : Chunks.of(scans)) {
      List<String> ids = some.stream().map(scan -> scan.id().text()).toList();
      known.addAll(
          sql.select(Scans.ID)
              .from(Scans.TABLE)
              .where(Scans.ACCOUNT.eq(account), Scans.ID.in(ids))
              .fetch(Scans.ID));
    }
    return known;
  }
}
