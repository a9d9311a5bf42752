package io.openqpr.storage.parquet;

import static java.util.stream.Collectors.joining;

import io.openqpr.model.Scan;
import io.openqpr.model.ScanField;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// A Parquet file in the making: scans are added, then the whole is copied out. Columns are the
/// scan object's, then those of its details where they are wanted; `scanned_at` is a timestamp in
/// UTC, `metadata` and `params` are JSON as text.
///
/// Parquet ends with its index, so it cannot be written as it goes out. Scans wait in a file of
/// DuckDB's in a directory of their own, which is gone when this is closed.
public final class ParquetFile implements AutoCloseable {

  private static final String FILE = "scans.parquet";
  private static final String MEMORY = "128MB";

  private final Path directory;
  private final DuckDBConnection connection;
  private final Set<ScanField> fields;

  /// @param workspace an existing directory with room for the scans
  /// @param detailed whether details are written too
  public ParquetFile(Path workspace, boolean detailed) {
    this.fields = ScanField.of(detailed);
    try {
      directory = Files.createTempDirectory(workspace, "parquet");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      var settings = new Properties();
      settings.setProperty("memory_limit", MEMORY);
      settings.setProperty("threads", "1");
      connection =
          (DuckDBConnection)
              DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("scans"), settings);
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            fields.stream()
                .map(ParquetFile::column)
                .collect(joining(", ", "create table scans (", ")")));
      }
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  public void add(List<Scan> scans) {
    // An appender belongs to its thread, and each batch may come on another.
    try (DuckDBAppender rows = connection.createAppender("scans")) {
      for (Scan scan : scans) {
        append(rows, scan);
      }
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  private void append(DuckDBAppender rows, Scan scan) throws SQLException {
    rows.beginRow();
    for (ScanField field : fields) {
      switch (field.of(scan)) {
        case Instant time -> rows.append(time.atOffset(ZoneOffset.UTC).toLocalDateTime());
        case Boolean flag -> rows.append(flag.booleanValue());
        case Integer number -> rows.append(number.intValue());
        case null -> rows.appendNull();
        case Object text -> rows.append(text.toString());
      }
    }
    rows.endRow();
  }

  private static String column(ScanField field) {
    return field.text()
        + switch (field.kind()) {
          case TEXT, JSON -> " varchar";
          case TIME -> " timestamp";
          case FLAG -> " boolean";
          case NUMBER -> " integer";
        };
  }

  /// Makes the file whole; nothing can be added afterwards.
  public void write() {
    Path file = directory.resolve(FILE);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "copy (select * replace (scanned_at at time zone 'UTC' as scanned_at) from scans) to '"
              + file.toString().replace("'", "''")
              + "' (format parquet, compression zstd)");
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  /// Copies what was written.
  public void copyTo(OutputStream out) throws IOException {
    Files.copy(directory.resolve(FILE), out);
  }

  private static StoreException broken(SQLException e) {
    return new StoreException(Kind.BROKEN, String.valueOf(e.getMessage()), e);
  }

  @Override
  public void close() {
    try {
      connection.close();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (SQLException e) {
      throw broken(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
