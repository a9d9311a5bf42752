package io.openqpr.storage.sql;

import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.platform.HeapShare;
import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.Moment;
import io.openqpr.storage.store.PageRequest;
import io.openqpr.storage.store.ScanFilter;
import io.openqpr.storage.store.ScanPage;
import io.openqpr.storage.store.ScanStore;
import io.openqpr.storage.store.Tally;
import io.openqpr.storage.store.TallyQuestion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// What is asked about scans, on any engine; how they are written is left to each.
public abstract class SqlScans implements ScanStore {

  private static final int HANDED_OVER_AT_ONCE = 20_000;

  /// How many may take scans at the same time, so that all they hold is within its share.
  private static final int HANDED_OVER_TO = 4;

  private final Database database;
  private final CodeRefs refs = new CodeRefs();

  protected SqlScans(Database database) {
    this.database = database;
  }

  @Override
  public long appliedPosition(String journal) {
    return database.read(sql -> JournalPositions.of(sql, journal));
  }

  @Override
  public final Optional<JournalEntry> journal(String journal) {
    return database.read(sql -> JournalPositions.entry(sql, journal));
  }

  /// Others may have theirs here.
  @Override
  public List<String> ownJournals() {
    return List.of();
  }

  @Override
  public void take(String journal, @Nullable String before, String token) {
    database.write(sql -> {
      JournalPositions.take(sql, journal, before, token);
      return token;
    });
  }

  @Override
  public final ScanPage page(ScanFilter filter, PageRequest page) {
    return database.read(sql -> {
      Condition matches = ScanConditions.matches(filter);
      long total = total(sql, filter, matches);
      if (total == 0 || (page instanceof PageRequest.AtOffset at && at.offset() >= total)) {
        return new ScanPage(List.of(), total);
      }
      return new ScanPage(
          ScanRows.read(sql, refs, rows(sql, filter, matches, page, NewestFirst.NO_LIMIT).rows()),
          total);
    });
  }

  /// How many scans the filter matches. An engine that keeps counts has its own way.
  ///
  /// @param matches the filter in SQL
  protected long total(DSLContext sql, ScanFilter filter, Condition matches) {
    return RowCount.of(sql, Scans.TABLE, matches);
  }

  @Override
  public final void each(ScanFilter filter, Consumer<List<Scan>> sink) {
    Condition matches = ScanConditions.matches(filter);
    long bytes = HeapShare.EXPORTS.bytes() / HANDED_OVER_TO;
    PageRequest page = new PageRequest.AtOffset(HANDED_OVER_AT_ONCE, 0);
    while (true) {
      PageRequest next = page;
      Some some =
          database.readAtLeisure(sql -> {
            SomeRows rows = rows(sql, filter, matches, next, bytes);
            return new Some(ScanRows.read(sql, refs, rows.rows()), rows.cut());
          });
      if (!some.scans().isEmpty()) {
        sink.accept(some.scans());
      }
      if (!some.cut() && some.scans().size() < HANDED_OVER_AT_ONCE) {
        return;
      }
      Scan last = some.scans().getLast();
      page = new PageRequest.Behind(HANDED_OVER_AT_ONCE, last.scannedAt(), last.id().text());
    }
  }

  /// Scans that are handed over next.
  private record Some(List<Scan> scans, boolean cut) {}

  /// The rows of a page. An engine whose way to them is not this one has its own.
  ///
  /// @param matches the filter in SQL
  /// @param bytes as [NewestFirst#scansWithin] has them
  protected SomeRows rows(
      DSLContext sql, ScanFilter filter, Condition matches, PageRequest page, long bytes) {
    return switch (page) {
      case PageRequest.AtOffset at when at.offset() > 0 ->
          new SomeRows(NewestFirst.scans(sql, matches, at.limit(), at.offset()), false);
      case PageRequest.AtOffset at -> NewestFirst.scansWithin(sql, matches, at.limit(), bytes);
      case PageRequest.Behind b ->
          NewestFirst.scansWithin(sql, matches.and(ScanConditions.behind(b)), b.limit(), bytes);
    };
  }

  /// Ids made here hold the time of their scan, which leads to a few blocks of the table; only ids
  /// of another form, or that lie, cost a look through all of it.
  @Override
  public final Optional<Scan> find(int account, ScanId id) {
    return database.read(sql -> {
      Condition named = Scans.ACCOUNT.eq(account).and(Scans.ID.eq(id.text()));
      Optional<Scan> atItsTime =
          id.time().flatMap(t -> one(sql, named.and(Scans.SCANNED_AT.eq(t.toEpochMilli()))));
      return atItsTime.or(() -> one(sql, named));
    });
  }

  @Override
  public final Map<Integer, Long> countByCode(int account, Collection<Integer> codes) {
    if (codes.isEmpty()) {
      return Map.of();
    }
    return database.read(sql -> totals(sql, account, codes));
  }

  /// How many scans each of these codes has, at least one asked for.
  protected Map<Integer, Long> totals(DSLContext sql, int account, Collection<Integer> codes) {
    return RowCount.ofCodes(sql, account, codes);
  }

  @Override
  public final Tally tally(TallyQuestion question) {
    return atOneMoment(moment -> moment.tally(question));
  }

  @Override
  public final <T> T atOneMoment(Function<Moment, T> questions) {
    return database.read(sql -> questions.apply(new SqlMoment(sql, refs, keepsRowsOfACode())));
  }

  /// Whether a code's rows are read once and kept for all counts of an answer, or read by each.
  protected boolean keepsRowsOfACode() {
    return true;
  }

  private Optional<Scan> one(DSLContext sql, Condition condition) {
    List<? extends Record> rows =
        sql.select(ScanRows.COLUMNS).from(Scans.TABLE).where(condition).limit(1).fetch();
    return ScanRows.read(sql, refs, rows).stream().findFirst();
  }
}
