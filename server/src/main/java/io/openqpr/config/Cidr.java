package io.openqpr.config;

import java.net.InetAddress;

/// A range of addresses, such as `10.0.0.0/8` or `fd00::/8`; a single address is a range of one.
///
/// @param bits how many leading bits an address shares with the range
public record Cidr(InetAddress network, int bits) {

  public Cidr {
    if (bits < 0 || bits > network.getAddress().length * 8) {
      throw new IllegalArgumentException("/" + bits + " of " + network.getHostAddress());
    }
  }

  /// @throws IllegalArgumentException when the text is no range; host names are none
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      InetAddress single = InetAddress.ofLiteral(text);
      return new Cidr(single, single.getAddress().length * 8);
    }
    return new Cidr(
        InetAddress.ofLiteral(text.substring(0, slash)),
        Integer.parseInt(text.substring(slash + 1)));
  }

  /// Ranges of IPv4 hold no IPv6 addresses and the other way round. (IPv4-mapped IPv6 addresses are
  /// IPv4 to Java.)
  public boolean contains(InetAddress address) {
    byte[] theirs = address.getAddress();
    byte[] ours = network.getAddress();
    if (theirs.length != ours.length) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (theirs[i] != ours[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || sameLeadingBits(theirs[whole], ours[whole], rest);
  }

  private static boolean sameLeadingBits(byte a, byte b, int bits) {
    int mask = 0xFF << (8 - bits);
    return (a & mask) == (b & mask);
  }
}
