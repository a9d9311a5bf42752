package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;

import io.openqpr.model.CodeId;
import io.openqpr.model.CodeStatus;
import io.openqpr.model.EventType;
import io.openqpr.model.QprCode;
import io.openqpr.model.ScannableCode;
import io.openqpr.storage.sql.Schema.Codes;
import io.openqpr.storage.store.Change;
import io.openqpr.storage.store.CodeFilter;
import io.openqpr.storage.store.CodeStore;
import io.openqpr.storage.store.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// Codes, on any engine; how many at once are written is left to each.
public abstract class SqlCodes implements CodeStore {

  private static final Condition NOT_DELETED = Codes.STATUS.ne(CodeRows.stored(CodeStatus.DELETED));

  private final Database database;

  protected SqlCodes(Database database) {
    this.database = database;
  }

  @Override
  public final Optional<QprCode> create(NewCode code) {
    return database.write(sql -> {
      if (sql.fetchExists(Codes.TABLE, Codes.SHORT_ID.eq(code.shortId()))) {
        return Optional.empty();
      }
      QprCode born = CodeRows.born(nextNumber(sql), code);
      CodeRows.insert(sql, born);
      FeedRow.insert(sql, created(sql, List.of(born)));
      announce(sql, List.of(born));
      return Optional.of(born);
    });
  }

  /// The codes as they will be, in the order given; to be called inside the write that adds them.
  protected static List<QprCode> born(DSLContext sql, List<NewCode> codes) {
    int number = nextNumber(sql);
    var born = new ArrayList<QprCode>(codes.size());
    for (NewCode code : codes) {
      born.add(CodeRows.born(number++, code));
    }
    return born;
  }

  /// What the feed tells of codes that are born; inside the write that adds them.
  protected final List<FeedRow> created(DSLContext sql, List<QprCode> codes) {
    if (codes.isEmpty()) {
      return List.of();
    }
    long position = FeedLines.next(database, sql, codes.size());
    var rows = new ArrayList<FeedRow>(codes.size());
    for (QprCode code : codes) {
      rows.add(FeedRow.of(position++, EventType.CODE_CREATED, code, 0));
    }
    return rows;
  }

  private void tellChange(DSLContext sql, QprCode code, long scans) {
    EventType type =
        code.status() == CodeStatus.DELETED ? EventType.CODE_DELETED : EventType.CODE_UPDATED;
    long position = FeedLines.next(database, sql, 1);
    FeedRow.insert(sql, List.of(FeedRow.of(position, type, code, scans)));
  }

  /// For what the feed tells of a change; asked before it, since counting takes longer.
  private long scansOf(Condition code, int account) {
    return database.read(sql -> {
      List<Integer> number =
          sql.select(Codes.NUMBER).from(Codes.TABLE).where(code).fetch(Codes.NUMBER);
      return number.isEmpty()
          ? 0
          : totals(sql, account, number).getOrDefault(number.getFirst(), 0L);
    });
  }

  /// How many scans each of these codes has. An engine that keeps counts has its own way.
  protected Map<Integer, Long> totals(DSLContext sql, int account, Collection<Integer> codes) {
    return RowCount.ofCodes(sql, account, codes);
  }

  /// Inside the write that adds them.
  protected final void insertAll(DSLContext sql, List<QprCode> codes) {
    CodeRows.insertAll(sql, codes);
    announce(sql, codes);
  }

  private void announce(DSLContext sql, List<QprCode> codes) {
    List<String> shortIds = codes.stream().map(code -> code.ref().shortId()).toList();
    database.announce(sql, Change.Kind.CODE, shortIds);
  }

  @Override
  public final List<QprCode> afterNumber(int number, int limit) {
    return database.read(sql ->
        sql.select(CodeRows.COLUMNS)
            .from(Codes.TABLE)
            .where(Codes.NUMBER.gt(number))
            .orderBy(Codes.NUMBER)
            .limit(limit)
            .fetch(CodeRows::read));
  }

  @Override
  public final void restore(List<QprCode> codes) {
    database.write(sql -> {
      var known = new HashSet<Integer>();
      for (List<QprCode> some : Chunks.of(codes)) {
        List<Integer> numbers = some.stream().map(code -> code.ref().number()).toList();
        known.addAll(
            sql.select(Codes.NUMBER)
                .from(Codes.TABLE)
                .where(Codes.NUMBER.in(numbers))
                .fetch(Codes.NUMBER));
      }
      insertAll(sql, codes.stream().filter(code -> !known.contains(code.ref().number())).toList());
      return codes;
    });
  }

  @Override
  public final Map<String, ScannableCode> byShortIds(Collection<String> shortIds) {
    return database.lookUp(sql -> {
      var found = new HashMap<String, ScannableCode>();
      for (List<String> some : Chunks.of(shortIds)) {
        sql.select(CodeRows.SCANNABLE)
            .from(Codes.TABLE)
            .where(Codes.SHORT_ID.in(some))
            .forEach(row -> found.put(row.get(Codes.SHORT_ID), CodeRows.scannable(row)));
      }
      return found;
    });
  }

  @Override
  public final Optional<QprCode> byId(int account, CodeId id) {
    return one(Codes.ACCOUNT.eq(account).and(Codes.ID.eq(id.text())));
  }

  @Override
  public final List<QprCode> byIds(int account, Collection<CodeId> ids) {
    return database.read(sql -> {
      var found = new ArrayList<QprCode>();
      for (List<String> some : Chunks.of(ids.stream().map(CodeId::text).toList())) {
        found.addAll(select(sql, Codes.ACCOUNT.eq(account).and(Codes.ID.in(some))));
      }
      return found;
    });
  }

  @Override
  public final Set<String> taken(Collection<String> shortIds) {
    return database.read(sql -> {
      var taken = new HashSet<String>();
      for (List<String> some : Chunks.of(shortIds)) {
        taken.addAll(
            sql.select(Codes.SHORT_ID)
                .from(Codes.TABLE)
                .where(Codes.SHORT_ID.in(some))
                .fetch(Codes.SHORT_ID));
      }
      return taken;
    });
  }

  @Override
  public final Optional<QprCode> update(int account, CodeId id, UnaryOperator<QprCode> change) {
    Condition named = Codes.ACCOUNT.eq(account).and(Codes.ID.eq(id.text())).and(NOT_DELETED);
    long scans = scansOf(named, account);
    return database.write(sql ->
        select(sql, named).stream()
            .findFirst()
            .map(code -> {
              QprCode changed = change.apply(code);
              CodeRows.update(sql, changed);
              tellChange(sql, changed, scans);
              announce(sql, List.of(changed));
              return changed;
            }));
  }

  @Override
  public final Page page(CodeFilter filter, PageRequest page) {
    return database.read(sql -> {
      Condition matches = matches(filter);
      long total = RowCount.of(sql, Codes.TABLE, matches);
      long offset = page instanceof PageRequest.AtOffset at ? at.offset() : 0;
      List<QprCode> codes =
          sql.select(CodeRows.COLUMNS)
              .from(Codes.TABLE)
              .where(page instanceof PageRequest.Behind b ? matches.and(behind(b)) : matches)
              .orderBy(Codes.CREATED_AT.desc(), Codes.ID.desc())
              .limit(page.limit())
              .offset(offset)
              .fetch(CodeRows::read);
      return new Page(codes, total);
    });
  }

  private static Condition matches(CodeFilter filter) {
    Condition matches = Codes.ACCOUNT.eq(filter.account()).and(NOT_DELETED);
    if (filter.status() != null) {
      matches = matches.and(Codes.STATUS.eq(CodeRows.stored(filter.status())));
    }
    if (filter.search() != null) {
      matches = matches.and(Codes.NAME.containsIgnoreCase(filter.search()));
    }
    return matches;
  }

  private static Condition behind(PageRequest.Behind cursor) {
    long time = cursor.time().toEpochMilli();
    return Codes.CREATED_AT.lt(time).or(Codes.CREATED_AT.eq(time).and(Codes.ID.lt(cursor.id())));
  }

  @Override
  public final Optional<Instant> scansSince(int account) {
    return database.read(sql ->
        Optional.ofNullable(
                sql.select(min(Codes.SCANS_SINCE))
                    .from(Codes.TABLE)
                    .where(Codes.ACCOUNT.eq(account))
                    .fetchSingle()
                    .value1())
            .map(Instant::ofEpochMilli));
  }

  private Optional<QprCode> one(Condition condition) {
    return database.read(sql -> select(sql, condition).stream().findFirst());
  }

  private static List<QprCode> select(DSLContext sql, Condition condition) {
    return sql.select(CodeRows.COLUMNS).from(Codes.TABLE).where(condition).fetch(CodeRows::read);
  }

  private static int nextNumber(DSLContext sql) {
    Integer last = sql.select(max(Codes.NUMBER)).from(Codes.TABLE).fetchSingle().value1();
    return last == null ? 1 : last + 1;
  }
}
