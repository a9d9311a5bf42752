package io.openqpr.capture.visitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.model.Cidr;
import io.openqpr.platform.CannotStartException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataCentersTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {4, 16})
  void findsWhatAskingEachRangeFinds(int bytes) throws Exception {
    var random = new Random(7);
    List<Cidr> ranges = Stream.generate(() -> range(random, bytes)).limit(300).toList();
    var centers = new DataCenters(ranges);
    for (int i = 0; i < 20_000; i++) {
      InetAddress address = address(random, bytes);
      assertThat(centers.contain(address))
          .as(address.getHostAddress())
          .isEqualTo(ranges.stream().anyMatch(range -> range.contains(address)));
    }
  }

  @Test
  void readsOneRangeALineWithComments() throws Exception {
    Path file = directory.resolve("ranges.txt");
    Files.writeString(
        file, "# ours\n\n192.0.2.0/24\n  198.51.100.7 # one\n2001:db8::/32\n10.1.2.3/8\n");
    DataCenters centers = DataCenters.read(file);
    for (String inside : List.of("192.0.2.255", "198.51.100.7", "2001:db8:1::1", "10.9.9.9")) {
      assertThat(centers.contain(InetAddress.ofLiteral(inside))).as(inside).isTrue();
    }
    for (String outside : List.of("192.0.3.0", "198.51.100.8", "2001:db9::", "9.255.255.255")) {
      assertThat(centers.contain(InetAddress.ofLiteral(outside))).as(outside).isFalse();
    }
  }

  @Test
  void withoutAFileNobodyIsInADataCenter() {
    assertThat(DataCenters.read(null).contain(InetAddress.ofLiteral("0.0.0.0"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.0/33", "example.com", "192.0.2.0/", "192.0.2.1-192.0.2.9"})
  void namesTheLineThatIsNoRange(String line) throws Exception {
    Path file = Files.writeString(directory.resolve("ranges.txt"), "10.0.0.0/8\n" + line + "\n");
    assertThatThrownBy(() -> DataCenters.read(file))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("line 2");
  }

  // Few different bytes, so that ranges nest and addresses hit.
  private static InetAddress address(Random random, int bytes) {
    byte[] address = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      address[i] = (byte) (random.nextBoolean() ? 0 : random.nextInt(4) * 85);
    }
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Cidr range(Random random, int bytes) {
    return new Cidr(address(random, bytes), 4 + random.nextInt(bytes * 8 - 3));
  }
}
