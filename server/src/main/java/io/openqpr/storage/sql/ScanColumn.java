package io.openqpr.storage.sql;

import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanField;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// A column of the table of scans, and what stands in it. The one list from which rows are written:
/// by DuckDB's appender, by PostgreSQL's COPY, and read again by [ScanRows].
public sealed interface ScanColumn {

  String name();

  /// A `smallint`.
  record Small(String name, ToIntFunction<Scan> of) implements ScanColumn {}

  /// An `integer`.
  record Whole(String name, ToIntFunction<Scan> of) implements ScanColumn {}

  /// A `bigint`.
  record Big(String name, ToLongFunction<Scan> of) implements ScanColumn {}

  /// A `varchar`.
  record Text(String name, Function<Scan, @Nullable String> of) implements ScanColumn {}

  /// In the order of the table. That of ignored hits has two more behind them.
  List<ScanColumn> ALL = all();

  private static List<ScanColumn> all() {
    var columns = new ArrayList<ScanColumn>();
    columns.add(new Whole("account", scan -> scan.code().account()));
    columns.add(new Whole("code", scan -> scan.code().number()));
    columns.add(new Big("scanned_at", scan -> scan.scannedAt().toEpochMilli()));
    columns.add(new Text("id", scan -> scan.id().text()));
    columns.add(new Text("country", scan -> scan.place().country()));
    columns.add(new Text("region", scan -> scan.place().region()));
    columns.add(new Text("city", scan -> scan.place().city()));
    columns.add(new Small("device", scan -> scan.device().stored()));
    columns.add(new Big("device_key", Scan::deviceKey));
    columns.add(new Small("conversation", scan -> scan.conversation().status().ordinal()));
    columns.add(new Whole("messages", scan -> scan.conversation().messages()));
    columns.add(new Text("metadata", ScanColumn::metadata));
    for (ScanField detail : ScanField.details()) {
      columns.add(new Text(detail.text(), scan -> scan.details().get(detail)));
    }
    return List.copyOf(columns);
  }

  /// Nearly every code has none: nothing is stored then.
  private static @Nullable String metadata(Scan scan) {
    return scan.metadata().equals(QprCode.NO_METADATA) ? null : scan.metadata();
  }
}
