package io.openqpr.storage.duckdb;

import io.openqpr.platform.disk.Disk;
import io.openqpr.platform.disk.DiskFile;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
/// when the database is opened, and at once when it cannot be finished.
final class CompactFile {

  private static final String TABLES =
      "select table_name from duckdb_tables() where database_name = '%s' order by table_name";

  /// What stays free for the journal while there are two files.
  private static final long ROOM_FOR_OTHERS = 128L << 20;

  private final Disk disk;
  private final Path file;
  private final Path fresh;
  private final Path due;
  private final Path directory;

  CompactFile(Disk disk, Path file) {
    this.disk = disk;
    this.file = file;
    this.fresh = beside(".compact");
    this.due = beside(".erased");
    this.directory = Disk.directoryOf(file);
    removeFresh();
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  Path file() {
    return file;
  }

  /// Notes that something is to go, before it does: a note too many costs one compaction.
  void due() {
    if (isDue()) {
      return;
    }
    try {
      disk.replace(due, new byte[0], Disk.Access.USUAL);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  boolean isDue() {
    return disk.exists(due);
  }

  /// Writes the new file, while nothing is changed in the other.
  void write(Connection root) {
    removeFresh();
    mustHaveRoom();
    boolean written = false;
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
        written = true;
      } finally {
        statement.execute("detach compact");
      }
    } catch (SQLException e) {
      throw DuckDbErrors.translated(e);
    } finally {
      if (!written) {
        removeFreshQuietly();
      }
    }
  }

  /// The new file is no larger than the other with its log. One that filled the disk would take the
  /// room from the journal, and with it the scans.
  private void mustHaveRoom() {
    try {
      long needed = size(file) + size(beside(".wal")) + ROOM_FOR_OTHERS;
      long free = disk.freeBytes(file);
      if (free < needed) {
        throw new StoreException(
            Kind.UNAVAILABLE,
            "the file cannot be compacted: it needs %,d MB of free space, and %,d MB are there"
                .formatted(needed >> 20, free >> 20));
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private long size(Path of) throws IOException {
    if (!disk.exists(of)) {
      return 0;
    }
    try (DiskFile opened = disk.openToRead(of)) {
      return opened.size();
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
    if (disk.exists(beside(".wal")) || disk.exists(beside(".compact.wal"))) {
      removeFreshQuietly();
      throw new StoreException(
          Kind.BROKEN, "compaction is given up: a file was not closed cleanly, its log is there");
    }
    try {
      try (DiskFile written = disk.open(fresh)) {
        written.sync();
      }
      disk.move(fresh, file);
      disk.syncDirectory(directory);
      disk.delete(due);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void removeFresh() {
    try {
      disk.delete(fresh);
      disk.delete(beside(".compact.wal"));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void removeFreshQuietly() {
    disk.deleteQuietly(fresh);
    disk.deleteQuietly(beside(".compact.wal"));
  }

  private static StoreException failed(IOException e) {
    Kind kind = e instanceof NoSuchFileException ? Kind.BROKEN : Kind.UNAVAILABLE;
    return new StoreException(kind, "the file cannot be compacted: " + e.getMessage(), e);
  }
}
