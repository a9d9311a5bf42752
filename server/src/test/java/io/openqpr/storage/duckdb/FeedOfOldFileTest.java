package io.openqpr.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.EventType;
import io.openqpr.platform.disk.Disk;
import io.openqpr.storage.store.FeedEvent;
import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPage;
import io.openqpr.storage.store.FeedPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that was written before there was a feed.
class FeedOfOldFileTest {

  private static final List<String> BEFORE =
      List.of(
          "001_tables.sql",
          "001_duckdb.sql",
          "002_visits.sql",
          "003_rules.sql",
          "005_jobs.sql",
          "006_retention.sql",
          "009_journal_tokens.sql");

  @TempDir Path directory;

  @Test
  void beginsWithWhatHappensAfterwards() throws Exception {
    Path file = directory.resolve("old.duckdb");
    write(file);

    try (var store = DuckDbStore.open(Disk.ofMachine(), file, DuckDbOptions.defaults())) {
      FeedPage page = store.feed().page(FeedPlace.START, FeedFilter.ALL, 10);
      assertThat(page.events()).isEmpty();
      assertThat(page.next().positions()).containsEntry(1, 4_711L).hasSize(2);

      var code = store.codes().afterNumber(0, 10).getFirst();
      store
          .codes()
          .update(1, code.ref().id(), old -> old.deleted(Instant.parse("2026-03-20T15:30:00Z")));
      store.scans().apply("journal_new", 99, List.of());

      page = store.feed().page(page.next(), FeedFilter.ALL, 10);
      assertThat(page.events()).extracting(FeedEvent::type).containsExactly(EventType.CODE_DELETED);
      assertThat(page.events().getFirst().subject())
          .isInstanceOfSatisfying(
              FeedEvent.Subject.OfCode.class, of -> assertThat(of.scansTotal()).isEqualTo(1));
      assertThat(store.feed().head().positions()).containsEntry(3, 99L);
    }
  }

  private static void write(Path file) throws SQLException, IOException {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement sql = connection.createStatement()) {
      for (String script : BEFORE) {
        sql.execute(text("/io/openqpr/storage/sql/" + script));
      }
      sql.execute("create table schema_version (version integer not null)");
      sql.execute("insert into schema_version values (" + BEFORE.size() + ")");
      sql.execute("insert into accounts values (1, 'acct_1', 'One', 0, null)");
      sql.execute(
          "insert into codes values (1, 1, 'qpr_1', 'abcdef', 'n', 'p', null, null, 'active',"
              + " null, '{}', 0, 0, 0)");
      sql.execute("insert into journals values ('journal_a', 4711, 't'), ('journal_b', 5, null)");
      sql.execute(
          "insert into scans values (1, 1, 1000, 'scan_1', null, null, null, 0, 7, 0, 0, null,"
              + " null, null, null, null, null)");
    }
  }

  private static String text(String resource) throws IOException {
    try (var in = FeedOfOldFileTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
