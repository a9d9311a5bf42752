package io.openqpr.storage.sql;

import io.openqpr.model.HitId;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.storage.sql.Schema.IgnoredHits;
import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.HitFilter;
import io.openqpr.storage.store.HitPage;
import io.openqpr.storage.store.HitStore;
import io.openqpr.storage.store.PageRequest;
import io.openqpr.storage.store.ScanStore;
import io.openqpr.storage.store.TallyQuestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/// Ignored hits, on any engine; how one becomes a scan is left to each.
public abstract class SqlHits implements HitStore {

  static final List<Field<?>> COLUMNS = columns();

  private final Database database;
  private final ScanStore scans;
  private final CodeRefs refs = new CodeRefs();

  protected SqlHits(Database database, ScanStore scans) {
    this.database = database;
    this.scans = scans;
  }

  private static List<Field<?>> columns() {
    var columns = new ArrayList<>(ScanRows.COLUMNS);
    columns.add(IgnoredHits.REASON);
    columns.add(IgnoredHits.BOT);
    return List.copyOf(columns);
  }

  @Override
  public final HitPage page(HitFilter filter, PageRequest page) {
    return database.read(sql -> {
      Condition matches = ScanConditions.matches(filter.scans());
      if (filter.reason() != null) {
        matches = matches.and(IgnoredHits.REASON.eq(filter.reason().text()));
      }
      long total = RowCount.of(sql, IgnoredHits.TABLE, matches);
      return new HitPage(read(sql, refs, rows(sql, matches, page)), total);
    });
  }

  private static List<? extends Record> rows(DSLContext sql, Condition matches, PageRequest page) {
    return switch (page) {
      case PageRequest.AtOffset at ->
          NewestFirst.rows(sql, IgnoredHits.TABLE, COLUMNS, matches, at.limit(), at.offset());
      case PageRequest.Behind b ->
          NewestFirst.rows(
              sql, IgnoredHits.TABLE, COLUMNS, matches.and(ScanConditions.behind(b)), b.limit(), 0);
    };
  }

  static List<IgnoredHit> read(DSLContext sql, CodeRefs refs, List<? extends Record> rows) {
    List<Scan> asScans = ScanRows.read(sql, refs, rows);
    var hits = new ArrayList<IgnoredHit>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      Record row = rows.get(i);
      hits.add(
          new IgnoredHit(
              asScans.get(i),
              IgnoreReason.of(row.get(IgnoredHits.REASON)),
              row.get(IgnoredHits.BOT)));
    }
    return hits;
  }

  @Override
  public final List<HitCount> tally(TallyQuestion question) {
    return scans.atOneMoment(moment -> moment.hits(question));
  }

  @Override
  public final Optional<Scan> countAsScan(int account, HitId id) {
    ScanId scan = id.asScan();
    Condition named = Scans.ACCOUNT.eq(account).and(Scans.ID.eq(scan.text()));
    // An id that holds no time was made by nobody here.
    Condition hit =
        scan.time().map(t -> named.and(Scans.SCANNED_AT.eq(t.toEpochMilli()))).orElse(named);
    Optional<IgnoredHit> found =
        database.read(sql ->
            read(sql, refs, NewestFirst.rows(sql, IgnoredHits.TABLE, COLUMNS, hit, 1, 0)).stream()
                .findFirst());
    found.ifPresent(ignored -> move(ignored, hit));
    return scans.find(account, scan);
  }

  /// Takes the hit away and adds its scan, in one transaction; neither when it is gone meanwhile.
  ///
  /// @param hit its row
  protected abstract void move(IgnoredHit ignored, Condition hit);

  /// Of these hits those that are not there yet; inside the change that adds them.
  protected static List<IgnoredHit> unknown(DSLContext sql, int account, List<IgnoredHit> hits) {
    var known = new HashSet<String>();
    for (List<IgnoredHit> some : Chunks.of(hits)) {
      List<String> ids = some.stream().map(hit -> hit.asScan().id().text()).toList();
      known.addAll(
          sql.select(Scans.ID)
              .from(IgnoredHits.TABLE)
              .where(Scans.ACCOUNT.eq(account), Scans.ID.in(ids))
              .fetch(Scans.ID));
    }
    return hits.stream().filter(hit -> !known.contains(hit.asScan().id().text())).toList();
  }

  /// Inside the change that moves it.
  ///
  /// @return whether it was there
  protected static boolean remove(DSLContext sql, Condition hit) {
    return sql.deleteFrom(IgnoredHits.TABLE).where(hit).execute() > 0;
  }
}
