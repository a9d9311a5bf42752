package io.openqpr.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.EventType;
import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.storage.store.FeedEvent;
import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPage;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A database that was filled before there was a feed.
class FeedOfOldDatabaseTest {

  private static final List<String> BEFORE =
      List.of(
          "001_tables.sql",
          "001_postgres.sql",
          "002_visits.sql",
          "002_postgres.sql",
          "003_rules.sql",
          "004_request_counts.sql",
          "005_jobs.sql",
          "006_retention.sql",
          "007_counts_postgres.sql",
          "008_indexes_postgres.sql",
          "009_journal_tokens.sql");

  @Test
  void beginsWithWhatHappensAfterwards() throws Exception {
    String url = PostgresServer.newDatabase();
    write(url);
    check(url);
  }

  @Test
  void doesSoOnSeveralMachines() throws Exception {
    CitusServer.isOffered();
    String url = CitusServer.newSchemaOfFewParts();
    write(url);
    check(url);
  }

  private static void check(String url) {
    try (Store store = PostgresStore.open(PostgresUrl.parse(url))) {
      FeedPage page = store.feed().page(FeedPlace.START, FeedFilter.ALL, 10);
      assertThat(page.events()).isEmpty();
      assertThat(page.next().positions()).containsEntry(1, 4_711L);

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
      assertThat(store.feed().head().positions()).containsValue(99L);
      assertThat(store.webhooks().of(1)).isEmpty();
    }
  }

  private static void write(String url) throws IOException {
    for (String script : BEFORE) {
      PostgresServer.execute(url, text("/io/openqpr/storage/sql/" + script));
    }
    for (String statement :
        List.of(
            "create table schema_version (version integer not null)",
            "insert into schema_version values (" + BEFORE.size() + ")",
            "insert into accounts (number, id, name, created_at) values (1, 'acct_1', 'One', 0)",
            "insert into codes values (1, 1, 'qpr_1', 'abcdef', 'n', 'p', null, null, 'active',"
                + " null, '{}', 0, 0, 0)",
            "insert into journals values ('journal_a', 4711, 't')",
            "create table scans_1970_01 partition of scans for values from (0) to (2678400000)",
            "insert into scans (account, code, scanned_at, id, device, device_key, conversation,"
                + " messages) values (1, 1, 1000, 'scan_1', 0, 7, 0, 0)")) {
      PostgresServer.execute(url, statement);
    }
  }

  private static String text(String resource) throws IOException {
    try (var in = FeedOfOldDatabaseTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
