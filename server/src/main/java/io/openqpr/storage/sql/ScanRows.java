package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.length;
import static org.jooq.impl.DSL.val;

import io.openqpr.model.CodeRef;
import io.openqpr.model.Conversation;
import io.openqpr.model.Details;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Place;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanField;
import io.openqpr.model.ScanId;
import io.openqpr.storage.sql.Schema.Scans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/// How a scan looks as a row.
public final class ScanRows {

  /// Beside metadata and parameters.
  private static final int ROW_BYTES = 1_500;

  /// All but the account, which whoever asks knows.
  static final List<Field<?>> COLUMNS =
      ScanColumn.ALL.stream()
          .filter(column -> !column.name().equals(Scans.ACCOUNT.getName()))
          .<Field<?>>map(ScanRows::field)
          .toList();

  private static final Field<String> PARAMS = Scans.of(ScanField.PARAMS);

  /// What a scan takes of the heap, in bytes, rather too much: a character may take two, and a row
  /// is there twice while it is read.
  static final Field<Long> WEIGHT =
      val(ROW_BYTES)
          .plus(coalesce(length(Scans.METADATA), val(0)).mul(4))
          .plus(coalesce(length(PARAMS), val(0)).mul(4))
          .cast(SQLDataType.BIGINT);

  private static final Conversation.Status[] STATUSES = Conversation.Status.values();

  private ScanRows() {}

  static List<Scan> read(DSLContext sql, CodeRefs refs, List<? extends Record> rows) {
    Function<Integer, CodeRef> codes =
        refs.of(sql, rows.stream().map(row -> row.get(Scans.CODE)).toList());
    var scans = new ArrayList<Scan>(rows.size());
    for (Record row : rows) {
      scans.add(scan(row, codes.apply(row.get(Scans.CODE))));
    }
    return scans;
  }

  private static Field<?> field(ScanColumn column) {
    return switch (column) {
      case ScanColumn.Small(String name, _) -> Schema.column(name, SQLDataType.INTEGER);
      case ScanColumn.Whole(String name, _) -> Schema.column(name, SQLDataType.INTEGER);
      case ScanColumn.Big(String name, _) -> Schema.column(name, SQLDataType.BIGINT);
      case ScanColumn.Text(String name, _) -> Schema.column(name, SQLDataType.VARCHAR);
    };
  }

  static Conversation conversation(Record row) {
    return new Conversation(STATUSES[row.get(Scans.CONVERSATION)], row.get(Scans.MESSAGES));
  }

  private static Scan scan(Record row, CodeRef code) {
    String metadata = row.get(Scans.METADATA);
    return new Scan(
        new ScanId(row.get(Scans.ID)),
        code,
        Instant.ofEpochMilli(row.get(Scans.SCANNED_AT)),
        new Place(row.get(Scans.COUNTRY), row.get(Scans.REGION), row.get(Scans.CITY)),
        DeviceKind.fromStored(row.get(Scans.DEVICE)),
        row.get(Scans.DEVICE_KEY),
        conversation(row),
        Details.of(detail -> row.get(Scans.of(detail))),
        metadata == null ? QprCode.NO_METADATA : metadata);
  }
}
