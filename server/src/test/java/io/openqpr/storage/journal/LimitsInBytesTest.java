package io.openqpr.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.platform.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The journal's steps, made by hand: what waits and what is applied at once is bounded in bytes.
class LimitsInBytesTest {

  private static final int ROOM = 3;
  private static final int FRAME_BYTES = EventCodec.encode(SomeScans.captured(0)).length;

  @TempDir Path directory;
  private final MemoryScans store = new MemoryScans();
  private EventLog log;

  @BeforeEach
  void open() throws IOException {
    var limits =
        new Limits(
            1_000,
            ROOM * FRAME_BYTES,
            1 << 20,
            1 << 20,
            Duration.ofHours(1),
            1_000,
            2 * FRAME_BYTES,
            Duration.ZERO,
            Duration.ZERO);
    var site = JournalSite.of(Disk.ofMachine(), directory, RandomGenerator.getDefault());
    log = EventLog.open(site, () -> "journal_test", store, limits);
  }

  @Test
  void whatWaitsForTheDiskIsRefusedBeyondItsBytesUntilTheyAreWritten() throws Exception {
    for (int round = 0; round < 3; round++) {
      var appends = new ArrayList<Append>();
      IntStream.range(0, ROOM + 1).forEach(n -> appends.add(log.offer(SomeScans.captured(n))));
      assertThat(appends.getLast().receipt()).isEqualTo(Receipt.QUEUE_FULL);
      assertThat(appends.getFirst().receipt()).isNull();

      log.commit.step(log.commit.next(Duration.ZERO));
      assertThat(appends.subList(0, ROOM)).allMatch(a -> a.receipt() == Receipt.DURABLE);
    }
    assertThat(log.commit.queueFull.sum()).isEqualTo(3);
  }

  @Test
  void whatIsAppliedAtOnceIsBoundedInBytes() throws Exception {
    IntStream.range(0, ROOM).forEach(n -> log.offer(SomeScans.captured(n)));
    log.commit.step(log.commit.next(Duration.ZERO));

    List<Integer> sizes = new ArrayList<>();
    for (int step = 0; step < 2; step++) {
      log.applier.step();
      sizes.add(store.applied().size());
    }
    assertThat(sizes).containsExactly(2, ROOM);
  }
}
