package io.openqpr.storage.duckdb;

import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The file that takes the place of the database's. DuckDB marks deleted rows and forgets blocks
/// that are free, but overwrites neither, whatever its CHECKPOINT and VACUUM are told; only in a
/// new file, written from the rows that there are, the others are gone.
///
/// A crash at any moment leaves either file whole in its place; a part of the new one is removed
/// when the database is opened.
final class CompactFile {

  private static final String TABLES =
      "select table_name from duckdb_tables() where database_name = '%s' order by table_name";

  private final Path file;
  private final Path fresh;
  private final Path due;
  private final Path directory;

  CompactFile(Path file) {
    this.file = file;
    this.fresh = beside(".compact");
    this.due = beside(".erased");
    this.directory = file.toAbsolutePath().resolveSibling("").normalize();
    remove(fresh);
    remove(beside(".compact.wal"));
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  Path file() {
    return file;
  }

  /// Notes that something is to go, before it does: a note too many costs one compaction.
  void due() {
    try (var note = FileChannel.open(due, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      note.force(true);
      sync(directory);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  boolean isDue() {
    return Files.exists(due);
  }

  /// Writes the new file, while nothing is changed in the other.
  void write(Connection root) {
    remove(fresh);
    try (Statement statement = root.createStatement()) {
      statement.execute("attach '%s' as compact".formatted(fresh.toString().replace("'", "''")));
      try {
        String name = column(statement, "select current_database()").getFirst();
        statement.execute("copy from database \"%s\" to compact".formatted(name));
        Map<String, String> before = rows(statement, name);
        Map<String, String> after = rows(statement, "compact");
        if (!before.equals(after)) {
          throw new StoreException(
              Kind.BROKEN, "compaction wrote %s rows of %s".formatted(after, before));
        }
        statement.execute("checkpoint compact");
      } finally {
        statement.execute("detach compact");
      }
    } catch (SQLException e) {
      throw DuckDbErrors.translated(e);
    }
  }

  /// How many there are in each table.
  private static Map<String, String> rows(Statement statement, String database)
      throws SQLException {
    var rows = new TreeMap<String, String>();
    for (String table : column(statement, TABLES.formatted(database))) {
      String count = "select count(*) from \"%s\".\"%s\"".formatted(database, table);
      rows.put(table, column(statement, count).getFirst());
    }
    return rows;
  }

  private static List<String> column(Statement statement, String question) throws SQLException {
    var values = new ArrayList<String>();
    try (ResultSet rows = statement.executeQuery(question)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  /// Puts the new file into the place of the other, which nobody has open.
  void takeOver() {
    if (Files.exists(beside(".wal")) || Files.exists(beside(".compact.wal"))) {
      throw new StoreException(
          Kind.BROKEN, "compaction is given up: a file was not closed cleanly, its log is there");
    }
    try {
      sync(fresh);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      sync(directory);
      Files.deleteIfExists(due);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static void sync(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void remove(Path leftover) {
    try {
      Files.deleteIfExists(leftover);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static StoreException failed(IOException e) {
    Kind kind = e instanceof NoSuchFileException ? Kind.BROKEN : Kind.UNAVAILABLE;
    return new StoreException(kind, "the file cannot be compacted: " + e.getMessage(), e);
  }
}
