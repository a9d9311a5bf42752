package io.openqpr.storage.sql;

import io.openqpr.model.Conversation;
import io.openqpr.model.Conversation.Status;
import io.openqpr.model.EventId;
import io.openqpr.model.EventType;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.storage.sql.FeedRow.OfCode;
import io.openqpr.storage.sql.FeedRow.OfScan;
import io.openqpr.storage.sql.FeedRow.Place;
import io.openqpr.storage.sql.FeedStretch.Entry;
import io.openqpr.storage.sql.Schema.Codes;
import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.FeedEvent;
import io.openqpr.storage.store.FeedEvent.Subject;
import io.openqpr.storage.store.VisitFilter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Makes events of rows: with the scan or the code that they are about, as it was then.
final class FeedTelling {

  private final DSLContext sql;
  private final CodeRefs refs;
  private final VisitFilter visit;
  private final int line;

  FeedTelling(DSLContext sql, CodeRefs refs, VisitFilter visit, int line) {
    this.sql = sql;
    this.refs = refs;
    this.visit = visit;
    this.line = line;
  }

  Entry created(Scan scan, long position) {
    return new Entry(FeedEvent.created(scan, line, position), null);
  }

  /// By position. Events whose scan is gone, or does not match, are left out.
  Map<Long, Entry> of(List<FeedRow> rows) {
    var entries = new TreeMap<Long, Entry>();
    Map<ScanKey, Scan> scans = scansOf(rows);
    Map<Integer, QprCode> codes = codesOf(rows);
    for (FeedRow row : rows) {
      OfScan moved = row.scan();
      Scan scan = moved == null ? null : scans.get(new ScanKey(row.account(), moved.id()));
      if (moved != null && scan != null) {
        entries.put(row.position(), told(row, moved, scan));
      } else if (row.was() != null) {
        QprCode code = Objects.requireNonNull(codes.get(row.code()));
        entries.put(row.position(), told(row, row.was(), code));
      }
    }
    return entries;
  }

  private Entry told(FeedRow row, OfScan moved, Scan scan) {
    Status status = row.type() == EventType.CONVERSATION_COMPLETED ? Status.COMPLETED : Status.OPEN;
    var subject = new Subject.OfScan(scan.with(new Conversation(status, moved.messages())));
    return entry(row.type(), createdAt(row), row.position(), moved.id(), subject, moved.after());
  }

  private Entry told(FeedRow row, OfCode was, QprCode code) {
    var then =
        new QprCode(
            code.ref(),
            was.name(),
            code.prompt(),
            code.welcomeMessage(),
            CodeRows.template(was.template()),
            CodeRows.status(was.status()),
            code.conversationUrl(),
            was.metadata(),
            code.createdAt(),
            createdAt(row),
            code.scansSince());
    String change = code.ref().id().text() + '\n' + row.position();
    var subject = new Subject.OfCode(then, was.scans());
    return entry(row.type(), createdAt(row), row.position(), change, subject, null);
  }

  private static Instant createdAt(FeedRow row) {
    return Instant.ofEpochMilli(row.createdAt());
  }

  private Entry entry(
      EventType type,
      Instant createdAt,
      long position,
      String name,
      Subject subject,
      @Nullable Place after) {
    EventId id = EventId.of(type, createdAt, FeedEvent.account(subject), name);
    return new Entry(new FeedEvent(id, type, createdAt, line, position, subject), after);
  }

  private record ScanKey(int account, String scan) {}

  private Map<ScanKey, Scan> scansOf(List<FeedRow> rows) {
    var scans = new HashMap<ScanKey, Scan>();
    List<FeedRow> ofScans = rows.stream().filter(row -> row.scan() != null).toList();
    if (ofScans.isEmpty()) {
      return scans;
    }
    List<OfScan> moved = ofScans.stream().map(row -> Objects.requireNonNull(row.scan())).toList();
    var found =
        sql.select(ScanRows.COLUMNS)
            .from(Scans.TABLE)
            .where(
                Scans.ACCOUNT.in(ofScans.stream().map(FeedRow::account).distinct().toList()),
                Scans.SCANNED_AT.in(
                    moved.stream().map(OfScan::scannedAt).distinct().map(DSL::inline).toList()),
                Scans.ID.in(moved.stream().map(OfScan::id).map(DSL::inline).toList()),
                VisitConditions.matches(visit))
            .fetch();
    for (Scan scan : ScanRows.read(sql, refs, found)) {
      scans.put(new ScanKey(scan.code().account(), scan.id().text()), scan);
    }
    return scans;
  }

  private Map<Integer, QprCode> codesOf(List<FeedRow> rows) {
    List<Integer> numbers =
        rows.stream().filter(row -> row.was() != null).map(FeedRow::code).distinct().toList();
    return numbers.isEmpty()
        ? Map.of()
        : sql.select(CodeRows.COLUMNS)
            .from(Codes.TABLE)
            .where(Codes.NUMBER.in(numbers))
            .fetchMap(row -> row.get(Codes.NUMBER), CodeRows::read);
  }
}
