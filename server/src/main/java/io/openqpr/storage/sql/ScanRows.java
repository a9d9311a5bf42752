package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.length;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.SQLDataType.BIGINT;

import io.openqpr.model.CodeRef;
import io.openqpr.model.Conversation;
import io.openqpr.model.Details;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Place;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.storage.sql.Schema.Scans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// How a scan looks as a row.
public final class ScanRows {

  /// Beside metadata and parameters.
  private static final int ROW_BYTES = 1_500;

  static final List<Field<?>> COLUMNS =
      List.of(
          Scans.CODE,
          Scans.SCANNED_AT,
          Scans.ID,
          Scans.COUNTRY,
          Scans.REGION,
          Scans.CITY,
          Scans.DEVICE,
          Scans.DEVICE_KEY,
          Scans.CONVERSATION,
          Scans.MESSAGES,
          Scans.METADATA,
          Scans.OS,
          Scans.BROWSER,
          Scans.LANGUAGE,
          Scans.REFERRER,
          Scans.PARAMS);

  /// What a scan takes of the heap, in bytes, rather too much: a character may take two, and a row
  /// is there twice while it is read.
  static final Field<Long> WEIGHT =
      val(ROW_BYTES)
          .plus(coalesce(length(Scans.METADATA), val(0)).mul(4))
          .plus(coalesce(length(Scans.PARAMS), val(0)).mul(4))
          .cast(BIGINT);

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

  /// Nearly every code has none: nothing is stored then.
  public static @Nullable String storedMetadata(Scan scan) {
    return scan.metadata().equals(QprCode.NO_METADATA) ? null : scan.metadata();
  }

  /// Most scan URLs have none: nothing is stored then.
  public static @Nullable String storedParams(Scan scan) {
    String params = scan.details().params();
    return params.equals(Details.NO_PARAMS) ? null : params;
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
        new Conversation(STATUSES[row.get(Scans.CONVERSATION)], row.get(Scans.MESSAGES)),
        details(row),
        metadata == null ? QprCode.NO_METADATA : metadata);
  }

  private static Details details(Record row) {
    String params = row.get(Scans.PARAMS);
    return new Details(
        row.get(Scans.OS),
        row.get(Scans.BROWSER),
        row.get(Scans.LANGUAGE),
        row.get(Scans.REFERRER),
        params == null ? Details.NO_PARAMS : params);
  }
}
