package io.openqpr.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A range of addresses, such as `10.0.0.0/8` or `fd00::/8`; a single address is a range of one.
///
/// @param bits how many leading bits an address shares with the range
public record Cidr(InetAddress network, int bits) {

  /// Addresses as they are written in full: neither `10.1`, which some take for `10.0.0.1`, nor a
  /// network card's `fe80::1%2`.
  private static final Pattern RANGE =
      Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)(?:/(\\d{1,3}))?");

  /// What IPv4 addresses have in front when they are written as IPv6.
  private static final int MAPPED_BITS = 96;

  private static final Pattern ZEROS = Pattern.compile("(?<![^:])0(?::0)+(?![^:])");

  public Cidr {
    if (bits < 0 || bits > network.getAddress().length * 8) {
      throw new IllegalArgumentException("/" + bits + " of " + network.getHostAddress());
    }
  }

  /// A range of IPv4 addresses written as IPv6, such as `::ffff:10.0.0.0/104`, is the range of
  /// IPv4.
  ///
  /// @throws IllegalArgumentException when the text is no range; host names are none
  public static Cidr parse(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      throw new IllegalArgumentException(text);
    }
    InetAddress network = InetAddress.ofLiteral(range.group(1));
    int size = network.getAddress().length * 8;
    if (range.group(2) == null) {
      return new Cidr(network, size);
    }
    boolean mapped = size == 32 && range.group(1).contains(":");
    int bits = Integer.parseInt(range.group(2));
    return new Cidr(network, mapped ? bits - MAPPED_BITS : bits);
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

  /// The same range, named by its first address.
  public Cidr fromFirst() {
    byte[] first = network.getAddress();
    for (int bit = bits; bit < first.length * 8; bit++) {
      first[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
    }
    try {
      return new Cidr(InetAddress.getByAddress(first), bits);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // it has the length of an address
    }
  }

  /// As people write it, IPv6 as RFC 5952 says; a single address without its length.
  public String text() {
    boolean single = bits == network.getAddress().length * 8;
    return shortened(network.getHostAddress()) + (single ? "" : "/" + bits);
  }

  /// The first of the longest runs of zeros is left out.
  private static String shortened(String address) {
    Matcher zeros = ZEROS.matcher(address);
    int from = 0;
    int to = 0;
    while (zeros.find()) {
      if (zeros.end() - zeros.start() > to - from) {
        from = zeros.start();
        to = zeros.end();
      }
    }
    if (to == 0) {
      return address;
    }
    String before = from == 0 ? ":" : address.substring(0, from);
    String behind = to == address.length() ? ":" : address.substring(to);
    return before + behind;
  }
}
