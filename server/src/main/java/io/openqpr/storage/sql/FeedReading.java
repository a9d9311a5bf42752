package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;

import io.openqpr.model.EventType;
import io.openqpr.model.Scan;
import io.openqpr.storage.sql.FeedStretch.Entry;
import io.openqpr.storage.sql.Schema.FeedEvents;
import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.FeedFilter;
import java.util.List;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/// Reads a line of the feed in windows of positions, wider ones while they hold too little, up to
/// [#FURTHEST]: engines skip what lies elsewhere, by their index or by the blocks' limits.
final class FeedReading {

  /// What events take of a journal, mostly less.
  private static final long BYTES_OF_AN_EVENT = 512;

  private static final int WIDER = 8;

  /// Rows that are asked for at once: not all that is found of a conversation matches.
  private static final int LEAST_ROWS = 100;

  /// A row costs a tenth of what it costs in a question for two hundred.
  private static final int MOST_ROWS = 2_000;

  /// Where that many rows may be large ones: in a wide window.
  private static final int MOST_SPARSE_ROWS = 200;

  /// What is in it is no larger in all.
  private static final long NARROW = 1 << 20;

  /// Of what is no new scan, which names each of its scans in a question.
  private static final int MOST_OTHERS = 500;

  /// Of the heap, after which a page is full.
  private static final long BYTES = 2 << 20;

  /// Some hundred thousand events.
  private static final long FURTHEST = 32L << 20;

  private final DSLContext sql;
  private final CodeRefs refs;
  private final FeedFilter filter;
  private final int limit;
  private final int rowsAtOnce;
  private final int line;
  private final long head;

  private final FeedTelling telling;
  private final TreeMap<Long, Entry> found = new TreeMap<>();

  /// @param head where the line ends
  FeedReading(DSLContext sql, CodeRefs refs, FeedFilter filter, int limit, int line, long head) {
    this.sql = sql;
    this.refs = refs;
    this.filter = filter;
    this.limit = limit;
    this.rowsAtOnce = Math.clamp(limit, LEAST_ROWS, MOST_ROWS);
    this.line = line;
    this.head = head;
    this.telling = new FeedTelling(sql, refs, filter.visit(), line);
  }

  FeedStretch from(long position) {
    long begin = position;
    long reached = position;
    long width = rowsAtOnce * BYTES_OF_AN_EVENT;
    while (found.size() < limit
        && reached < head
        && reached - begin < FURTHEST
        && weight() < BYTES) {
      int before = found.size();
      reached = read(reached, width < head - reached ? reached + width : head);
      if (found.size() == before && reached < head) {
        // Where nothing at all is left, of a past that was erased or is older than the feed, a
        // window after the other would be read for nothing.
        long empty = firstBehind(reached) - 1 - reached;
        reached += empty;
        begin += empty;
      }
      width = Math.min(FURTHEST, width * WIDER);
    }
    return new FeedStretch(line, List.copyOf(found.values()), reached, head);
  }

  private long weight() {
    return found.values().stream().mapToLong(entry -> entry.event().weight()).sum();
  }

  /// @return up to where it was read: the end of the window, or the last event found
  private long read(long from, long until) {
    int most = until - from <= NARROW ? rowsAtOnce : Math.min(rowsAtOnce, MOST_SPARSE_ROWS);
    long reached = until;
    if (filter.types().contains(EventType.SCAN_CREATED)) {
      List<? extends Record> rows = scans(from, until, most);
      List<Scan> scans = ScanRows.read(sql, refs, rows);
      for (int i = 0; i < rows.size(); i++) {
        long position = rows.get(i).get(Scans.FEED_POSITION);
        found.put(position, telling.created(scans.get(i), position));
        reached = rows.size() == most ? position : until;
      }
    }
    int mostOthers = Math.min(most, MOST_OTHERS);
    List<FeedRow> others = others(from, reached, mostOthers);
    if (others.size() == mostOthers) {
      reached = others.getLast().position();
      found.tailMap(reached, false).clear();
    }
    found.putAll(telling.of(others));
    return reached;
  }

  private long firstBehind(long position) {
    Long scan =
        sql.select(min(Scans.FEED_POSITION))
            .from(Scans.TABLE)
            .where(inWindow(Scans.FEED_LINE, Scans.FEED_POSITION, position, head))
            .fetchSingle()
            .value1();
    Long other =
        sql.select(min(FeedEvents.POSITION))
            .from(FeedEvents.TABLE)
            .where(inWindow(FeedEvents.LINE, FeedEvents.POSITION, position, head))
            .fetchSingle()
            .value1();
    long none = head + 1;
    return Math.min(scan == null ? none : scan, other == null ? none : other);
  }

  private Condition inWindow(Field<Integer> lines, Field<Long> positions, long from, long until) {
    return lines.eq(inline(line)).and(positions.gt(inline(from))).and(positions.le(inline(until)));
  }

  private List<? extends Record> scans(long from, long until, int most) {
    return sql.select(ScanRows.COLUMNS)
        .select(Scans.FEED_POSITION)
        .from(Scans.TABLE)
        .where(
            inWindow(Scans.FEED_LINE, Scans.FEED_POSITION, from, until),
            ofWhom(Scans.ACCOUNT, Scans.CODE),
            VisitConditions.matches(TraitColumns.OF_VISITS, filter.visit()))
        .orderBy(Scans.FEED_POSITION)
        .limit(most)
        .fetch();
  }

  private Condition ofWhom(Field<Integer> account, Field<Integer> code) {
    Condition whose = noCondition();
    if (filter.account() != null) {
      whose = whose.and(account.eq(inline(filter.account())));
    }
    return filter.code() == null ? whose : whose.and(code.eq(inline(filter.code())));
  }

  private List<FeedRow> others(long from, long until, int most) {
    List<Short> types =
        filter.types().stream()
            .filter(type -> type.isOfScan() || filter.visit().isAny())
            .map(type -> (short) type.ordinal())
            .toList();
    return sql.select(FeedRow.COLUMNS)
        .from(FeedEvents.TABLE)
        .where(
            inWindow(FeedEvents.LINE, FeedEvents.POSITION, from, until),
            ofWhom(FeedEvents.ACCOUNT, FeedEvents.CODE),
            FeedEvents.TYPE.in(types))
        .orderBy(FeedEvents.POSITION)
        .limit(most)
        .fetch(FeedRow::read);
  }
}
