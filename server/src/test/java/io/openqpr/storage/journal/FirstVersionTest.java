package io.openqpr.storage.journal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// A journal of twenty scans in two files, recorded with the first version and not applied there.
class FirstVersionTest {

  private static final String SECOND = "00000000000000002156.journal";

  private final JournalBench bench;

  FirstVersionTest() throws IOException {
    bench = new JournalBench(1, false, false);
    put("name", recorded("name"));
    put("00000000000000000000.journal", unpacked("00000000000000000000.journal"));
    put(SECOND, unpacked(SECOND));
  }

  @Test
  void isTakenInOnceAndGoneOnWith() throws IOException {
    bench.start();
    bench.apply();
    bench.mustHold(0, 20);
    bench.scans(20, 40);
    bench.kill();

    bench.start();
    bench.apply();

    bench.mustHold(0, 40);
  }

  @Test
  void itsTornEndIsNoDamage() throws IOException {
    byte[] last = unpacked(SECOND);
    int end = last.length;
    while (last[end - 1] == 0) {
      end--;
    }
    put(SECOND, Arrays.copyOf(last, end - 10));

    bench.start();
    bench.apply();

    bench.mustHold(0, 19);
  }

  private void put(String name, byte[] bytes) {
    bench.disk.put(JournalBench.DIRECTORY.resolve(name), bytes);
  }

  private static byte[] unpacked(String name) throws IOException {
    try (var packed = new GZIPInputStream(open(name + ".gz"))) {
      return packed.readAllBytes();
    }
  }

  private static byte[] recorded(String name) throws IOException {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    }
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(
        FirstVersionTest.class.getResourceAsStream("first-version/" + name));
  }
}
