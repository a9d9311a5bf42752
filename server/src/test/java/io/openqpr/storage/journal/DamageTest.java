package io.openqpr.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.platform.disk.MemoryDisk.Ended;
import io.openqpr.platform.disk.MemoryDisk.Fate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Files that are not what they were: told in one line, and never passed over in silence.
class DamageTest {

  private final JournalBench bench;

  DamageTest() throws IOException {
    bench = new JournalBench(1, true);
  }

  @Test
  void aFlippedBitIsToldByFileAndPositionAndTheRestIsTakenInOnDemand() throws IOException {
    bench.scans(0, 30);
    bench.kill();
    Path file = bench.files().getFirst();
    byte[] bytes = bench.disk.bytes(file);
    bytes[Frames.SEGMENT_HEADER_BYTES + 40] ^= 1;
    bench.disk.put(file, bytes);

    assertThatThrownBy(bench::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + " at position 0: it cannot be read")
        .hasMessageContaining("about 1 scans")
        .hasMessageContaining("./qpr journal repair");
    List<String> told = bench.repair();
    bench.start();

    assertThat(told)
        .anyMatch(line -> line.startsWith("lost: " + file + " at position 0"))
        .contains("29 scans and reports were taken into the store");
    bench.mustHold(1, 30);
    bench.scans(30, 40);
    bench.apply();
    bench.mustHold(1, 40);
  }

  @Test
  void aMissingFileIsMissedWhereverItWas() throws IOException {
    bench.scans(0, 30);
    bench.kill();
    assertThat(bench.files()).hasSizeGreaterThan(2);
    for (Path file : bench.files()) {
      byte[] bytes = bench.disk.bytes(file);
      bench.disk.remove(file);

      assertThatThrownBy(bench::start).as("without " + file).hasMessageContaining("missing");

      bench.disk.put(file, bytes);
    }
    bench.start();
    bench.apply();
    bench.mustHold(0, 30);
  }

  @Test
  void aFileOnceBegunIsMissedAfterAPowerCutToo() throws IOException {
    bench.scans(0, 30);
    bench.kill();
    bench.start(); // whatever the files had not on the disk yet, they have now
    bench.disk.powerCut();
    bench.disk.remove(bench.files().getLast());

    assertThatThrownBy(bench::start).hasMessageContaining("missing");
  }

  @Test
  void anEmptiedOrHalvedFileIsTold() throws IOException {
    int event = EventCodec.encode(SomeScans.captured(0)).length;
    int withinTheSecond = Frames.SEGMENT_HEADER_BYTES + event + event / 2;
    bench.scans(0, 30);
    bench.kill();
    for (Path file : bench.files()) {
      byte[] bytes = bench.disk.bytes(file);
      for (int left : new int[] {0, 20, 40, withinTheSecond}) {
        bench.disk.put(file, Arrays.copyOf(bytes, left));
        assertThatThrownBy(bench::start)
            .as("%s of %d bytes", file, left)
            .isInstanceOf(IOException.class)
            .hasMessageContaining(file.toString());
      }
      bench.disk.put(file, bytes);
    }
  }

  @Test
  void aFileWithoutItsBeginningIsNoneOfAnOlderVersion() throws IOException {
    bench.scans(0, 3);
    bench.kill();
    Path file = bench.files().getFirst();
    byte[] bytes = bench.disk.bytes(file);
    Arrays.fill(bytes, 0, Frames.SEGMENT_HEADER_BYTES, (byte) 0);
    bench.disk.put(file, bytes);

    assertThatThrownBy(bench::start).hasMessage(file + ": its beginning is gone");
  }

  @Test
  void anyBitOfAFilesBeginningCounts() throws IOException {
    bench.scans(0, 3);
    bench.kill();
    Path file = bench.files().getFirst();
    for (int bit = 0; bit < 8 * 28; bit++) {
      byte[] bytes = bench.disk.bytes(file);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      bench.disk.put(file, bytes);
      assertThatThrownBy(bench::start).as("bit " + bit).isInstanceOf(IOException.class);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      bench.disk.put(file, bytes);
    }
  }

  @Test
  void aStrangeFileIsTold() {
    bench.kill();
    bench.disk.put(JournalBench.DIRECTORY.resolve("foo.journal"), new byte[] {1, 2, 3});

    assertThatThrownBy(bench::start).hasMessageContaining("foo.journal is no file of the journal");
  }

  @Test
  void aLostNameIsTold() {
    bench.scans(0, 3);
    bench.kill();
    bench.disk.remove(JournalBench.DIRECTORY.resolve(Identity.FILE));

    assertThatThrownBy(bench::start)
        .hasMessageContaining("has lost its name")
        .hasMessageContaining("journal repair");
  }

  @Test
  void anotherDatabaseIsRefused() throws IOException {
    bench.scans(0, 3);
    bench.apply();
    bench.kill();
    var other = new SimulatedStore(new java.util.SplittableRandom(2), false);

    assertThatThrownBy(() -> EventLog.open(bench.site, () -> "other", other, JournalBench.LIMITS))
        .hasMessageContaining("is the journal of another database");
  }

  @Test
  void whatARepairSetAsideIsThereAfterAPowerCut() throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      var cut = new JournalBench(seed, true);
      cut.scans(0, 30);
      cut.kill();
      Path lost = cut.files().getFirst();
      cut.disk.remove(lost);
      List<Path> files = cut.files();

      cut.repair();
      cut.disk.powerCut();

      Path aside = JournalBench.DIRECTORY.resolve("repaired-1");
      assertThat(cut.disk.list(aside))
          .isEqualTo(files.stream().map(file -> aside.resolve(file.getFileName())).toList());
      assertThat(cut.files()).hasSize(1);
    }
  }

  /// Wherever the power fails, another run does what the first one would have done.
  @Test
  void aRepairThatIsBrokenOffIsRunAgain() throws IOException {
    int broken = 0;
    for (int operations = 1; operations < 60; operations++) {
      var again = new JournalBench(operations, true);
      again.scans(0, 30);
      again.kill();
      Path file = again.files().getFirst();
      byte[] bytes = again.disk.bytes(file);
      bytes[Frames.SEGMENT_HEADER_BYTES + 40] ^= 1;
      again.disk.put(file, bytes);

      int[] left = {operations};
      again.disk.follow(operation -> --left[0] <= 0 ? Fate.END : Fate.WORKS);
      try {
        again.repair();
      } catch (Ended e) {
        broken++;
      }
      again.disk.follow(operation -> Fate.WORKS);
      again.disk.powerCut();
      again.store.crash();
      if (left[0] <= 0) {
        again.repair();
      }
      again.start();
      again.apply();
      again.mustHold(1, 30);
      again.kill();
    }
    assertThat(broken).isBetween(10, 58);
  }
}
