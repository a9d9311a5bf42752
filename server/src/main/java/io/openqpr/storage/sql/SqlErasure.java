package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.noCondition;

import io.openqpr.model.HitId;
import io.openqpr.model.ScanId;
import io.openqpr.storage.sql.Schema.FeedEvents;
import io.openqpr.storage.sql.Schema.IgnoredHits;
import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.ErasureStore;
import io.openqpr.storage.store.TallyQuestion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/// What is held of people, on any engine; how rows are removed is left to each.
public abstract class SqlErasure implements ErasureStore {

  private static final Duration ONE_DAY = Duration.ofDays(1);

  private final Database database;
  private final CodeRefs refs = new CodeRefs();

  protected SqlErasure(Database database) {
    this.database = database;
  }

  /// One durable transaction.
  protected abstract Erased erase(Function<Erasing, Erased> changes);

  /// A transaction in which rows go.
  ///
  /// @param scans removes those that meet a condition, in the engine's one way, and tells how many
  ///   there were
  public record Erasing(DSLContext sql, ToLongFunction<Condition> scans) {

    /// After scans were removed.
    ///
    /// @return how many, as given
    long later(int account, long scans) {
      if (scans > 0) {
        FirstScans.moveForward(sql, account, TallyQuestion.END);
      }
      return scans;
    }

    /// What the feed tells of scans besides that they are there.
    void events(Condition which) {
      sql.deleteFrom(FeedEvents.TABLE).where(which).execute();
    }

    /// As `scans` does, of ignored hits.
    long hits(Condition which) {
      return sql.deleteFrom(IgnoredHits.TABLE).where(which).execute();
    }
  }

  /// As [SqlScans#find] looks for it: first at the time that the id holds.
  @Override
  public final boolean eraseScan(int account, ScanId id) {
    Condition named = named(account, id);
    Erased erased =
        erase(erasing -> {
          long atItsTime =
              id.time().map(t -> erasing.scans().applyAsLong(named.and(at(t)))).orElse(0L);
          long scans = atItsTime > 0 ? atItsTime : erasing.scans().applyAsLong(named);
          erasing.events(FeedEvents.ACCOUNT.eq(account).and(FeedEvents.SCAN.eq(id.text())));
          return new Erased(erasing.later(account, scans), 0);
        });
    return !erased.isNothing();
  }

  @Override
  public final boolean eraseHit(int account, HitId id) {
    Condition named = named(account, id.asScan());
    // An id that holds no time was made by nobody here.
    Condition hit = id.asScan().time().map(t -> named.and(at(t))).orElse(named);
    return !erase(erasing -> new Erased(0, erasing.hits(hit))).isNothing();
  }

  @Override
  public final Held heldOf(int account, long deviceKey, int limit) {
    Condition matches = ofDevice(account, deviceKey);
    List<Condition> scans = steps(Scans.TABLE, account);
    List<Condition> hits = steps(IgnoredHits.TABLE, account);
    return database.read(sql ->
        new Held(
            ScanRows.read(
                sql, refs, newest(sql, Scans.TABLE, ScanRows.COLUMNS, matches, scans, limit)),
            SqlHits.read(
                sql, refs, newest(sql, IgnoredHits.TABLE, SqlHits.COLUMNS, matches, hits, limit))));
  }

  @Override
  public final Erased eraseDevice(int account, long deviceKey) {
    Condition matches = ofDevice(account, deviceKey);
    List<Condition> ofScans = steps(Scans.TABLE, account);
    List<Condition> ofHits = steps(IgnoredHits.TABLE, account);
    return erase(erasing -> {
      long scans = 0;
      for (Condition step : ofScans) {
        eraseEvents(erasing, account, matches.and(step));
        scans += erasing.scans().applyAsLong(matches.and(step));
      }
      long hits = 0;
      for (Condition step : ofHits) {
        hits += erasing.hits(matches.and(step));
      }
      return new Erased(erasing.later(account, scans), hits);
    });
  }

  private static void eraseEvents(Erasing erasing, int account, Condition scans) {
    List<String> ids =
        erasing.sql().select(Scans.ID).from(Scans.TABLE).where(scans).fetch(Scans.ID);
    for (List<String> some : Chunks.of(ids)) {
      erasing.events(FeedEvents.ACCOUNT.eq(account).and(FeedEvents.SCAN.in(some)));
    }
  }

  /// Conditions that divide an account's rows, newest first, into parts of which each is read in
  /// far less time than a statement may take; no index leads to a device. One part is all there is
  /// where an engine reads all of it soon.
  protected List<Condition> steps(Table<Record> table, int account) {
    return List.of(noCondition());
  }

  private static List<Record> newest(
      DSLContext sql,
      Table<Record> table,
      List<Field<?>> columns,
      Condition matches,
      List<Condition> steps,
      int limit) {
    var rows = new ArrayList<Record>();
    for (Condition step : steps) {
      if (rows.size() < limit) {
        int left = limit - rows.size();
        rows.addAll(NewestFirst.rows(sql, table, columns, matches.and(step), left, 0));
      }
    }
    return rows;
  }

  @Override
  public final Erased eraseBefore(int account, Instant time, int atOnce) {
    Condition ofAccount = Scans.ACCOUNT.eq(account);
    long before = time.toEpochMilli();
    return erase(erasing -> {
      DSLContext sql = erasing.sql();
      long until = untilOfOldest(sql, Scans.TABLE, ofAccount, before, atOnce);
      long scans = erasing.scans().applyAsLong(ofAccount.and(Scans.SCANNED_AT.lt(until)));
      erasing.events(FeedEvents.ACCOUNT.eq(account).and(FeedEvents.SCANNED_AT.lt(until)));
      if (scans < atOnce) {
        // Once a day for each code is often enough: it is days that are shown.
        FirstScans.moveForward(sql, account, time.minus(ONE_DAY));
      }
      long untilHits = untilOfOldest(sql, IgnoredHits.TABLE, ofAccount, before, atOnce);
      return new Erased(scans, erasing.hits(ofAccount.and(Scans.SCANNED_AT.lt(untilHits))));
    });
  }

  /// Bounded by time, which needs no list of ids and lets engines skip the rest of the table.
  ///
  /// @return a time, not included
  private static long untilOfOldest(
      DSLContext sql, Table<Record> table, Condition ofAccount, long before, int atOnce) {
    return sql.select(Scans.SCANNED_AT)
        .from(table)
        .where(ofAccount, Scans.SCANNED_AT.lt(before))
        .orderBy(Scans.SCANNED_AT)
        .limit(1)
        .offset(atOnce - 1)
        .fetchOptional(Scans.SCANNED_AT)
        .map(last -> last + 1)
        .orElse(before);
  }

  private static Condition named(int account, ScanId id) {
    return Scans.ACCOUNT.eq(account).and(Scans.ID.eq(id.text()));
  }

  private static Condition at(Instant time) {
    return Scans.SCANNED_AT.eq(time.toEpochMilli());
  }

  private static Condition ofDevice(int account, long deviceKey) {
    return Scans.ACCOUNT.eq(account).and(Scans.DEVICE_KEY.eq(deviceKey));
  }
}
