package io.openqpr.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.platform.disk.Disk;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// DuckDB in its fatal state answers nothing until its file was closed and opened again.
class RevivalTest {

  private static final DuckDbOptions OPTIONS =
      new DuckDbOptions(2, 1, 16, Duration.ofSeconds(30), 256L << 20, 2);

  @TempDir Path directory;

  @Test
  void aFileInItsFatalStateIsOpenedAgainWithAllThatWasCommitted() throws Exception {
    try (var database = DuckDb.open(Disk.ofMachine(), directory.resolve("test.duckdb"), OPTIONS)) {
      database.write(sql -> sql.execute("create table t (n integer)"));
      database.write(sql -> sql.execute("insert into t values (1)"));

      assertThatThrownBy(() -> breakOff(database))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));

      awaitThere(database);
      database.write(sql -> sql.execute("insert into t values (3)"));
      // What failed was committed before, or not: the journal's position tells, in the same commit.
      assertThat(numbers(database)).isIn("1,3", "1,2,3");
    }
    try (var database = DuckDb.open(Disk.ofMachine(), directory.resolve("test.duckdb"), OPTIONS)) {
      assertThat(numbers(database)).startsWith("1,").endsWith("3");
    }
  }

  /// A checkpoint that ends as one on a full disk does.
  private static void breakOff(DuckDb database) {
    database.write(sql -> sql.execute("set global debug_checkpoint_abort = 'before_header'"));
    database.write(sql -> sql.execute("set global checkpoint_threshold = '1B'"));
    database.write(sql -> sql.execute("insert into t values (2)"));
    database.read(sql -> sql.fetchValue("select 1"));
  }

  private static void awaitThere(DuckDb database) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!database.isThere()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static String numbers(DuckDb database) {
    return database.read(sql ->
        String.valueOf(sql.fetchValue("select string_agg(n::varchar, ',' order by n) from t")));
  }
}
