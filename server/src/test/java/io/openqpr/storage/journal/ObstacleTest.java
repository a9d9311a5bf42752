package io.openqpr.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.Logbook;
import io.openqpr.platform.disk.Disk;
import io.openqpr.storage.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the journal says of itself when scans are not taken, or get nowhere.
class ObstacleTest {

  /// Every write begins a file.
  private static final Limits ONE_A_FILE =
      new Limits(1_000, 1 << 20, 1, Duration.ofHours(1), 100, Duration.ofMillis(1), Duration.ZERO);

  @TempDir Path folder;

  private final MemoryScans store = new MemoryScans();

  @Test
  void aDiskThatWorksAgainIsFoundThoughNobodyScans() throws Exception {
    try (var log = new Logbook();
        Journal journal = open(ONE_A_FILE)) {
      journal.record(SomeScans.captured(1));
      assertThat(journal.state().obstacle()).isNull();

      takeTheDiskAway();
      assertThat(journal.record(SomeScans.captured(2))).isEqualTo(Receipt.DISK_FAILED);
      assertThat(journal.record(SomeScans.captured(3))).isEqualTo(Receipt.DISK_FAILED);
      assertThat(journal.state().obstacle()).isEqualTo(Obstacle.DISK_FAILED);
      giveTheDiskBack();

      await(() -> journal.state().obstacle() == null);
      assertThat(journal.record(SomeScans.captured(4))).isEqualTo(Receipt.DURABLE);
      takeTheDiskAway();
      assertThat(journal.record(SomeScans.captured(5))).isEqualTo(Receipt.DISK_FAILED);
      giveTheDiskBack();
      // It is logged just after it is so.
      await(() -> log.entriesWith("the journal can be written again").size() == 2);
      assertThat(log.entriesWith("the journal cannot be written")).hasSize(2);
      journal.awaitApplied();
    }
    assertThat(store.applied()).containsExactly(SomeScans.captured(1), SomeScans.captured(4));
  }

  @Test
  void aStoreTooFarBehindIsOne() throws Exception {
    store.refuse(true);
    var brief =
        new Limits(
            1_000, 500, 4_096, Duration.ofHours(1), 100, Duration.ofMillis(1), Duration.ZERO);
    try (Journal journal = open(brief)) {
      for (int n = 0; journal.record(SomeScans.captured(n)) == Receipt.DURABLE; n++) {
        assertThat(n).isLessThan(100);
      }
      assertThat(journal.state().obstacle()).isEqualTo(Obstacle.BACKLOG_FULL);

      store.refuse(false);
      journal.awaitApplied();
      assertThat(journal.state().obstacle()).isNull();
    }
  }

  @Test
  void aStoreThatSaysItIsAwayIsNone() throws Exception {
    store.refuse(true);
    try (Journal journal = open(Limits.DEFAULT)) {
      journal.record(SomeScans.captured(1));
      await(() -> journal.state().storeFailures() > 2);

      assertThat(journal.state().obstacle()).isNull();
      assertThat(journal.state().failing()).isTrue();
    }
  }

  @Test
  void aStoreThatFailsForAnotherReasonForLongIsOne() throws Exception {
    store.refuseWith(new StoreException(StoreException.Kind.BROKEN, "no such column"));
    try (Journal journal = open(Limits.DEFAULT)) {
      journal.record(SomeScans.captured(1));
      await(() -> journal.state().storeFailures() > 1);

      assertThat(journal.obstacle(System.nanoTime())).isNull();
      assertThat(journal.obstacle(System.nanoTime() + Duration.ofMinutes(2).toNanos()))
          .isEqualTo(Obstacle.APPLIER_STUCK);
    }
  }

  @Test
  void itsEndIsOne() {
    Journal journal = open(Limits.DEFAULT);
    journal.close();

    assertThat(journal.state().obstacle()).isEqualTo(Obstacle.CLOSED);
  }

  private Journal open(Limits limits) {
    return Journal.open(
        JournalSite.of(Disk.ofMachine(), folder.resolve("journal"), RandomGenerator.getDefault()),
        () -> "journal_test",
        store,
        limits);
  }

  private void takeTheDiskAway() throws IOException {
    Files.move(folder.resolve("journal"), folder.resolve("away"));
  }

  private void giveTheDiskBack() throws IOException {
    Files.move(folder.resolve("away"), folder.resolve("journal"));
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
