package io.openqpr.storage.duckdb;

import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.disk.Disk;
import io.openqpr.storage.sql.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/// Opens the file, and says in words for an operator why it cannot.
final class DuckDbOpening {

  private static final Migrations MIGRATIONS =
      new Migrations(
          List.of(
              "001_tables.sql",
              "001_duckdb.sql",
              "002_visits.sql",
              "003_rules.sql",
              "005_jobs.sql",
              "006_retention.sql",
              "009_journal_tokens.sql",
              "010_feed.sql",
              "010_feed_duckdb.sql",
              "011_webhooks.sql"));

  private DuckDbOpening() {}

  static DuckDb open(Disk disk, Path file, DuckDbOptions options) {
    prepareDirectory(disk, Disk.directoryOf(file));
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new CannotStartException(file + " cannot be written; let this user own it");
    }
    DuckDb database;
    try {
      database = DuckDb.open(disk, file, options);
    } catch (SQLException e) {
      throw new CannotStartException(why(file, String.valueOf(e.getMessage())));
    }
    try {
      MIGRATIONS.run(database, file.toString());
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static void prepareDirectory(Disk disk, Path directory) {
    try {
      disk.makeDirectories(directory);
    } catch (IOException e) {
      throw new CannotStartException("the directory " + directory + " cannot be made: " + e);
    }
    // DuckDB keeps its log and overflow files beside the file.
    if (!Files.isWritable(directory)) {
      throw new CannotStartException(
          "the directory " + directory + " cannot be written; let this user own it");
    }
  }

  private static String why(Path file, String message) {
    if (message.contains("Could not set lock")) {
      return file
          + " is in use by another process; stop the other OpenQPR, or use another data directory";
    }
    if (message.contains("not a valid DuckDB database file")) {
      return file + " is not a database of OpenQPR; move it away, or use another data directory";
    }
    return file + " cannot be opened: " + message.lines().findFirst().orElse("");
  }
}
