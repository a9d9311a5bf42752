package io.openqpr.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.platform.disk.MemoryDisk.Ended;
import io.openqpr.platform.disk.MemoryDisk.Fate;
import io.openqpr.platform.disk.MemoryDisk.Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What lies between a write and its sync.
class PowerCutTest {

  private static final int SEEDS = 40;

  @Test
  void aTailThatWasNeverAnsweredIsNoDamage() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      var bench = new JournalBench(seed, false);
      bench.scans(0, 3);
      endAtSync(bench, 3);
      bench.disk.powerCut();

      bench.start();
      bench.scans(10, 12);
      bench.apply();

      assertThat(bench.store.rows()).containsKeys("scan_0", "scan_2", "scan_10", "scan_11");
    }
  }

  /// What a killed process wrote is there for the next one; it must be there for the one after a
  /// power cut too, when the store has it.
  @Test
  void whatTheStoreHasOfAKilledProcessIsOnTheDisk() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      var bench = new JournalBench(seed, false);
      bench.scans(0, 3);
      endAtSync(bench, 3);
      bench.kill();
      bench.start();
      bench.apply();
      bench.mustHold(0, 4);
      bench.disk.powerCut();

      bench.start();
      bench.scans(4, 6);
      bench.apply();
      bench.mustHold(0, 6);
    }
  }

  /// A start marks the file before: from then on the new one must not be lost, wherever the power
  /// fails.
  @Test
  void aFileWhoseNameAKilledProcessDidNotSyncOutlivesAPowerCutWithinTheStart() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      for (int operations = 1; operations < 20; operations++) {
        var bench = new JournalBench(seed, false);
        scanUntilTheEnd(bench, Operation.SYNC_DIRECTORY, 1);
        bench.kill();
        assertThat(bench.files()).hasSize(2);
        int[] left = {operations};
        bench.disk.follow(operation -> --left[0] <= 0 ? Fate.END : Fate.WORKS);
        try {
          bench.start();
        } catch (Ended e) {
          // as planned
        }
        bench.disk.follow(operation -> Fate.WORKS);
        bench.disk.powerCut();

        bench.start();
        bench.apply();
      }
    }
  }

  @Test
  void aFileIsMissedAfterAPowerCut() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      var bench = new JournalBench(seed, false);
      for (int n = 0; bench.files().size() < 2; n++) {
        bench.scans(n, n + 1);
      }
      bench.disk.powerCut();
      mustMissTheLast(bench);
    }
  }

  @Test
  void aFileIsMissedAlsoWhenAKilledProcessDidNotMarkTheOneBefore() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      var bench = new JournalBench(seed, false);
      scanUntilTheEnd(bench, Operation.SYNC, 2); // the new file's, and then the one before's
      bench.kill();
      bench.start();
      bench.disk.powerCut();
      mustMissTheLast(bench);
    }
  }

  private static void mustMissTheLast(JournalBench bench) {
    bench.disk.remove(bench.files().getLast());
    assertThatThrownBy(bench::start).hasMessageContaining("missing");
  }

  /// Scans until a file is begun, and ends there, before the operation of that number after.
  private static void scanUntilTheEnd(JournalBench bench, Operation end, int number) {
    bench.scans(0, 1);
    var begun = new AtomicBoolean();
    var left = new AtomicInteger(number);
    bench.disk.follow(operation -> {
      begun.compareAndSet(false, operation == Operation.CREATE);
      boolean ends = begun.get() && operation == end && left.decrementAndGet() == 0;
      return ends ? Fate.END : Fate.WORKS;
    });
    for (int n = 1; left.get() > 0; n++) {
      try {
        bench.scan(n);
      } catch (Ended e) {
        // as planned
      }
    }
    bench.disk.follow(operation -> Fate.WORKS);
  }

  @Test
  void aFolderThatIsGoneIsNoticedAtTheNextScanAndWithoutOne() throws IOException {
    var bench = new JournalBench(1, false);
    bench.scans(0, 3);
    bench.disk.removeFolder(JournalBench.DIRECTORY);

    bench.log().commit.step(null);

    assertThat(bench.log().commit.obstacle()).isEqualTo(Obstacle.DISK_FAILED);
    assertThat(bench.scan(3)).isEqualTo(Receipt.DISK_FAILED);
  }

  @Test
  void aScanIntoAFileThatIsGoneForAMomentIsNotAnswered() throws IOException {
    var bench = new JournalBench(1, false);
    bench.scans(0, 1);
    bench.disk.remove(bench.files().getLast());
    bench.nanos += Duration.ofMillis(11).toNanos();

    assertThat(bench.scan(1)).isEqualTo(Receipt.DISK_FAILED);
  }

  /// Another folder in its place, as one that is mounted over it, has not what the store needs.
  @Test
  void aNewFileIsNotBegunWhereTheOthersAreGone() throws IOException {
    var bench = new JournalBench(1, false);
    bench.scans(0, 1);
    bench.disk.removeFolder(JournalBench.DIRECTORY);
    bench.disk.makeDirectories(JournalBench.DIRECTORY);
    bench.nanos += Duration.ofMillis(11).toNanos();

    assertThat(bench.scan(1)).isEqualTo(Receipt.DISK_FAILED);
    assertThat(bench.scan(2)).isEqualTo(Receipt.DISK_FAILED);
    assertThat(bench.files()).isEmpty();
  }

  private static void endAtSync(JournalBench bench, int scan) {
    var ended = new AtomicBoolean();
    bench.disk.follow(operation -> {
      if (operation == Operation.SYNC) {
        ended.set(true);
      }
      return ended.get() ? Fate.END : Fate.WORKS;
    });
    try {
      bench.scan(scan);
    } catch (Ended e) {
      // within the group
    }
    bench.disk.follow(operation -> Fate.WORKS);
  }
}
