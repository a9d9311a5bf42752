package io.openqpr.events.webhook.guard;

import io.openqpr.model.Cidr;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Addresses that nobody on the internet has, by IANA's registries of special purposes, and those
/// at which clouds keep what they tell their machines alone.
///
/// Of IPv6 only 2000::/3 is given out, so all else is special: loopback, link-local, unique local
/// and site-local addresses, multicast, and those that hold one of IPv4 (mapped, compatible,
/// NAT64). (Mapped ones are IPv4 to Java before they come here.)
final class SpecialAddresses {

  private record Range(Cidr range, String name) {}

  private static final Cidr IPV6_GIVEN_OUT = Cidr.parse("2000::/3");

  private static final List<Range> RANGES =
      List.of(
          range("0.0.0.0/8", "this network"),
          range("10.0.0.0/8", "a private network"),
          range("100.64.0.0/10", "a provider's inner network"),
          range("127.0.0.0/8", "this machine"),
          range("168.63.129.16", "a cloud's service for its machines"),
          range("169.254.0.0/16", "a link of its own, or a cloud's service for its machines"),
          range("172.16.0.0/12", "a private network"),
          range("192.0.0.0/24", "protocols"),
          range("192.0.2.0/24", "documentation"),
          range("192.31.196.0/24", "the DNS itself"),
          range("192.52.193.0/24", "multicast"),
          range("192.88.99.0/24", "tunnels"),
          range("192.168.0.0/16", "a private network"),
          range("192.175.48.0/24", "the DNS itself"),
          range("198.18.0.0/15", "benchmarks"),
          range("198.51.100.0/24", "documentation"),
          range("203.0.113.0/24", "documentation"),
          range("224.0.0.0/4", "multicast"),
          range("240.0.0.0/4", "no use, or broadcast"),
          range("2001::/23", "protocols and tunnels"),
          range("2001:db8::/32", "documentation"),
          range("2002::/16", "tunnels that hold an IPv4 address"),
          range("2620:4f:8000::/48", "the DNS itself"),
          range("3fff::/20", "documentation"));

  private SpecialAddresses() {}

  private static Range range(String cidr, String name) {
    return new Range(Cidr.parse(cidr), name);
  }

  /// What the address is for; empty for one that somebody on the internet can have.
  static Optional<String> purpose(InetAddress address) {
    for (Range range : RANGES) {
      if (range.range().contains(address)) {
        return Optional.of(range.name());
      }
    }
    boolean ordinary = address instanceof Inet4Address || IPV6_GIVEN_OUT.contains(address);
    return ordinary ? Optional.empty() : Optional.of("no use on the internet");
  }
}
