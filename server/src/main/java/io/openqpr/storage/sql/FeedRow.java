package io.openqpr.storage.sql;

import io.openqpr.model.EventType;
import io.openqpr.model.QprCode;
import io.openqpr.storage.sql.Schema.FeedEvents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertSetMoreStep;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Something that happened and is no new scan, as a row: what its place and its kind are, and what
/// of its subject may be another later.
public record FeedRow(
    int line,
    long position,
    EventType type,
    int account,
    int code,
    long createdAt,
    @Nullable OfScan scan,
    @Nullable OfCode was) {

  /// In the order of the table.
  static final List<Field<?>> COLUMNS =
      List.of(
          FeedEvents.LINE,
          FeedEvents.POSITION,
          FeedEvents.TYPE,
          FeedEvents.ACCOUNT,
          FeedEvents.CODE,
          FeedEvents.CREATED_AT,
          FeedEvents.SCAN,
          FeedEvents.SCANNED_AT,
          FeedEvents.MESSAGES,
          FeedEvents.AFTER_LINE,
          FeedEvents.AFTER_POSITION,
          FeedEvents.NAME,
          FeedEvents.TEMPLATE,
          FeedEvents.STATUS,
          FeedEvents.METADATA,
          FeedEvents.SCANS);

  /// @param after the event of the scan just before
  record OfScan(String id, long scannedAt, int messages, @Nullable Place after) {}

  record OfCode(
      String name, @Nullable String template, String status, String metadata, long scans) {}

  /// Of an event in the feed.
  record Place(int line, long position) {}

  static FeedRow of(long position, EventType type, QprCode code, long scans) {
    String status = Objects.requireNonNull(CodeRows.stored(code.status()));
    var was =
        new OfCode(code.name(), CodeRows.stored(code.template()), status, code.metadata(), scans);
    return new FeedRow(
        FeedLines.CHANGES,
        position,
        type,
        code.ref().account(),
        code.ref().number(),
        code.updatedAt().toEpochMilli(),
        null,
        was);
  }

  /// In the order of the table; numbers are `Integer`, `Long`, or `Short`.
  public Map<Field<?>, @Nullable Object> values() {
    var values = new LinkedHashMap<Field<?>, @Nullable Object>();
    values.put(FeedEvents.LINE, line);
    values.put(FeedEvents.POSITION, position);
    values.put(FeedEvents.TYPE, (short) type.ordinal());
    values.put(FeedEvents.ACCOUNT, account);
    values.put(FeedEvents.CODE, code);
    values.put(FeedEvents.CREATED_AT, createdAt);
    values.put(FeedEvents.SCAN, scan == null ? null : scan.id());
    values.put(FeedEvents.SCANNED_AT, scan == null ? null : scan.scannedAt());
    values.put(FeedEvents.MESSAGES, scan == null ? null : scan.messages());
    Place after = scan == null ? null : scan.after();
    values.put(FeedEvents.AFTER_LINE, after == null ? null : after.line());
    values.put(FeedEvents.AFTER_POSITION, after == null ? null : after.position());
    values.put(FeedEvents.NAME, was == null ? null : was.name());
    values.put(FeedEvents.TEMPLATE, was == null ? null : was.template());
    values.put(FeedEvents.STATUS, was == null ? null : was.status());
    values.put(FeedEvents.METADATA, was == null ? null : was.metadata());
    values.put(FeedEvents.SCANS, was == null ? null : was.scans());
    return values;
  }

  static FeedRow read(Record row) {
    EventType type = EventType.values()[row.get(FeedEvents.TYPE)];
    Integer afterLine = row.get(FeedEvents.AFTER_LINE);
    Place after =
        afterLine == null ? null : new Place(afterLine, row.get(FeedEvents.AFTER_POSITION));
    return new FeedRow(
        row.get(FeedEvents.LINE),
        row.get(FeedEvents.POSITION),
        type,
        row.get(FeedEvents.ACCOUNT),
        row.get(FeedEvents.CODE),
        row.get(FeedEvents.CREATED_AT),
        type.isOfScan()
            ? new OfScan(
                row.get(FeedEvents.SCAN),
                row.get(FeedEvents.SCANNED_AT),
                row.get(FeedEvents.MESSAGES),
                after)
            : null,
        type.isOfScan()
            ? null
            : new OfCode(
                row.get(FeedEvents.NAME),
                row.get(FeedEvents.TEMPLATE),
                row.get(FeedEvents.STATUS),
                row.get(FeedEvents.METADATA),
                row.get(FeedEvents.SCANS)));
  }

  /// By SQL, many in one statement.
  public static void insert(DSLContext sql, List<FeedRow> rows) {
    for (List<FeedRow> some : Chunks.of(rows)) {
      InsertSetMoreStep<Record> insert =
          sql.insertInto(FeedEvents.TABLE).set(some.getFirst().values());
      for (FeedRow row : some.subList(1, some.size())) {
        insert = insert.newRecord().set(row.values());
      }
      insert.execute();
    }
  }
}
