package io.openqpr.capture.visitor;

import io.openqpr.model.Cidr;
import io.openqpr.platform.CannotStartException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The address ranges of data centres, where no person scans. A lookup takes as many steps as the
/// number of ranges has binary digits, and makes no garbage.
public final class DataCenters {

  private record Range(byte[] first, byte[] last) {

    /// A range before those inside it.
    static final Comparator<Range> ORDER =
        Comparator.comparing(Range::first, Arrays::compareUnsigned)
            .thenComparing(Range::last, (a, b) -> Arrays.compareUnsigned(b, a));

    static Range of(Cidr cidr) {
      return new Range(withRest(cidr, 0), withRest(cidr, 0xFF));
    }

    /// The network's address with all bits behind the range's set alike.
    private static byte[] withRest(Cidr cidr, int filling) {
      byte[] address = cidr.network().getAddress();
      for (int i = 0; i < address.length; i++) {
        int kept = Math.clamp(cidr.bits() - i * 8L, 0, 8);
        int mask = 0xFF << (8 - kept);
        address[i] = (byte) (address[i] & mask | filling & ~mask);
      }
      return address;
    }
  }

  /// Ranges of one kind of address: sorted, and none inside another, for two ranges never overlap
  /// in part.
  private record Ranges(byte[][] first, byte[][] last) {

    static Ranges of(List<Cidr> all, int bytes) {
      List<Range> sorted =
          all.stream()
              .map(Range::of)
              .filter(range -> range.first().length == bytes)
              .sorted(Range.ORDER)
              .toList();
      var first = new ArrayList<byte[]>();
      var last = new ArrayList<byte[]>();
      for (Range range : sorted) {
        if (last.isEmpty() || Arrays.compareUnsigned(last.getLast(), range.first()) < 0) {
          first.add(range.first());
          last.add(range.last());
        }
      }
      return new Ranges(first.toArray(byte[][]::new), last.toArray(byte[][]::new));
    }

    boolean contain(byte[] address) {
      int at = Arrays.binarySearch(first, address, Arrays::compareUnsigned);
      int before = at >= 0 ? at : -at - 2;
      return before >= 0 && Arrays.compareUnsigned(address, last[before]) <= 0;
    }
  }

  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private final Ranges ipv4;
  private final Ranges ipv6;

  DataCenters(List<Cidr> ranges) {
    ipv4 = Ranges.of(ranges, IPV4_BYTES);
    ipv6 = Ranges.of(ranges, IPV6_BYTES);
  }

  /// @param file one range a line; what stands behind `#` is a comment; `null` for none
  /// @throws CannotStartException when it cannot be read, or has a line that is no range
  public static DataCenters read(@Nullable Path file) {
    if (file == null) {
      return new DataCenters(List.of());
    }
    var ranges = new ArrayList<Cidr>();
    int number = 0;
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        number++;
        String range = line.split("#", 2)[0].strip();
        if (!range.isEmpty()) {
          ranges.add(Cidr.parse(range));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new CannotStartException(
          "%s, line %d: must be an address range such as 192.0.2.0/24 or 2001:db8::/32"
              .formatted(file, number));
    } catch (IOException e) {
      throw new CannotStartException(
          "the data-centre ranges in " + file + " cannot be read: " + e.getMessage());
    }
    return new DataCenters(ranges);
  }

  boolean contain(InetAddress address) {
    byte[] bytes = address.getAddress();
    return (bytes.length == IPV4_BYTES ? ipv4 : ipv6).contain(bytes);
  }
}
