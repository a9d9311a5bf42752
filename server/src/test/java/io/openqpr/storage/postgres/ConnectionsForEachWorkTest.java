package io.openqpr.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who asks much stands in nobody's way who scans, and ends no connection.
class ConnectionsForEachWorkTest {

  private final Postgres database =
      PostgresOpening.open(PostgresUrl.parse(PostgresServer.newDatabase()));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    threads.close();
    database.close();
  }

  @Test
  void visitorsAndTheJournalDoNotWaitForRequests() throws Exception {
    whileAllAreBusy(() -> {
      assertThat(database.<Integer>lookUp(_ -> 1)).isEqualTo(1);
      assertThat(database.<Integer>append(Work.JOURNAL, _ -> 2)).isEqualTo(2);
      return null;
    });
  }

  @Test
  void aBusyPoolSaysSoAndKeepsItsConnections() throws Exception {
    Set<Object> before =
        whileAllAreBusy(() -> {
          assertThatThrownBy(() -> database.read(sql -> 1))
              .isInstanceOfSatisfying(
                  StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BUSY));
          return null;
        });
    assertThat(whileAllAreBusy(() -> null)).isEqualTo(before);
    assertThat(database.refused().get("request").getAsLong()).isEqualTo(1);
  }

  @Test
  void deadConnectionsAreReplaced() throws Exception {
    Set<Object> before = whileAllAreBusy(() -> null);
    database.lookUp(sql ->
        sql.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
                + " 'openqpr' and datname = current_database() and pid <> pg_backend_pid()"));
    assertThat(database.<Integer>read(_ -> 1)).isEqualTo(1);
    assertThat(whileAllAreBusy(() -> null)).doesNotContainAnyElementsOf(before);
  }

  /// @return the processes of the database that answer requests
  private Set<Object> whileAllAreBusy(Callable<Void> work) throws Exception {
    int all = Work.REQUESTS.connections();
    var busy = new CountDownLatch(all);
    var end = new CountDownLatch(1);
    var processes =
        Stream.generate(() -> threads.submit(() -> process(busy, end))).limit(all).toList();
    try {
      busy.await();
      work.call();
    } finally {
      end.countDown();
    }
    var found = new HashSet<Object>();
    for (Future<Object> process : processes) {
      found.add(process.get());
    }
    return found;
  }

  private Object process(CountDownLatch busy, CountDownLatch end) {
    return database.read(sql -> {
      Object process = sql.fetchValue("select pg_backend_pid()");
      busy.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return process;
    });
  }
}
