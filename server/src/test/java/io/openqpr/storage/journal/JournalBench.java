package io.openqpr.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.platform.disk.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A journal step by step, on a disk in memory, before a store in memory.
final class JournalBench {

  static final Path DIRECTORY = Path.of("/data/journal");

  static final Limits LIMITS =
      new Limits(
          1_000, 1 << 20, 1_024, Duration.ofHours(1), 100, Duration.ofMillis(20), Duration.ZERO);

  final MemoryDisk disk;
  final SimulatedStore store;
  final JournalSite site;
  long nanos = 1;
  private @Nullable EventLog log;

  /// @param shared whether the store's commits are visible before they are on its disk
  JournalBench(long seed, boolean shared) throws IOException {
    this(seed, shared, true);
  }

  JournalBench(long seed, boolean shared, boolean started) throws IOException {
    var random = new SplittableRandom(seed);
    disk = new MemoryDisk(random.split());
    store = new SimulatedStore(random.split(), shared);
    site = new JournalSite(disk, DIRECTORY, random.split(), () -> nanos);
    if (started) {
      start();
    }
  }

  EventLog log() {
    return Objects.requireNonNull(log);
  }

  /// Answered one by one.
  Receipt scan(int n) {
    Append append = log().offer(SomeScans.captured(n));
    log().commit.step(log().commit.next());
    Receipt receipt = append.receipt();
    assertThat(receipt).isNotNull();
    return receipt;
  }

  void scans(int from, int until) {
    for (int n = from; n < until; n++) {
      assertThat(scan(n)).isEqualTo(Receipt.DURABLE);
    }
  }

  void apply() {
    while (log().progress.applied() < log().progress.synced()) {
      log().applier.step();
    }
  }

  void kill() {
    disk.processKilled();
  }

  void start() throws IOException {
    log = EventLog.open(site, () -> "journal_1", store, LIMITS);
  }

  List<String> repair() {
    return JournalRepair.run(site, () -> "journal_2", store, LIMITS);
  }

  void mustHold(int from, int until) {
    assertThat(store.rows()).hasSize(until - from);
    for (int n = from; n < until; n++) {
      assertThat(store.rows().get("scan_" + n)).as("scan_" + n).isNotNull();
      assertThat(store.rows().get("scan_" + n).times()).isEqualTo(1);
    }
  }

  List<Path> files() {
    return disk.list(DIRECTORY).stream().filter(file -> file.toString().endsWith("l")).toList();
  }
}
