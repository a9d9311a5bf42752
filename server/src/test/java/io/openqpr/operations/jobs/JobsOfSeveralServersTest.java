package io.openqpr.operations.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.platform.ClockWatch;
import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.platform.job.Job;
import io.openqpr.storage.postgres.PostgresServer;
import io.openqpr.storage.postgres.PostgresStore;
import io.openqpr.storage.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Three servers on one database, which look for work at the same moments.
class JobsOfSeveralServersTest {

  private static final Instant START = Instant.parse("2026-03-20T00:00:00Z");

  private final List<Store> stores = new ArrayList<>();

  @BeforeEach
  void open() {
    PostgresUrl url = PostgresUrl.parse(PostgresServer.newDatabase());
    for (int i = 0; i < 3; i++) {
      stores.add(PostgresStore.open(url));
    }
  }

  @AfterEach
  void close() {
    stores.forEach(Store::close);
  }

  @Test
  void everythingThatIsDueIsDoneOnce() {
    var hourly = new AtomicInteger();
    var daily = new AtomicInteger();
    var jobs =
        List.of(
            Job.simple("hourly", Duration.ofHours(1), hourly::incrementAndGet),
            Job.simple("daily", Duration.ofDays(1), daily::incrementAndGet));
    for (int hour = 0; hour < 48; hour++) {
      Clock clock = Clock.fixed(START.plus(Duration.ofHours(hour)), ZoneOffset.UTC);
      try (var servers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Store store : stores) {
          servers.execute(
              Jobs.byHand(store.jobs(), jobs, clock, new ClockWatch(clock, () -> 0))::doAllDue);
        }
      }
    }
    assertThat(hourly).hasValue(48);
    assertThat(daily).hasValue(2);
  }
}
